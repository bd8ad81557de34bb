import * as v from 'valibot';
import type { Keeper } from './live.ts';
import { readLocal, writeLocal } from './local.ts';
import { listQueries, LISTS, sectionsOf, type Reader } from './queries.ts';
import { currentPerson, KEPT_ROWS, onSessionEnd } from './session.ts';
import type { StoredRow } from './store.ts';

/**
 * The first pages of the lists as they were last seen, kept on this device: a start paints them
 * while Firestore still opens its own cache, which takes as long as all before it; and a list that is
 * opened again while it looks through that. It says the same a moment later and is believed then.
 */

/** Rows are written this long after they changed, and at once when the app is left, ms. */
export const KEEP_AFTER = 10_000;

const pagesSchema = v.record(
  v.string(),
  v.array(v.object({ id: v.string(), data: v.record(v.string(), v.unknown()) })),
);
type Pages = v.InferOutput<typeof pagesSchema>;

interface Keeping {
  readonly uid: string;
  /** What was kept before this start. */
  readonly before: Promise<Pages>;
  /** What lists showed since then. */
  readonly shown: Map<string, readonly StoredRow[]>;
}

let keeping: Keeping | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

async function readPages(uid: string): Promise<Pages> {
  const kept = v.safeParse(pagesSchema, await readLocal(KEPT_ROWS + uid));
  return kept.success ? kept.output : {};
}

function keepingOf(uid: string): Keeping {
  if (keeping?.uid !== uid) keeping = { uid, before: readPages(uid), shown: new Map() };
  return keeping;
}

/** The queries with which the lists of this person begin, as the rights are now. */
const beginnings = (person: Reader): readonly string[] =>
  LISTS.flatMap((list) => sectionsOf(list).flatMap((part) => listQueries(list, part, person))).map(
    (query) => JSON.stringify(query),
  );

/** A list that was not opened since the start keeps the rows that it had before. */
async function write(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const person = currentPerson();
  if (person === null || keeping?.uid !== person.uid) return;
  const { before, shown } = keeping;
  const known = new Map([...Object.entries(await before), ...shown]);
  const asked = beginnings(person).filter((key) => known.has(key));
  await writeLocal(
    KEPT_ROWS + person.uid,
    Object.fromEntries(asked.map((key) => [key, known.get(key)])),
  );
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden' && timer !== undefined) void write();
});

onSessionEnd(() => {
  clearTimeout(timer);
  timer = undefined;
  keeping = null;
});

/** Where the lists keep what they begin with. What is further down is not kept. */
export const keptRows: Keeper = {
  async read(query) {
    const uid = currentPerson()?.uid;
    if (uid === undefined) return null;
    const { before, shown } = keepingOf(uid);
    const key = JSON.stringify(query);
    return shown.get(key) ?? (await before)[key] ?? null;
  },
  write(query, rows) {
    const uid = currentPerson()?.uid;
    if (uid === undefined || query.after || query.until) return;
    keepingOf(uid).shown.set(JSON.stringify(query), rows);
    timer ??= setTimeout(() => void write(), KEEP_AFTER);
  },
};
