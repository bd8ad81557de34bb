import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCommandId } from '../../web/src/data/callables.ts';
import { required } from '../e2e/support/local-system.ts';
import { openLine } from '../support/faults/line.ts';
import {
  aCustomer,
  control,
  events,
  eventually,
  faults,
  field,
  openDesks,
  shown,
  states,
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
  await control('settings', { retryBase: 500, retryMax: 2_000 });
});
afterAll(async () => {
  await desks.close();
  await line.close();
});

const TURNS = [1, 2, 3, 4, 5, 6];
/** ms; often enough to be there before the answer is. */
const QUICKLY = 5;

/** Nothing is left that nobody has taken, and each of these stands in its thread once. */
async function allShown(wamids: readonly string[]): Promise<void> {
  await eventually(async () => expect(await unacknowledged()).toBe(0));
  await eventually(async () => expect(await shown(wamids)).toEqual([...wamids].sort()));
}

/** A customer who has written, and whom Jonas has taken. */
async function aHeldConversation() {
  const customer = aCustomer();
  await customer.write('Hello');
  const id = await customer.conversation();
  return { customer, id, fence: await jonas.take(id) };
}

/** A reply that is on its way to WhatsApp, where its send meets this fault. */
async function underWay(fault: Readonly<Record<string, unknown>>, text: string) {
  const held = await aHeldConversation();
  await control('faults', { op: 'messages', times: 1, ...fault });
  await jonas.reply(held.id, held.fence, text);
  await eventually(async () => expect(await faults()).toEqual({}));
  return held;
}

/** Three threads whose replies were under way when the process died. */
async function dieWithRepliesUnderWay() {
  const accepted = await underWay({ mode: 'timeout-after-accept' }, 'Taken, but never answered');
  const lost = await underWay({ mode: 'timeout' }, 'Never taken');
  const slow = await underWay({ mode: 'slow', delay: 8_000 }, 'Taken after the process had died');
  await jonas.reply(accepted.id, accepted.fence, 'Written behind it');
  expect(killFunctions('onEntryCreated')).toBeGreaterThan(0);
  return [accepted, lost, slow];
}

/** A command as an app repeats it, with its id, until it is answered. */
async function answered(input: Readonly<Record<string, unknown>>): Promise<CommandAnswer> {
  let answer: CommandAnswer = null;
  await eventually(async () => {
    answer = await carmen.command(input);
    expect(answer).not.toBeNull();
  });
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
      await eventually(() => expect(taken).toBeGreaterThanOrEqual(moment));
      await eventually(() => expect(killFunctions()).toBeGreaterThan(0));
    }
    await allShown((await Promise.all(written)).flat());
    const ids = await Promise.all(customers.map((customer) => customer.conversation()));
    const counted = await Promise.all(ids.map((id) => field(id, 'inboundCount')));
    expect(counted).toEqual(customers.map(() => TURNS.length * 2));
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
    await eventually(() => expect(killFunctions('command')).toBeGreaterThan(0));
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
    const event = `cmd-${resolve.commandId}`;
    await eventually(async () => expect(await events(after.id)).toContain(event), QUICKLY);
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
    await eventually(async () =>
      expect(await Promise.all([known, busy].map(({ customer }) => customer.received()))).toEqual([
        ['One moment'],
        ['Nearly there'],
      ]),
    );
    await eventually(async () =>
      expect(await Promise.all([known, busy].map(({ id }) => states(id)))).toEqual([
        { 'One moment': 'delivered' },
        { 'Nearly there': 'delivered' },
      ]),
    );
    expect(await field(await stranger.conversation(), 'inboundCount')).toBe(1);
  });
});

describe('a process that died with replies under way', { timeout: 150_000 }, () => {
  it('leaves no doubt: what WhatsApp has is found by its status, what nobody knows is called unknown, what waited goes, and nothing goes twice', async () => {
    // With no other fault beside it: a reply that is sent again in the minute in which a dead worker's
    // lock ends would meet that, and be in doubt for a second reason.
    const died = await dieWithRepliesUnderWay();
    await eventually(async () =>
      expect(await Promise.all(died.map(({ id }) => states(id)))).toEqual([
        { 'Taken, but never answered': 'delivered', 'Written behind it': 'delivered' },
        { 'Never taken': 'unknown' },
        { 'Taken after the process had died': 'delivered' },
      ]),
    );
    expect(await Promise.all(died.map(({ customer }) => customer.received()))).toEqual([
      ['Taken, but never answered', 'Written behind it'],
      [],
      ['Taken after the process had died'],
    ]);
  });
});
