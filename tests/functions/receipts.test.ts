import { agentPath, channelPath, type ReceiptPolicy } from '@switchboard/domain';
import { aChannel, anAgent } from '@switchboard/domain/testing';
import { channel, dispatch, receipt } from '@switchboard/functions/testing';
import { describe, expect, it } from 'vitest';
import { aThread, queueReply, takeAs } from '../support/thread.ts';
import { aText, aDelivery, aSender } from '../support/payloads.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const caller = (uid: string, r = 'agent') => ({ uid, token: { r, t: ['support'], all: false } });

/** A world of one thread that Jonas holds, and what WhatsApp was told of reading and typing. */
async function aReadThread(receipts: ReceiptPolicy) {
  const told: (readonly [wamid: string, typing: boolean])[] = [];
  const world = await aWorld({
    graph: {
      markRead: (_, wamid, typing) => {
        told.push([wamid, typing]);
        return Promise.resolve(true);
      },
    },
  });
  await world.db.doc(channelPath(NUMBER)).set({ ...aChannel({ receipts }) });
  for (const uid of ['jonas', 'ana']) await world.db.doc(agentPath(uid)).set({ ...anAgent() });
  const id = await aThread(world);
  return { world, told, id, fence: await takeAs(world, id) };
}

const look = (world: World, conversationId: string, moment = 'opened', uid = 'jonas') =>
  receipt(world.ports, caller(uid), { conversationId, moment });

describe('that a message was read', () => {
  it.each<readonly [ReceiptPolicy, readonly number[]]>([
    ['open', [1, 2, 2]],
    ['reply', [0, 0, 1]],
    ['never', [0, 0, 0]],
  ])('under "%s" is told so often after opening, writing and replying', async (policy, counts) => {
    const { world, told, id, fence } = await aReadThread(policy);
    const seen: number[] = [];
    await look(world, id);
    seen.push(told.length);
    await look(world, id, 'typing');
    seen.push(told.length);
    await queueReply(world, id, 'r1', fence);
    await dispatch(world.ports, id);
    seen.push(told.length);
    expect(seen).toEqual(counts);
  });

  it('is told of the message, whatever sign was set at one after it', async () => {
    const { world, told, id } = await aReadThread('open');
    const [first] = (await world.timeline(id)).filter(({ data }) => data['kind'] === 'inbound');
    const sign = aText('', {
      timestamp: String(Math.floor(Date.now() / 1000) + 1),
      type: 'reaction',
      reaction: { message_id: first?.data['wamid'], emoji: '👍' },
    });
    await world.post(
      aDelivery({ contacts: [aSender()], messages: [{ ...sign, text: undefined }] }),
    );
    await look(world, id);
    expect(told).toEqual([[first?.data['wamid'], false]]);
  });

  it('is told once for the same message, and again for the next', async () => {
    const { world, told, id } = await aReadThread('open');
    await look(world, id);
    await look(world, id);
    expect(told).toHaveLength(1);
    const next = aText('Hello?', { timestamp: String(Math.floor(Date.now() / 1000) + 1) });
    await world.post(aDelivery({ contacts: [aSender()], messages: [next] }));
    world.move(2_000);
    await look(world, id);
    expect(told[1]).toEqual([next.id, false]);
  });

  it('is never betrayed by somebody who does not hold the conversation', async () => {
    const { world, told, id } = await aReadThread('open');
    expect(await look(world, id, 'opened', 'ana')).toMatchObject({ code: 'not-holder' });
    expect(told).toEqual([]);
  });

  it('shows typing again and again while somebody writes', async () => {
    const { world, told, id } = await aReadThread('open');
    await look(world, id, 'typing');
    await look(world, id, 'typing');
    expect(told.map(([, typing]) => typing)).toEqual([true, true]);
  });
});

describe('how a number behaves', () => {
  it('is an admin’s to say', async () => {
    const { world } = await aReadThread('reply');
    const set = { type: 'set', channelId: NUMBER, receipts: 'never', namesAgents: true };
    expect(await channel(world.ports, caller('jonas'), set)).toMatchObject({
      code: 'not-permitted',
    });
    await world.db
      .doc(agentPath('ravi'))
      .set({ ...anAgent({ role: 'admin', teams: [], allTeams: true }) });
    expect(await channel(world.ports, caller('ravi', 'admin'), set)).toEqual({ code: 'ok' });
    expect(await world.get(channelPath(NUMBER))).toMatchObject({
      receipts: 'never',
      namesAgents: true,
    });
  });
});
