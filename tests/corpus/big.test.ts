import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COLLECTIONS, type DocumentData } from '@switchboard/domain';
import { systemClock } from '@switchboard/functions/testing';
import { fatesOf, journalOf, keptMessage } from '../support/journal.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aStatus } from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

/* The largest bodies that Meta announces: 1,000 items, 3 MB (Meta, "Webhooks", payload size). */
const ITEMS = 1_000;
const BYTES = 3 * 1024 * 1024;

const from = (index: number) => `1555${1_000_000 + index}`;
const numbered = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

async function inboundOf(world: World): Promise<readonly DocumentData[]> {
  const found = await world.db
    .collectionGroup(COLLECTIONS.timeline)
    .where('kind', '==', 'inbound')
    .get();
  return found.docs.map((doc) => doc.data());
}

/** A world that has taken this body, drains and all. */
async function taken(body: object): Promise<World> {
  const world = await aWorld();
  expect(await world.post(body)).toBe(200);
  await world.settle();
  return world;
}

describe('a body of 1,000 items', () => {
  it('of one sender is one conversation with 1,000 entries in their order', async () => {
    const messages = numbered(ITEMS, (index) => aText(`${index}`, { timestamp: '1790000000' }));
    const world = await taken(aDelivery({ contacts: [aSender()], messages }));
    const [conversation, ...others] = await world.all('conversations');
    expect(others).toEqual([]);
    expect(conversation?.data).toMatchObject({ inboundCount: ITEMS, preview: { text: '999' } });
    const entries = [...(await inboundOf(world))].sort(
      (a, b) => Number(a['seq']) - Number(b['seq']),
    );
    expect(entries.map(({ text }) => text as string)).toEqual(numbered(ITEMS, String));
    expect(await fatesOf(world)).toEqual({ done: ITEMS });
  });

  it('of 1,000 senders is 1,000 conversations, each under its own name', async () => {
    const contacts = numbered(ITEMS, (index) => aSender(from(index), `Customer ${index}`));
    const messages = numbered(ITEMS, (index) => aText(`${index}`, { from: from(index) }));
    const world = await taken(aDelivery({ contacts: contacts.toReversed(), messages }));
    const conversations = await world.all('conversations');
    expect(conversations).toHaveLength(ITEMS);
    const named = conversations.map(({ data }) => [
      (data['contact'] as DocumentData)['name'],
      (data['preview'] as DocumentData)['text'],
    ]);
    expect(named.sort()).toEqual(
      numbered(ITEMS, (index) => [`Customer ${index}`, `${index}`]).toSorted(),
    );
    expect(await fatesOf(world)).toEqual({ done: ITEMS });
  });

  it('of messages, statuses and repeats between each other leaves nothing undone', async () => {
    const messages = numbered(400, (index) => aText(`${index}`, { from: from(index % 40) }));
    const sent = numbered(400, (index) => aStatus('sent', { id: `wamid.NOBODY${index}` }));
    const odd = numbered(100, (index) => aStatus('deleted', { id: `wamid.NOBODY${index}` }));
    const body = aDelivery({
      messages: [...messages, ...messages.slice(0, 100)],
      statuses: [...sent, ...odd],
    });
    const world = await taken(body);
    expect(await fatesOf(world)).toEqual({
      done: 400,
      'parked unknown-message': 400,
      'ignored unsupported-status': 100,
    });
    expect(await inboundOf(world)).toHaveLength(400);
    const [receipt] = await world.all('receipts');
    expect(receipt?.data).toMatchObject({ items: 1_000, fresh: 900, repeated: 100 });
  });

  it('is answered once it is in the journal, whatever there is no time for is the drain’s', async () => {
    let now = Date.now();
    let pace = 1_000;
    // A second passes with every look at the clock: more than an answer may take.
    const clock = { ...systemClock, now: () => (now += pace) };
    const world = await aWorld({ clock });
    const messages = numbered(ITEMS, (index) => aText(`${index}`, { from: from(index) }));
    expect(await world.post(aDelivery({ messages }))).toBe(200);
    expect(await fatesOf(world)).toEqual({ new: ITEMS });
    expect(await world.all('conversations')).toEqual([]);
    pace = 0;
    await world.settle();
    expect(await fatesOf(world)).toEqual({ done: ITEMS });
    expect(await world.all('conversations')).toHaveLength(ITEMS);
  });
});

describe('a body of 3 MB', () => {
  it('that is one text is cut in the entry and whole in the journal, in parts', async () => {
    const noise = randomBytes((BYTES * 3) / 4 - 1_000).toString('base64');
    const message = aText(noise);
    const body = aDelivery({ contacts: [aSender()], messages: [message] });
    expect(JSON.stringify(body).length).toBeGreaterThan(BYTES - 2_000);
    const world = await taken(body);
    const [item] = await journalOf(world);
    expect(item?.data).toMatchObject({ fate: 'done' });
    expect(Number(item?.data['parts'])).toBeGreaterThan(1);
    expect(item && keptMessage(item)).toEqual(message);
    const [entry] = await inboundOf(world);
    expect(entry).toMatchObject({ text: noise.slice(0, 100_000), truncated: true });
  });

  it('that a process died over is finished by the sweep, from its parts', async () => {
    const noise = randomBytes((BYTES * 3) / 4 - 1_000).toString('base64');
    const world = await taken(aDelivery({ messages: [aText(noise)] }));
    const [item] = await world.all('journal');
    await world.db.recursiveDelete(world.db.collection('conversations'));
    await world.db.doc(`journal/${item?.id}`).update({ fate: 'new', entry: null });
    await world.sweep();
    expect(await inboundOf(world)).toMatchObject([{ text: noise.slice(0, 100_000) }]);
  });

  it('of thirty long texts of one sender is thirty entries, each as much as fits', async () => {
    const long = '水'.repeat(34_000);
    const messages = numbered(30, (index) => aText(`${index} ${long}`));
    const body = Buffer.from(JSON.stringify(aDelivery({ messages })));
    expect(body.length).toBeGreaterThan(BYTES - 100_000);
    const world = await aWorld();
    expect(await world.post(body)).toBe(200);
    await world.settle();
    const texts = (await inboundOf(world)).map(({ text }) => text as string).sort();
    expect(texts).toEqual(numbered(30, (index) => `${index} ${long}`).toSorted());
  });
});
