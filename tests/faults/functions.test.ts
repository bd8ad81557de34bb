import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newCommandId } from '../../web/src/data/callables.ts';
import { required } from '../e2e/support/local-system.ts';
import { openLine } from '../support/faults/line.ts';
import {
  aCustomer,
  control,
  events,
  faults,
  field,
  openDesks,
  shown,
  states,
  SWEPT_WITHIN,
  unacknowledged,
  type Colleague,
  type CommandAnswer,
} from '../support/faults/office.ts';
import { killFunctions } from '../support/faults/workers.ts';

/*
 * What breaks around the functions while they work. Firestore itself goes on: its data lives in
 * memory, so only the way to it is broken. The sandbox judges what was sent, and how often.
 */

const [host = '', port = ''] = required('FIRESTORE_EMULATOR_HOST').split(':');
let line: Awaited<ReturnType<typeof openLine>>;
const desks = openDesks();
let jonas: Colleague;
let carmen: Colleague;

const LINE_PORT = Number(required('SWITCHBOARD_LINE_PORT'));

beforeAll(async () => {
  line = await openLine({ host, port: Number(port) }, LINE_PORT);
  [jonas, carmen] = await Promise.all([desks.at('jonas'), desks.at('carmen')]);
});
beforeEach(async () => {
  await control('reset', {});
  await control('settings', { retryBase: 500, retryMax: 2_000 });
});
afterAll(async () => {
  await desks.close();
  await line.close();
});

const TURNS = [1, 2, 3, 4, 5, 6];
/** Often enough to be there before the answer is. */
const quickly = { timeout: SWEPT_WITHIN, interval: 5 };
const settled = { timeout: SWEPT_WITHIN, interval: 250 };

/** Nothing is left that nobody has taken, and each of these stands in its thread once. */
async function allShown(wamids: readonly string[]): Promise<void> {
  await expect.poll(unacknowledged, settled).toBe(0);
  await expect.poll(() => shown(wamids), settled).toEqual([...wamids].sort());
}

/** A customer who has written, and whom Jonas has taken. */
async function aHeldConversation() {
  const customer = aCustomer();
  await customer.write('Hello');
  const id = await customer.conversation();
  return { customer, id, fence: await jonas.take(id) };
}

/** A reply that is on its way to WhatsApp while the next send there meets this fault. */
async function underWay(
  held: Awaited<ReturnType<typeof aHeldConversation>>,
  fault: Readonly<Record<string, unknown>>,
  text: string,
): Promise<void> {
  await control('faults', { op: 'messages', times: 1, ...fault });
  await jonas.reply(held.id, held.fence, text);
  await expect.poll(() => faults(), settled).toEqual({});
  await expect.poll(() => states(held.id), settled).toMatchObject({ [text]: 'sending' });
}

/** A command as an app repeats it, with its id, until it is answered. */
async function answered(input: Readonly<Record<string, unknown>>): Promise<CommandAnswer> {
  let answer: CommandAnswer = null;
  await expect.poll(async () => (answer = await carmen.command(input)), settled).not.toBeNull();
  return answer;
}

describe('the functions’ processes die', { timeout: 150_000 }, () => {
  it('in a burst of webhooks: everything acknowledged is there, and everything once', async () => {
    // The emulator starts a process for each request at the same time: few senders, many turns.
    const customers = Array.from({ length: 4 }, aCustomer);
    let taken = 0;
    const written = customers.map(async (customer) => {
      const wamids: string[] = [];
      for (const turn of TURNS) {
        wamids.push(...(await customer.write(`${turn} a`, `${turn} b`)));
        taken += 1;
      }
      return wamids;
    });
    for (const moment of [4, 10, 16]) {
      await expect.poll(() => taken, settled).toBeGreaterThanOrEqual(moment);
      await expect.poll(() => killFunctions(), settled).toBeGreaterThan(0);
    }
    await allShown((await Promise.all(written)).flat());
    const ids = await Promise.all(customers.map((customer) => customer.conversation()));
    const counted = await Promise.all(ids.map((id) => field(id, 'inboundCount')));
    expect(counted).toEqual(customers.map(() => TURNS.length * 2));
  });

  it('with replies under way: what WhatsApp has is found by its status, what nobody knows is called unknown, and nothing goes twice', async () => {
    const [accepted, slow, lost] = await Promise.all([
      aHeldConversation(),
      aHeldConversation(),
      aHeldConversation(),
    ]);
    await underWay(slow, { mode: 'slow', delay: 8_000 }, 'Taken after the process had died');
    await underWay(accepted, { mode: 'timeout-after-accept' }, 'Taken, but never answered');
    await underWay(lost, { mode: 'timeout' }, 'Never taken');
    await jonas.reply(accepted.id, accepted.fence, 'Written behind it');
    expect(killFunctions('onEntryCreated')).toBeGreaterThan(0);

    await expect
      .poll(async () => Promise.all([accepted, slow, lost].map(({ id }) => states(id))), settled)
      .toEqual([
        { 'Taken, but never answered': 'delivered', 'Written behind it': 'delivered' },
        { 'Taken after the process had died': 'delivered' },
        { 'Never taken': 'unknown' },
      ]);
    const received = [accepted, slow, lost].map(({ customer }) => customer.received());
    expect(await Promise.all(received)).toEqual([
      ['Taken, but never answered', 'Written behind it'],
      ['Taken after the process had died'],
      [],
    ]);
  });

  it('before and after a command is carried out: repeated, it is done once and answers as the first time', async () => {
    const [before, after] = await Promise.all([aHeldConversation(), aHeldConversation()]);
    const assign = {
      type: 'assign',
      commandId: newCommandId(),
      conversationId: before.id,
      expectedVersion: before.fence,
      to: { kind: 'agent', id: 'ana' },
    };
    line.stall();
    const stalled = carmen.command(assign);
    await expect.poll(() => killFunctions('command'), settled).toBeGreaterThan(0);
    expect(await stalled).toBeNull();
    line.mend();
    const done = { code: 'ok', version: before.fence + 1 };
    expect(await answered(assign)).toEqual(done);

    const resolve = {
      type: 'resolve',
      commandId: newCommandId(),
      conversationId: after.id,
      expectedVersion: after.fence,
    };
    const first = carmen.command(resolve);
    await expect.poll(() => events(after.id), quickly).toContain(`cmd-${resolve.commandId}`);
    killFunctions('command');
    await first;
    expect(await answered(resolve)).toEqual({ ...done, version: after.fence + 1 });
    expect(await events(before.id)).toEqual([`take-${before.fence}`, `cmd-${assign.commandId}`]);
    expect(await events(after.id)).toEqual([`take-${after.fence}`, `cmd-${resolve.commandId}`]);
  });
});

describe('the functions can’t reach Firestore', { timeout: 150_000 }, () => {
  it('for thirty seconds, while customers and colleagues write: all of it arrives, once', async () => {
    const [known, busy] = await Promise.all([aHeldConversation(), aHeldConversation()]);
    const stranger = aCustomer();
    line.cut();
    const written = Promise.all([
      known.customer.write('Are you there?', 'Hello?'),
      stranger.write('Is this Kestrel?'),
    ]);
    await jonas.reply(known.id, known.fence, 'One moment');
    await jonas.reply(busy.id, busy.fence, 'Nearly there');
    const wamids = (await written).flat();
    expect(await unacknowledged()).toBe(2);
    expect(await shown(wamids)).toEqual([]);
    await line.mendAfter(30_000);

    await allShown(wamids);
    await expect
      .poll(() => Promise.all([known, busy].map(({ customer }) => customer.received())), settled)
      .toEqual([['One moment'], ['Nearly there']]);
    await expect
      .poll(() => Promise.all([known, busy].map(({ id }) => states(id))), settled)
      .toEqual([{ 'One moment': 'delivered' }, { 'Nearly there': 'delivered' }]);
    expect(await field(await stranger.conversation(), 'inboundCount')).toBe(1);
  });
});
