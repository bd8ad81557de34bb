import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { countsAsAnswer, type Conversation, type OutboundState } from '@switchboard/domain';
import { dispatch } from '@switchboard/functions/testing';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import {
  aStatus,
  aThread,
  conversationOf,
  queueReply,
  statuses,
  takeAs,
} from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

/*
 * The same properties as the domain's, over a real Firestore: what the adapters read for a decision is
 * enough for it. Seeds are kept; a failure prints the one that repeats it.
 */
const KEPT = { seed: 20_261_122, numRuns: 12, endOnFailure: true };
const WRITTEN = 1_790_000_000;

const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map(({ db }) => db.terminate())));

async function aFreshWorld(): Promise<World> {
  const world = await aWorld();
  worlds.push(world);
  return world;
}

const aMessage = (index: number, second: number, type: string) =>
  aText(`${index}`, {
    id: `wamid.ANY${index}`,
    timestamp: String(WRITTEN + second),
    type,
    ...(type === 'reaction' ? { reaction: { message_id: 'wamid.X', emoji: '👍' } } : {}),
  });

/** What must be the same: the row without ids and server times, the entries, the cases. */
async function stateOf(world: World) {
  const [conversation] = await world.all('conversations');
  const {
    status,
    waitingSince,
    lastInboundAt,
    windowExpiresAt,
    inboundCount,
    caseNumber,
    preview,
  } = (conversation?.data ?? {}) as Conversation;
  const entries = await world.timeline(conversation?.id ?? '');
  const cases = await world.all(`conversations/${conversation?.id}/cases`);
  return {
    row: { status, waitingSince, lastInboundAt, windowExpiresAt, inboundCount, caseNumber },
    preview: preview && [preview.type, preview.at, preview.text],
    entries: entries.map(({ data }) => [data['wamid'], data['at'], data['caseNumber']]).sort(),
    cases: cases.map(({ data }) => [data['number'], data['openedAt']]),
  };
}

describe('over a real Firestore', () => {
  const messages = fc
    .array(
      fc.record({
        second: fc.integer({ min: 0, max: 40 }),
        type: fc.constantFrom('text', 'text', 'text', 'reaction'),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((list) => {
      // Two messages of one second go by the place in their delivery, which another batch changes.
      const distinct = [...new Map(list.map((one) => [one.second, one])).values()];
      return distinct.map(({ second, type }, index) => aMessage(index, second, type));
    });

  it('the same messages in any batches and order, with repeats and eight at once, lead to the same', async () => {
    const arrivals = messages.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
        fc.integer({ min: 1, max: 3 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(arrivals, async ([list, shuffled, size]) => {
        const post = (world: World, batch: readonly object[]) =>
          world.post(aDelivery({ contacts: [aSender()], messages: batch }));
        const [alone, apart] = [await aFreshWorld(), await aFreshWorld()];
        await post(alone, list);
        const rest = [...shuffled];
        const batches: object[][] = [];
        while (rest.length > 0) batches.push(rest.splice(0, size));
        await Promise.all(batches.map((batch) => post(apart, batch)));
        await Promise.all([alone.settle(), apart.settle()]);
        await apart.sweep();
        expect(await stateOf(apart)).toEqual(await stateOf(alone));
      }),
      KEPT,
    );
  });

  it('the clock stands at the first unanswered message after any history', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('message'), second: fc.integer({ min: -20, max: 20 }) }),
      fc.record({
        kind: fc.constant('status'),
        reply: fc.integer({ min: 0, max: 1 }),
        state: fc.constantFrom('sent', 'delivered', 'failed', 'read'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const world = await aFreshWorld();
        const start = Math.floor(Date.now() / 1000) - 60;
        const id = await aThread(world, '15550123456', { timestamp: String(start - 30) });
        const fence = await takeAs(world, id);
        const repliesAt = [start * 1000 + 500, (start + 10) * 1000 + 500];
        for (const [index, at] of repliesAt.entries())
          await queueReply(world, id, `r${index}`, fence, { at });
        await dispatch(world.ports, id);
        const wamids = await Promise.all(
          repliesAt.map((_, index) => world.get(`conversations/${id}/timeline/r${index}`)),
        );
        const owed = [start - 30];
        for (const one of steps) {
          if ('second' in one) {
            owed.push(start + one.second);
            await world.post(
              aDelivery({
                contacts: [aSender()],
                messages: [aText('x', { timestamp: String(start + one.second) })],
              }),
            );
          } else {
            const wamid = wamids[one.reply]?.['wamid'];
            await world.post(statuses(aStatus(one.state, { id: wamid })));
          }
          await world.settle();
          expect(await clockOf(world, id)).toEqual(await oracle(world, id, owed));
        }
      }),
      KEPT,
    );
  });
});

const clockOf = async (world: World, id: string) => {
  const { status, waitingSince } = await conversationOf(world, id);
  return { status, waitingSince };
};

/** The definition, from what lies in the thread: every message here came after every reply was written. */
async function oracle(world: World, id: string, owed: readonly number[]) {
  const answersAt = (await world.timeline(id))
    .filter(
      ({ data }) => data['kind'] === 'outbound' && countsAsAnswer(data['state'] as OutboundState),
    )
    .map(({ data }) => Number(data['at']));
  const last = Math.max(0, ...answersAt);
  const unanswered = owed
    .map((second) => second * 1000)
    .filter((at) => at > last - (last % 1000) - 1);
  const waitingSince = unanswered.length > 0 ? Math.min(...unanswered) : null;
  return {
    status: waitingSince !== null || answersAt.length === 0 ? 'open' : 'pending',
    waitingSince,
  };
}
