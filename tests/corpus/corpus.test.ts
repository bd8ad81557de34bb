import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  asObject,
  asText,
  COLLECTIONS,
  entryPath,
  readContent,
  readDelivery,
  type DocumentData,
  type Item,
} from '@switchboard/domain';
import { journalOf, keptMessage } from '../support/journal.ts';
import { aWorld, type World } from '../support/world.ts';
import {
  messagesOf,
  noticesOf,
  numbersOf,
  PAYLOADS,
  PAYLOADS_ARE_HERE,
  readPayloads,
  withOwnIds,
  type Message,
  type Payload,
} from './payloads.ts';

/*
 * Real webhook bodies, posted signed. Where they are not beside the repository the suite is skipped
 * with this sentence, so that nobody takes silence for a pass.
 */
const suite = PAYLOADS_ARE_HERE
  ? 'the corpus of real webhook bodies'
  : `the corpus of real webhook bodies (skipped: there is no ${PAYLOADS})`;

type Listed = Readonly<
  Record<string, { readonly count: number; readonly reason: string; readonly why: string }[]>
>;
interface Expected {
  readonly parked: Listed;
  /** What was understood and asks for nothing. */
  readonly ignored: Listed;
}

const readExpected = (): Expected =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as Expected;

/** The first of each id: what must be kept where ids repeat. */
const firsts = (messages: readonly Message[]): readonly Message[] => [
  ...new Map(messages.toReversed().map((one) => [`${one.number} ${one.id}`, one])).values(),
];

/** What is left of each message by number and id: its type, text and content, and its JSON in the journal. */
const asKept = (messages: readonly Message[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    messages.map(({ number, id, item }) => {
      const type = asText(item['type']) ?? 'unknown';
      const { text = null, content = null } = readContent(type, item);
      return [`${number} ${id}`, { type, text, content, message: item }];
    }),
  );

/** How many of these items, messages apart, have the name of one before them. */
function repeatedBesides(bodies: readonly unknown[]): number {
  const keys = bodies.flatMap((body) => {
    const items = readDelivery(body) ?? [];
    // A body without items is one itself.
    return items.length === 0
      ? [JSON.stringify(body)]
      : items.filter((item) => !isInbound(item)).map(({ key }) => JSON.stringify(key));
  });
  return keys.length - new Set(keys).size;
}

/** Types of what stands in a thread and nobody wrote. */
const NOTICES: ReadonlySet<unknown> = new Set(['call', 'group_update']);

/** A customer's word, live or a copy; what a colleague wrote on a phone is none, and no notice. */
const isInbound = (item: Item): boolean =>
  item.kind === 'message' && item.by === undefined && !NOTICES.has(item.type);

const textOf = (item: DocumentData): string | undefined => asText(asObject(item['text'])?.['body']);

async function worldFor(payloads: readonly Payload[]): Promise<World> {
  const world = await aWorld();
  const numbers = new Set(payloads.flatMap(({ body }) => numbersOf(body)));
  await Promise.all([...numbers].map((number) => world.addChannel(number)));
  return world;
}

async function postAll(world: World, bodies: readonly unknown[], atOnce = 1): Promise<number[]> {
  const statuses: number[] = [];
  const queue = [...bodies];
  const worker = async () => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift())
      statuses.push(await world.post(body));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await world.settle();
  return statuses;
}

async function inboundEntries(world: World): Promise<readonly DocumentData[]> {
  const found = await world.db
    .collectionGroup(COLLECTIONS.timeline)
    .where('kind', '==', 'inbound')
    .get();
  return found.docs.map((doc) => doc.data());
}

/** What the world has of each message, as {@link asKept}. */
async function keptIn(world: World): Promise<Readonly<Record<string, unknown>>> {
  const journal = await journalOf(world);
  const kept = new Map(journal.map((item) => [item.data['entry'], keptMessage(item)]));
  const conversations = await world.all(COLLECTIONS.conversations);
  const rows = await Promise.all(
    conversations.map(async ({ id, data }) => {
      const inbound = (await world.timeline(id)).filter(
        ({ data: { kind, type } }) => kind === 'inbound' && !NOTICES.has(type),
      );
      return inbound.map(({ id: entryId, data: { wamid, type, text = null, content = null } }) => [
        `${String(data['channelId'])} ${String(wamid)}`,
        { type, text, content, message: kept.get(entryPath(id, entryId)) },
      ]);
    }),
  );
  return Object.fromEntries(rows.flat()) as Readonly<Record<string, unknown>>;
}

/** Every document but receipts, as text, by path. */
async function everything(world: World): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const walk = async (path: string | null): Promise<void> => {
    const collections = await (path === null
      ? world.db.listCollections()
      : world.db.doc(path).listCollections());
    for (const collection of collections) {
      if (collection.id === COLLECTIONS.receipts) continue;
      for (const doc of (await collection.get()).docs) {
        found[doc.ref.path] = JSON.stringify(doc.data());
        if (['conversations', 'contacts'].includes(collection.id)) await walk(doc.ref.path);
      }
    }
  };
  await walk(null);
  return found;
}

/** A seeded shuffle, so that a failure can be repeated. */
function shuffle<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Three bodies' entries in one body. */
const rebatch = (bodies: readonly unknown[]): readonly unknown[] =>
  Array.from({ length: Math.ceil(bodies.length / 3) }, (_, index) => ({
    object: 'whatsapp_business_account',
    entry: bodies
      .slice(index * 3, index * 3 + 3)
      .flatMap((body) => (asObject(body)?.['entry'] as unknown[] | undefined) ?? []),
  }));

describe.skipIf(!PAYLOADS_ARE_HERE)(suite, () => {
  describe('each file with message ids of its own', () => {
    let world: World;
    let payloads: readonly Payload[];
    let statuses: readonly number[];

    beforeAll(async () => {
      payloads = readPayloads().map(withOwnIds);
      world = await worldFor(payloads);
      statuses = await postAll(
        world,
        payloads.map(({ body }) => body),
      );
    });

    it('answers 200 to every one', () => {
      expect(payloads.length).toBeGreaterThanOrEqual(300);
      expect(statuses.filter((status) => status !== 200)).toEqual([]);
    });

    it('has exactly one inbound entry for each message id, with its type and text', async () => {
      const expected = firsts(payloads.flatMap(({ body }) => messagesOf(body)));
      const entries = await inboundEntries(world);
      const sort = (rows: readonly (readonly unknown[])[]) =>
        rows.map((row) => JSON.stringify(row)).sort();
      const notices = payloads.flatMap(({ body }) => noticesOf(body));
      expect(sort(entries.map((entry) => [entry['wamid'], entry['type']]))).toEqual(
        sort(
          [
            ...expected.map(({ id, item }) => [id, asText(item['type']) ?? 'unknown']),
            ...new Set(notices.map(({ id, type, item }) => JSON.stringify([id, type, item]))),
          ].map((row) =>
            typeof row === 'string' ? (JSON.parse(row) as unknown[]).slice(0, 2) : row,
          ),
        ),
      );
      const texts = new Map(entries.map((entry) => [entry['wamid'], entry['text']]));
      for (const { id, item } of expected)
        if (item['type'] === 'text') expect(texts.get(id), id).toBe(textOf(item));
    });

    it('parks and ignores exactly what the lists say, each for the reason that stands there', async () => {
      const journal = await world.all(COLLECTIONS.journal);
      const open = journal.filter(({ data }) => data['fate'] === 'new' || data['fate'] === 'retry');
      expect(open).toEqual([]);
      const expected = readExpected();
      for (const fate of ['parked', 'ignored'] as const)
        expect(await leftByFile(world, payloads, fate), fate).toEqual(
          expectedCounts(expected[fate]),
        );
    });

    it('changes not one document when all come again, shuffled, re-batched and eight at once', async () => {
      const before = await everything(world);
      const bodies = shuffle(
        payloads.map(({ body }) => body),
        20_261_122,
      );
      const again = await postAll(world, rebatch(bodies), 8);
      expect(again.filter((status) => status !== 200)).toEqual([]);
      const after = await everything(world);
      expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([]);
      expect(Object.keys(after).length).toBe(Object.keys(before).length);
    });
  });

  it('keeps the first of each id when the files are posted unchanged, and counts the others as repeated', async () => {
    const payloads = readPayloads();
    const world = await worldFor(payloads);
    const statuses = await postAll(
      world,
      payloads.map(({ body }) => body),
    );
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    const messages = payloads.flatMap(({ body }) => messagesOf(body));
    const expected = firsts(messages);
    const entries = await inboundEntries(world);
    expect(entries.filter(({ type }) => !NOTICES.has(type))).toHaveLength(expected.length);
    expect(await keptIn(world)).toEqual(asKept(expected));
    const receipts = await world.all(COLLECTIONS.receipts);
    const sum = (field: string) =>
      receipts.reduce((total, { data }) => total + Number(data[field]), 0);
    expect(sum('items')).toBe(sum('fresh') + sum('repeated'));
    const besides = repeatedBesides(payloads.map(({ body }) => body));
    expect(sum('repeated')).toBe(messages.length - expected.length + besides);
  });
});

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What each file left so, by reason. The files were posted one after the other, a receipt for each. */
async function leftByFile(
  world: World,
  payloads: readonly Payload[],
  fate: keyof Expected,
): Promise<Counts> {
  const counts: Record<string, Record<string, number>> = {};
  const receipts = (await world.all(COLLECTIONS.receipts)).toSorted(
    (a, b) => Number(a.data['receivedAt']) - Number(b.data['receivedAt']),
  );
  const files = new Map(receipts.map(({ id }, index) => [id, payloads[index]?.file ?? '']));
  for (const { data } of await world.all(COLLECTIONS.journal)) {
    if (data['fate'] !== fate) continue;
    const file = files.get(String(data['receiptId'])) ?? '';
    const reason = String(data['reason']);
    counts[file] = { ...counts[file], [reason]: (counts[file]?.[reason] ?? 0) + 1 };
  }
  return counts;
}

const expectedCounts = (listed: Listed): Counts =>
  Object.fromEntries(
    Object.entries(listed).map(([file, lines]) => [
      file,
      Object.fromEntries(lines.map(({ reason, count }) => [reason, count])),
    ]),
  );
