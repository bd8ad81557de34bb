import { agentPath, channelPath, judgeHour, type CallableAnswer } from '@switchboard/domain';
import { aChannel, anAgent } from '@switchboard/domain/testing';
import { ledger, toFirestore } from '@switchboard/functions/testing';
import { describe, expect, it } from 'vitest';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aThread, queueReply, takeAs } from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const UNKNOWN = '100000000000009';
const ravi = { uid: 'ravi', token: { r: 'admin', t: [], all: true } };

async function anOffice(): Promise<World> {
  const world = await aWorld();
  await world.db
    .doc(agentPath('ravi'))
    .set({ ...anAgent({ role: 'admin', teams: [], allTeams: true }) });
  return world;
}

type Read = Extract<CallableAnswer<'ledger'>, { type: 'read' }>;

async function read(world: World): Promise<Read> {
  const answer = await ledger(world.ports, ravi, { type: 'read' });
  if (answer.code !== 'ok' || answer.type !== 'read') throw new Error(answer.code);
  return answer;
}

const sums = ({ hours }: Read) =>
  hours.reduce(
    (sum, hour) => ({
      received: sum.received + hour.received,
      repeated: sum.repeated + hour.repeated,
      shown: sum.shown + hour.shown,
      ignored: sum.ignored + hour.ignored,
      parked: sum.parked + hour.parked,
      waiting: sum.waiting + hour.waiting,
    }),
    { received: 0, repeated: 0, shown: 0, ignored: 0, parked: 0, waiting: 0 },
  );

const say = (world: World, ...messages: readonly object[]) =>
  world.post(aDelivery({ contacts: [aSender()], messages }));

describe('the ledger', () => {
  it('accounts for everything that came: shown, repeated, ignored and parked', async () => {
    const world = await anOffice();
    const text = aText('Hi');
    await say(world, text, aText('Are you there?'));
    await say(world, text);
    await world.post(aDelivery({ messages: [aText('Lost?')] }, UNKNOWN));
    const status = { id: 'wamid.X', status: 'warning', timestamp: text.timestamp };
    await world.post(aDelivery({ statuses: [status] }));
    const found = await read(world);
    expect(sums(found)).toEqual({
      received: 5,
      repeated: 1,
      shown: 2,
      ignored: 1,
      parked: 1,
      waiting: 0,
    });
    expect(found.hours).toHaveLength(24);
    expect(found.hours.map((hour) => judgeHour(hour, found.at))).toEqual(
      Array.from({ length: 24 }, () => 'balanced'),
    );
    expect(found.parked).toMatchObject([{ kind: 'message', reason: 'unknown-number' }]);
    expect(found.parkedCount).toBe(1);
  });

  it('shows in red that an item is gone', async () => {
    const world = await anOffice();
    await say(world, aText('Hi'), aText('Again'));
    const [item] = await world.all('journal');
    await world.db.doc(`journal/${item?.id}`).delete();
    const { hours, at } = await read(world);
    expect(hours.map((hour) => judgeHour(hour, at + 2 * HOUR))).toContain('missing');
  });

  it('counts what was sent by where it stands', async () => {
    const world = await anOffice();
    const id = await aThread(world);
    const fence = await takeAs(world, id);
    await queueReply(world, id, 'r1', fence);
    await queueReply(world, id, 'r2', fence, { state: 'delivered' });
    await queueReply(world, id, 'r3', fence, { state: 'failed' });
    await queueReply(world, id, 'r4', fence, { state: 'unknown' });
    expect((await read(world)).sent).toEqual({
      written: 4,
      delivered: 1,
      failed: 1,
      waiting: 1,
      unknown: 1,
    });
  });

  it('is nobody’s but an admin’s', async () => {
    const world = await anOffice();
    await world.db.doc(agentPath('jonas')).set({ ...anAgent() });
    const jonas = { uid: 'jonas', token: { r: 'agent', t: ['support'], all: false } };
    const asked = { type: 'open', itemId: 'x' };
    expect(await ledger(world.ports, jonas, { type: 'read' })).toMatchObject({
      code: 'not-permitted',
    });
    expect(await ledger(world.ports, jonas, asked)).toMatchObject({ code: 'not-permitted' });
  });
});

describe('what is parked', () => {
  async function aParkedItem(): Promise<{ world: World; itemId: string }> {
    const world = await anOffice();
    await world.post(aDelivery({ contacts: [aSender()], messages: [aText('Lost?')] }, UNKNOWN));
    const [item] = (await read(world)).parked;
    return { world, itemId: item?.id ?? '' };
  }

  it('can be read as it came', async () => {
    const { world, itemId } = await aParkedItem();
    const answer = await ledger(world.ports, ravi, { type: 'open', itemId });
    expect(answer).toMatchObject({ code: 'ok', cut: false });
    const raw: unknown = JSON.parse('raw' in answer ? answer.raw : '');
    expect(raw).toMatchObject({ message: { text: { body: 'Lost?' } } });
  });

  it('is processed when what it lacked is there, and says so when it is not', async () => {
    const { world, itemId } = await aParkedItem();
    const again = { type: 'retry', itemId };
    expect(await ledger(world.ports, ravi, again)).toMatchObject({ fate: 'parked' });
    await world.db.doc(channelPath(UNKNOWN)).set(toFirestore({ ...aChannel() }));
    expect(await ledger(world.ports, ravi, again)).toMatchObject({ fate: 'done' });
    expect(await ledger(world.ports, ravi, again)).toMatchObject({ fate: 'done' });
    expect(await world.all('conversations')).toHaveLength(1);
    expect(sums(await read(world))).toMatchObject({ received: 1, shown: 1, parked: 0 });
  });

  it('is dismissed with a note, stays in the sums, and comes back with no sweep', async () => {
    const { world, itemId } = await aParkedItem();
    const dismissal = { type: 'dismiss', itemId, note: 'A number of ours that was given up' };
    expect(await ledger(world.ports, ravi, dismissal)).toMatchObject({ fate: 'ignored' });
    await world.db.doc(channelPath(UNKNOWN)).set(toFirestore({ ...aChannel() }));
    await world.sweep();
    expect(await world.all('conversations')).toEqual([]);
    expect(sums(await read(world))).toMatchObject({ received: 1, ignored: 1, parked: 0 });
    expect(await world.get(`journal/${itemId}`)).toMatchObject({
      dismissal: { by: 'ravi', note: 'A number of ours that was given up' },
    });
  });

  it('keeps its reason where no reader would take it, however often it is tried', async () => {
    const world = await anOffice();
    await world.post(Buffer.from('{"object":"x"}'));
    const [item] = (await read(world)).parked;
    const again = { type: 'retry', itemId: item?.id ?? '' };
    expect(await ledger(world.ports, ravi, again)).toMatchObject({ fate: 'parked' });
    expect((await read(world)).parked).toEqual([item]);
  });

  it('can be dismissed even where it is not as an item should be', async () => {
    const { world, itemId } = await aParkedItem();
    await world.db.doc(`journal/${itemId}`).update({ receiptId: 7 });
    expect(await ledger(world.ports, ravi, { type: 'open', itemId })).toMatchObject({
      code: 'not-found',
    });
    const dismissal = { type: 'dismiss', itemId, note: 'Broken' };
    expect(await ledger(world.ports, ravi, dismissal)).toMatchObject({ fate: 'ignored' });
  });

  it('needs a note to be dismissed, and to be there at all', async () => {
    const { world, itemId } = await aParkedItem();
    const bare = { type: 'dismiss', itemId, note: '  ' };
    expect(await ledger(world.ports, ravi, bare)).toMatchObject({ code: 'bad-input' });
    const gone = { type: 'retry', itemId: 'gone' };
    expect(await ledger(world.ports, ravi, gone)).toMatchObject({ code: 'not-found' });
  });
});
