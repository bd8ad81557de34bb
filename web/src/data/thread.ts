import { compareEntries, entrySchema, SYSTEM, type Entry } from '@switchboard/domain';
import * as v from 'valibot';
import {
  ref,
  shallowRef,
  toValue,
  type ComputedRef,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue';
import { useListener, type LiveState } from './live.ts';
import { TIMELINE_PAGE, timelineQuery, type Cursor, type QuerySpec } from './queries.ts';
import { onSessionEnd, useSession } from './session.ts';
import { openStore, type RowsSnapshot, type StoredRow } from './store.ts';

/** An entry of a timeline. What no schema knows is an event of type `unsupported`. */
export type EntryRow = Entry & { readonly id: string };

/** A conversation's entries as far as they were read. */
export interface Timeline {
  /** Oldest first. */
  readonly entries: Readonly<ShallowRef<readonly EntryRow[]>>;
  readonly state: ComputedRef<LiveState>;
  readonly fromCache: ComputedRef<boolean>;
  /** True when there is nothing older. */
  readonly ended: Readonly<ShallowRef<boolean>>;
  /** Reads the next older page; rejects where it can't be read, and may be called again. */
  readonly older: () => Promise<void>;
  readonly retry: () => void;
}

/** Threads whose newest page stays in memory: opened again, they are there at once. */
const RECENT = 20;
const recent = new Map<string, readonly StoredRow[]>();
onSessionEnd(() => recent.clear());

/** Keeps the newest page of a thread, by the path of its collection, and lets go of the oldest one. */
function keepRecent(thread: string, rows: readonly StoredRow[]): void {
  recent.delete(thread);
  recent.set(thread, rows);
  for (const oldest of recent.keys()) {
    if (recent.size <= RECENT) return;
    recent.delete(oldest);
  }
}

/** An entry as screens show it; `null` where not even its time is known. */
export function entryOf({ id, data }: StoredRow): EntryRow | null {
  const parsed = v.safeParse(entrySchema, data);
  if (parsed.success) return { ...parsed.output, id };
  const at = data['at'];
  if (typeof at !== 'number') return null;
  return {
    id,
    kind: 'event',
    type: 'unsupported',
    schemaVersion: 1,
    at,
    seq: 0,
    author: SYSTEM,
    caseNumber: 0,
  };
}

/** The entries that are known, and how far back they reach without a hole. */
function knownEntries() {
  const byId = new Map<string, EntryRow>();
  const entries = shallowRef<readonly EntryRow[]>([]);
  const ended = ref(false);
  let oldest: Cursor | null = null;
  let reached = false;
  let confirmed = false;

  /** Entries by their rows: the same row is the same entry again, and drawn by nobody anew. */
  const parsed = new WeakMap<StoredRow, EntryRow | null>();
  const parse = (row: StoredRow): EntryRow | null => {
    const entry = parsed.get(row) ?? entryOf(row);
    parsed.set(row, entry);
    return entry;
  };
  const add = (rows: readonly StoredRow[]): void => {
    const fresh = rows.map(parse).filter((entry) => entry !== null);
    if (fresh.every((entry) => byId.get(entry.id) === entry)) return;
    for (const entry of fresh) byId.set(entry.id, entry);
    entries.value = [...byId.values()].sort(compareEntries);
  };
  /** Remembers where the known part ends, unless an older page reached further already. */
  const reach = (rows: readonly StoredRow[], asked: boolean): void => {
    const last = rows.at(-1);
    if (last && (asked || !reached)) oldest = { value: Number(last.data['at'] ?? 0), id: last.id };
    if (asked) reached = true;
    if (asked || !reached) ended.value = rows.length < TIMELINE_PAGE;
  };
  const forget = (): void => {
    byId.clear();
    entries.value = [];
    ended.value = false;
    oldest = null;
    reached = confirmed = false;
  };
  /**
   * More came at once than a page holds, and between that page and what is known lies a hole that
   * nothing would ever fill: what is known is dropped, and read again from the page on.
   */
  const leavesHole = (rows: readonly StoredRow[]): boolean =>
    byId.size > 0 && rows.length >= TIMELINE_PAGE && !rows.some(({ id }) => byId.has(id));

  return {
    entries,
    ended,
    oldest: () => oldest,
    forget,
    live({ rows, fromCache }: RowsSnapshot) {
      // What this device had kept gives way to the first page that the server confirms.
      if (leavesHole(rows) || (!fromCache && !confirmed && !reached)) forget();
      confirmed ||= !fromCache;
      reach(rows, false);
      add(rows);
    },
    older(rows: readonly StoredRow[]) {
      reach(rows, true);
      add(rows);
    },
  };
}

/**
 * A conversation's timeline: the newest {@link TIMELINE_PAGE} entries live, older ones on demand.
 * Entries that slid out of the live page stay as they were last seen.
 */
export function useTimeline(conversationId: MaybeRefOrGetter<string | null>): Timeline {
  const { person } = useSession();
  const known = knownEntries();
  const { entries, ended } = known;
  let loading = false;

  const live = useListener<QuerySpec, RowsSnapshot>({
    source: () => {
      const id = toValue(conversationId);
      return id !== null && person.value ? timelineQuery(id) : null;
    },
    listen: (store, query, next, failed) =>
      store.listenRows(
        query,
        (snapshot) => {
          if (!snapshot.fromCache) keepRecent(query.collection, snapshot.rows);
          next(snapshot);
        },
        (failure) => {
          recent.delete(query.collection);
          failed(failure);
        },
      ),
    kept({ collection }) {
      const rows = recent.get(collection);
      return rows ? { rows, fromCache: true } : null;
    },
    receive: (snapshot) => (snapshot === null ? known.forget() : known.live(snapshot)),
    empty: () => entries.value.length === 0,
  });

  return {
    entries,
    state: live.state,
    fromCache: live.fromCache,
    ended,
    retry: live.retry,
    async older() {
      const id = toValue(conversationId);
      const from = known.oldest();
      if (id === null || from === null || ended.value || loading) return;
      loading = true;
      try {
        const page = await (await openStore()).readRows(timelineQuery(id, from));
        if (id !== toValue(conversationId)) return;
        // What the cache has may not be all there is.
        if (page.fromCache && page.rows.length === 0) return;
        known.older(page.rows);
      } finally {
        loading = false;
      }
    },
  };
}
