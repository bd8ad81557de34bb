import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { journal, sweep } from '@switchboard/functions/testing';
import { fatesOf } from '../support/journal.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { failing, unavailable } from '../support/stores.ts';
import { aStatus, aThread } from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

const says = (text: string, over: object = {}) =>
  aDelivery({ contacts: [aSender()], messages: [aText(text, { ...over })] });

const textsOf = async (world: World) =>
  (await world.db.collectionGroup('timeline').get()).docs
    .map((doc) => doc.data()['text'] as string)
    .sort();

const bytesOf = (body: object) => Buffer.from(JSON.stringify(body));

/** Every document but receipts and server times, to compare two worlds by. */
async function stateOf(world: World) {
  const [conversation] = await world.all('conversations');
  const own = ['contactId', 'assignment', 'preview'];
  const rest = Object.entries(conversation?.data ?? {}).filter(([name]) => !own.includes(name));
  return {
    rest: Object.fromEntries(rest),
    texts: await textsOf(world),
    fates: await fatesOf(world),
  };
}

describe('while Firestore is out of reach', () => {
  it('a delivery that can’t be stored answers 503, and Meta’s next try brings it', async () => {
    let down = true;
    const world = await aWorld(
      {},
      failing(() => down),
    );
    const body = says('Hi');
    expect(await world.post(body)).toBe(503);
    expect(await world.all('journal')).toEqual([]);
    expect(await world.all('receipts')).toEqual([]);
    down = false;
    expect(await world.post(body)).toBe(200);
    expect(await textsOf(world)).toEqual(['Hi']);
  });

  it('a channel that can’t be read answers 503 too: whose item it is decides where it is kept', async () => {
    const world = await aWorld({}, (store) => ({
      ...store,
      read: () => Promise.reject(unavailable()),
    }));
    expect(await world.post(says('Hi'))).toBe(503);
    expect(await world.all('journal')).toEqual([]);
  });

  it('secrets that can’t be read answer 503, not 401', async () => {
    const world = await aWorld({ secrets: { get: () => Promise.reject(new Error('down')) } });
    expect(await world.post(says('Hi'))).toBe(503);
  });

  it('an item that is stored and can’t be processed answers 200, and the sweep finishes it', async () => {
    let down = true;
    const world = await aWorld(
      {},
      failing(({ paths }) => down && paths.some((path) => path.startsWith('conversations/'))),
    );
    expect(await world.post(says('Hi'))).toBe(200);
    expect(await fatesOf(world)).toEqual({ retry: 1 });
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ retry: 1 });
    down = false;
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 1 });
    expect(await textsOf(world)).toEqual(['Hi']);
  });

  it('an item whose retry can’t even be noted stays new, and the sweep finishes it', async () => {
    let down = false;
    const world = await aWorld(
      {},
      failing(({ before }) => down && before > 0),
    );
    down = true;
    expect(await world.post(says('Hi'))).toBe(200);
    expect(await fatesOf(world)).toEqual({ new: 1 });
    down = false;
    await world.sweep();
    expect(await textsOf(world)).toEqual(['Hi']);
  });

  it('a task that can’t be enqueued changes nothing of the answer; the sweep finds what is left', async () => {
    const world = await aWorld({
      tasks: {
        drain: () => Promise.reject(new Error('no queue')),
        bringMedia: () => Promise.reject(new Error('no queue')),
        sweep: () => Promise.resolve(),
      },
    });
    const messages = Array.from({ length: 300 }, (_, index) =>
      aText(`${index}`, { from: `1555${1_000_000 + index}` }),
    );
    expect(await world.post(aDelivery({ messages }))).toBe(200);
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 300 });
    expect(await world.all('conversations')).toHaveLength(300);
  });

  it('an item that fails again and again goes to a person after eight tries', async () => {
    const world = await aWorld(
      {},
      failing(({ paths }) => paths.some((path) => path.startsWith('conversations/'))),
    );
    await world.post(says('Hi'));
    let sweeps = 0;
    while ((await fatesOf(world))['retry'] === 1 && sweeps < 100) {
      await world.sweep();
      sweeps += 1;
    }
    // Pauses of 10, 20, 40 seconds and so on: an outage of a quarter of an hour parks nothing.
    expect(sweeps).toBeGreaterThan(15);
    expect(await fatesOf(world)).toEqual({ 'parked processing-failed': 1 });
    const [item] = await world.all('journal');
    expect(item?.data).toMatchObject({ attempts: 8, expireAt: null });
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ 'parked processing-failed': 1 });
  });

  it('an item that can’t be processed does not keep those beside it', async () => {
    let poison = '';
    const world = await aWorld(
      {},
      failing(({ paths }) => paths.some((path) => path.endsWith(`/timeline/${poison}`))),
    );
    const messages = ['a', 'b', 'c'].map((text) => aText(text));
    const body = aDelivery({ contacts: [aSender()], messages });
    const { work } = await journal(world.ports, bytesOf(body), 'default');
    poison = work[1]?.id ?? '';
    await world.sweep();
    expect(await textsOf(world)).toEqual(['a', 'c']);
    expect(await fatesOf(world)).toEqual({ done: 2, retry: 1 });
  });
});

describe('an item whose parts Firestore does not give', () => {
  /** Large enough to lie in parts: its noise does not compress. */
  const noise = randomBytes(900_000).toString('base64');

  it('is tried again, not parked, while those beside it are processed', async () => {
    let away = true;
    const world = await aWorld({}, (store) => ({
      ...store,
      read: (paths) =>
        away && paths.some((path) => /^journal\/[^/]+\/parts/.test(path))
          ? Promise.reject(unavailable())
          : store.read(paths),
    }));
    await journal(world.ports, bytesOf(says(noise)), 'default');
    const [item] = await world.all('journal');
    expect(Number(item?.data['parts'])).toBeGreaterThan(1);
    await journal(world.ports, bytesOf(says('beside')), 'default');
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ retry: 1, done: 1 });
    away = false;
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 2 });
    expect(await textsOf(world)).toEqual([noise.slice(0, 100_000), 'beside'].sort());
  });
});

describe('an item that nobody can read any more', () => {
  it.each([
    ['whose bytes are broken', { raw: Buffer.from('not gzip') }],
    ['whose parts are gone', { parts: 3 }],
    [
      'that no reader takes',
      { raw: Buffer.from('1f8b080000000000000303000000000000000000', 'hex') },
    ],
  ])('%s is parked, and the sweep goes on with the others', async (_, broken) => {
    const world = await aWorld();
    const { work } = await journal(world.ports, bytesOf(says('lost')), 'default');
    await world.db.doc(`journal/${work[0]?.journalId}`).update(broken);
    await journal(world.ports, bytesOf(says('found')), 'default');
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ 'parked processing-failed': 1, done: 1 });
    expect(await textsOf(world)).toEqual(['found']);
  });
});

describe('a process that dies', () => {
  it('between journal and ingest leaves the rest to the sweep', async () => {
    const world = await aWorld();
    const messages = ['a', 'b', 'c'].map((text) => aText(text));
    const body = aDelivery({ contacts: [aSender()], messages });
    await journal(world.ports, bytesOf(body), 'default');
    await sweep(world.ports);
    expect(await fatesOf(world)).toEqual({ new: 3 });
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 3 });
    expect(await textsOf(world)).toEqual(['a', 'b', 'c']);
  });

  it('and a delivery that comes again meanwhile are counted once', async () => {
    const world = await aWorld();
    const body = says('Hi');
    await journal(world.ports, bytesOf(body), 'default');
    await world.post(body);
    await world.sweep();
    expect(await textsOf(world)).toEqual(['Hi']);
    const [conversation] = await world.all('conversations');
    expect(conversation?.data['inboundCount']).toBe(1);
  });

  it('while the sweep’s other parts fail does not keep them from each other', async () => {
    const world = await aWorld({}, (store) => ({
      ...store,
      query: (query) =>
        query.collection === 'journal' ? Promise.reject(unavailable()) : store.query(query),
    }));
    const id = await aThread(world);
    await world.db.doc(`conversations/${id}/timeline/r1`).set({
      kind: 'outbound',
      state: 'sending',
      fence: 0,
      at: new Date(),
      author: { kind: 'agent', id: 'jonas' },
      type: 'text',
      text: 'Hello',
    });
    await world.sweep();
    expect(await world.get(`conversations/${id}/timeline/r1`)).toMatchObject({ state: 'unknown' });
  });
});

describe('request, drain and sweep over each other', () => {
  it('eight at once lead to what one alone leads to', async () => {
    const times = ['1790000000', '1790000003', '1790000001', '1790000002'];
    const messages = times.map((timestamp, index) => aText(`${index}`, { timestamp }));
    const body = aDelivery({
      contacts: [aSender()],
      messages: [
        ...messages,
        aText('+1', { type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } }),
      ],
      statuses: [aStatus('sent', { timestamp: '1790000000' })],
    });
    const alone = await aWorld();
    await alone.post(body);
    await alone.settle();
    const together = await aWorld();
    const { receiptId } = await journal(together.ports, bytesOf(body), 'default');
    together.move(60_000);
    const again = () => together.post(body);
    const swept = () => sweep(together.ports);
    const drained = () => together.drain(receiptId);
    const eight = [again, swept, drained, again, swept, drained, again, swept];
    await Promise.all(eight.map((act: () => Promise<unknown>) => act()));
    await together.settle();
    const [a, b] = [await stateOf(alone), await stateOf(together)];
    expect(b).toEqual(a);
    expect(b.fates).toEqual({ done: 5, 'parked unknown-message': 1 });
  });
});
