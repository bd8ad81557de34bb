/**
 * Mutated bodies against the webhook's own handler over documents in memory. Whatever is signed is
 * taken and kept, whatever is not is refused, and every document could be written to Firestore.
 */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  channelPath,
  COLLECTIONS,
  create,
  journalPath,
  readDelivery,
  type DocumentData,
  type Item,
} from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import {
  drain,
  graphOf,
  memoryDatabase,
  nodeHash,
  noMedia,
  storeOver,
  TEST_APP_SECRET,
  toFirestore,
  webhook,
  type MemoryDatabase,
  type Ports,
} from '@switchboard/functions/testing';
import { START } from '../soak/world.ts';
import { sign } from '../world.ts';
import { dice, mutated, type Dice } from './mutate.ts';
import { unsafe } from './firestore-safe.ts';

/** A run: so many bodies, made of these by chance. */
export interface FuzzAsked {
  readonly seed: number;
  readonly count: number;
  readonly bodies: readonly unknown[];
  /** Numbers that are channels of the workspace. */
  readonly numbers: readonly string[];
  readonly busyWith?: (what: string) => void;
}

/** A body that something was wrong with, by the seed that makes it again. */
export interface Found {
  readonly seed: number;
  readonly wrong: readonly string[];
}

export interface FuzzReport {
  readonly found: readonly Found[];
  readonly signed: number;
  readonly unsigned: number;
  readonly items: number;
  readonly largest: number;
  readonly fates: Readonly<Record<string, number>>;
}

/** Bodies that share one workspace: they meet what others left there. */
const TOGETHER = 200;
/** Bodies with something wrong, after which nobody needs more. */
const ENOUGH = 20;

/** Each body has a seed of its own, from the run's on: a run of one repeats it in an empty workspace. */
export async function fuzz(asked: FuzzAsked): Promise<FuzzReport> {
  const found: Found[] = [];
  const tally = { signed: 0, unsigned: 0, items: 0, largest: 0 };
  const fates: Record<string, number> = {};
  for (let index = 0; index < asked.count && found.length < ENOUGH;) {
    const workspace = aWorkspace(asked.numbers);
    for (const end = Math.min(asked.count, index + TOGETHER); index < end; index += 1) {
      const seed = asked.seed + index;
      const the = dice(seed);
      const body = mutated(asked.bodies, the);
      tally.largest = Math.max(tally.largest, body.length);
      const wrong = the.happens(0.1)
        ? await refuse(workspace, body, the, tally)
        : await take(workspace, body, tally);
      if (wrong.length > 0) found.push({ seed, wrong });
    }
    for (const { data } of workspace.journal()) {
      const fate = [data['fate'], data['reason']].filter(Boolean).join(' ');
      fates[fate] = (fates[fate] ?? 0) + 1;
    }
    asked.busyWith?.(`${index} bodies`);
  }
  return { found, ...tally, fates };
}

interface Workspace {
  readonly ports: Ports;
  readonly database: MemoryDatabase;
  /** What was wrong with documents and jobs since it was last asked. */
  complaints(): readonly string[];
  /** Runs what an answer left to a task. */
  settle(): Promise<void>;
  journal(): readonly { readonly path: string; readonly data: DocumentData }[];
}

/** Errors that are ours: a document that does not fit, a reader that throws. */
const BUGS = /TypeError|RangeError|ReferenceError|ValiError|SyntaxError|^Error$/;

function aWorkspace(numbers: readonly string[]): Workspace {
  const real = memoryDatabase();
  let wrong: string[] = [];
  const left: string[] = [];
  const check = (writes: Parameters<MemoryDatabase['commit']>[0]): void => {
    for (const { op, path, data } of writes) {
      wrong.push(...unsafe(path, toFirestore(data)));
      const names = op === 'create' ? [] : Object.keys(data);
      if (names.some((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)))
        wrong.push(`${path}: a change names a field that would be a path: ${names.join()}`);
    }
  };
  const database: MemoryDatabase = {
    ...real,
    commit: (writes, seen) => (check(writes), real.commit(writes, seen)),
  };
  const nothing = () => Promise.resolve();
  const clock = { now: () => START, newId: newIds(), wait: nothing };
  const secrets = { get: () => Promise.resolve([TEST_APP_SECRET]) };
  const notHad = () => Promise.resolve({ kind: 'failed', failure: 'gone' } as const);
  const ports: Ports = {
    store: storeOver(
      database,
      async (_, work) => work(),
      clock,
      () => 0,
    ),
    pace: { pass: nothing },
    graph: graphOf({}),
    source: { find: notHad, open: notHad },
    media: noMedia,
    secrets,
    tasks: {
      drain: (id) => Promise.resolve(void left.push(id)),
      bringMedia: nothing,
      sweep: nothing,
    },
    accounts: { apply: nothing },
    hash: nodeHash(secrets),
    clock,
    log: {
      info: () => undefined,
      error: (event, { error } = {}) => {
        if (typeof error === 'string' && BUGS.test(error)) wrong.push(`${event}: ${error}`);
      },
    },
  };
  real.commit(
    numbers.map((id) => create(channelPath(id), { ...aChannel() })),
    new Map(),
  );
  return {
    ports,
    database: real,
    complaints: () => {
      const all = wrong;
      wrong = [];
      return all;
    },
    async settle() {
      for (let next = left.shift(); next !== undefined; next = left.shift())
        await drain(ports, next);
    },
    journal: () =>
      real
        .query({ collection: COLLECTIONS.journal, where: [], limit: Infinity })
        .map(({ path, data }) => ({ path, data: data ?? {} })),
  };
}

function newIds(): () => string {
  let count = 0;
  return () => `id${String((count += 1)).padStart(18, '0')}`;
}

const post = (ports: Ports, body: Uint8Array, signature: string | undefined) =>
  webhook(ports, [], { method: 'POST', url: '/whatsapp/webhook', signature, body });

type Tally = { signed: number; unsigned: number; items: number };

/** Without a true signature nothing is taken, and nothing written. */
async function refuse(
  { ports, database }: Workspace,
  body: Buffer,
  the: Dice,
  tally: Tally,
): Promise<readonly string[]> {
  tally.unsigned += 1;
  const before = database.documents().size;
  const other = Buffer.concat([body, Buffer.from(' ')]);
  const signature = the.pick([
    undefined,
    '',
    'sha256=',
    `sha256=${'0'.repeat(64)}`,
    sign(other),
    sign(body, 'another secret'),
    sign(body).replace('sha256', 'sha1'),
    `${sign(body)}00`,
  ]);
  const { status } = await post(ports, body, signature);
  const after = database.documents().size;
  return status === 401 && after === before
    ? []
    : [`unsigned, it was answered ${status}, and ${after - before} documents were written`];
}

async function take(workspace: Workspace, body: Buffer, tally: Tally): Promise<readonly string[]> {
  const { ports } = workspace;
  tally.signed += 1;
  const { status } = await post(ports, body, sign(body));
  await workspace.settle();
  const items = itemsOf(body);
  tally.items += items?.length ?? 1;
  return [
    ...(status === 200 ? [] : [`it was answered ${status}`]),
    ...workspace.complaints(),
    ...(items === null ? [] : unread(body, items)),
    ...unkept(workspace, body, items),
  ];
}

/** The items of a body as the parse alone has them; `null` where it has none. */
function itemsOf(body: Buffer): readonly Item[] | null {
  try {
    return readDelivery(JSON.parse(body.toString('utf8')));
  } catch {
    return null;
  }
}

/** Primitive values of a body that are in none of its items. */
function unread(body: Buffer, items: readonly Item[]): readonly string[] {
  if (items.length === 0) return [];
  const kept = new Set<string>();
  for (const { raw } of items) leaves(raw, (leaf) => kept.add(leaf));
  const lost: string[] = [];
  const whole = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const { object: _, ...rest } = whole;
  leaves(rest, (leaf) => {
    if (!kept.has(leaf) && leaf !== '"whatsapp"') lost.push(leaf.slice(0, 80));
  });
  return lost.slice(0, 3).map((leaf) => `the parse lost ${leaf}`);
}

function leaves(value: unknown, found: (leaf: string) => void): void {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null)
      for (const member of Object.values(next)) waiting.push(member);
    else found(JSON.stringify(next) ?? '');
  }
}

/** Every item is in the journal, with all of its text, and somebody or something has decided on it. */
function unkept(
  { database }: Workspace,
  body: Buffer,
  items: readonly Item[] | null,
): readonly string[] {
  const ids =
    items === null || items.length === 0
      ? [idFrom(['body', body.toString('base64')])]
      : items.map(({ key }) => idFrom(key));
  return ids.flatMap((id, index) => {
    const at = [
      () => id,
      () => idFrom(['by', 'default', ...(items?.[index]?.key ?? [])]),
      // What is nested beyond what can be written again is kept as the whole that it came in.
      () => idFrom(['body', body.toString('base64')]),
    ].find((name) => database.read(journalPath(name())).version > 0)?.();
    if (at === undefined) return LONG.test(body.toString('utf8')) ? [] : ['an item is not there'];
    const found = database.read(journalPath(at)).data ?? {};
    const undecided = found['fate'] === 'new' || found['fate'] === 'retry';
    const failed = found['reason'] === 'processing-failed';
    return [
      ...(undecided || failed ? [`an item is ${String(found['fate'])}`] : []),
      ...(readable(database, at, found) ? [] : ['what was kept of an item can’t be read']),
    ];
  });
}

/** Numbers that the handler keeps to the digit and `JSON.parse` alone does not: such items have other names. */
const LONG = /\d{16}/;

const idFrom = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

function readable(database: MemoryDatabase, id: string, item: DocumentData): boolean {
  const parts = Number(item['parts'] ?? 0);
  const slices =
    parts === 0
      ? [item['raw'] as Uint8Array]
      : Array.from(
          { length: parts },
          (_, part) =>
            database.read(`${journalPath(id)}/parts/${part}`).data?.['raw'] as Uint8Array,
        );
  try {
    return gunzipSync(Buffer.concat(slices)).length >= 0;
  } catch {
    return false;
  }
}
