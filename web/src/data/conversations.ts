import { conversationPath, conversationSchema, type Conversation } from '@switchboard/domain';
import * as v from 'valibot';
import {
  computed,
  effectScope,
  onScopeDispose,
  reactive,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type EffectScope,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue';
import { keptRows } from './kept-rows.ts';
import {
  useDoc,
  useQuery,
  type Live,
  type LiveDoc,
  type LiveQuery,
  type LiveState,
} from './live.ts';
import { cursorOf, mergeRows, segmentsOf } from './pages.ts';
import {
  countQueries,
  listQueries,
  orderOf,
  SEGMENT_LIMIT,
  type Cursor,
  type List,
  type QuerySpec,
  type Reader,
  type Section,
} from './queries.ts';
import { onSessionEnd, useSession } from './session.ts';
import { shared } from './shared.ts';
import { inTime, openStore } from './store.ts';

/** A conversation as lists show it. */
export type ConversationRow = Conversation & { readonly id: string };

/** The lists that are open. */
const shown = new Set<Readonly<ShallowRef<readonly ConversationRow[]>>>();

/** A conversation as one of the open lists shows it: the thread that is opened there begins with it. */
function listed(path: string): ConversationRow | null {
  for (const rows of shown) {
    const row = rows.value.find(({ id }) => conversationPath(id) === path);
    if (row) return row;
  }
  return null;
}

/** One conversation, live; `denied` as soon as this person may no longer see it. */
export function useConversation(id: MaybeRefOrGetter<string | null>): Omit<
  LiveDoc<Conversation>,
  'data'
> & {
  readonly conversation: Readonly<ShallowRef<ConversationRow | null>>;
} {
  const { person } = useSession();
  const { data, ...live } = useDoc(
    () => {
      const conversationId = toValue(id);
      return conversationId !== null && person.value ? conversationPath(conversationId) : null;
    },
    conversationSchema,
    listed,
  );
  return { ...live, conversation: data };
}

/** A conversation as the server has it now. Rejects where it can't be read. */
export async function lookAgain(id: string): Promise<ConversationRow> {
  const store = await openStore();
  const data = await inTime(store.readServer(conversationPath(id)));
  return { ...v.parse(conversationSchema, data), id };
}

/**
 * One section of a list as far as it was paged. Rows stay while a page is being closed, and are
 * dropped when the list, section or person changes.
 */
export interface ConversationList {
  /** In the order of the section. Held still only by the screen, never here. */
  readonly rows: Readonly<ShallowRef<readonly ConversationRow[]>>;
  readonly state: ComputedRef<LiveState>;
  /** True until the server has confirmed what is shown. */
  readonly fromCache: ComputedRef<boolean>;
  /** True when there are no rows behind the last one. */
  readonly ended: ComputedRef<boolean>;
  /** Documents that don't fit their schema and are not shown. */
  readonly skipped: ComputedRef<number>;
  /** Asks for the next page; does nothing while one is on its way. */
  readonly more: () => void;
  readonly retry: () => void;
}

/** A query of a list, and what is listened to for it: one segment for each page so far. */
interface Paged {
  readonly query: QuerySpec;
  /** By the text of each: what is the same stays open. */
  readonly segments: ReadonlyMap<string, QuerySpec>;
}

interface Segment {
  readonly spec: QuerySpec;
  readonly live: LiveQuery<Conversation>;
  readonly scope: EffectScope;
}

const pagedAt = (query: QuerySpec, cuts: readonly Cursor[]): Paged => ({
  query,
  segments: new Map(
    segmentsOf(query, cuts, SEGMENT_LIMIT).map((spec) => [JSON.stringify(spec), spec]),
  ),
});

/** Listens to each of the segments, keeping those that stay. */
function useSegments(
  asked: () => readonly Paged[],
): Readonly<ShallowRef<ReadonlyMap<string, Segment>>> {
  const open = (spec: QuerySpec): Segment => {
    const scope = effectScope(true);
    const live = scope.run(() => useQuery(() => spec, conversationSchema, keptRows));
    if (!live) throw new Error('A scope runs what it is given.');
    return { spec, scope, live };
  };
  const opened = shallowRef<ReadonlyMap<string, Segment>>(new Map());
  watch(
    asked,
    (queries) => {
      const before = opened.value;
      const wanted = queries.flatMap(({ segments }) => [...segments]);
      const after = new Map(wanted.map(([key, spec]) => [key, before.get(key) ?? open(spec)]));
      for (const [key, { scope }] of before) if (!after.has(key)) scope.stop();
      opened.value = after;
    },
    { immediate: true },
  );
  onScopeDispose(() => opened.value.forEach(({ scope }) => scope.stop()));
  return opened;
}

/** The same value as before where it says the same, so that nothing depends on it anew. */
const steady = <T>(now: T, before: T | undefined): T =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;

/** What is known of one query, all of its segments together. */
interface Known {
  readonly query: QuerySpec;
  /** Every segment is listened to. */
  readonly opened: boolean;
  readonly settled: boolean;
  readonly ended: boolean;
  readonly rows: readonly ConversationRow[];
}

function knownOf({ query, segments }: Paged, opened: ReadonlyMap<string, Segment>): Known {
  const own = [...segments.keys()].flatMap((key) => opened.get(key) ?? []);
  const last = own.at(-1);
  const settled = last !== undefined && last.live.state.value === 'ready';
  return {
    query,
    opened: own.length === segments.size,
    settled,
    ended: settled && last.live.rows.value.length + last.live.skipped.value < query.limit,
    rows: own.flatMap(({ live }) => live.rows.value),
  };
}

/** One section of a list, live and paged. */
export function useConversationList(
  list: MaybeRefOrGetter<List>,
  section: MaybeRefOrGetter<Section>,
): ConversationList {
  const { person } = useSession();
  const queries = computed<readonly QuerySpec[]>((before) =>
    steady(person.value ? listQueries(toValue(list), toValue(section), person.value) : [], before),
  );
  const cuts = shallowRef<ReadonlyMap<QuerySpec, readonly Cursor[]>>(new Map());
  const asked = computed(() =>
    queries.value.map((query) => pagedAt(query, cuts.value.get(query) ?? [])),
  );
  const opened = useSegments(() => asked.value);
  const order = computed(() => orderOf(toValue(section)));

  const perQuery = computed(() => asked.value.map((paged) => knownOf(paged, opened.value)));

  const rows = shallowRef<readonly ConversationRow[]>([]);
  shown.add(rows);
  onScopeDispose(() => shown.delete(rows));
  watch(queries, () => (rows.value = []));
  watch(
    () => ({
      known: perQuery.value,
      // A page that was just closed has no rows for a moment; the old ones stay until it has.
      closing:
        perQuery.value.some(({ opened }) => !opened) ||
        [...opened.value.values()].some(
          ({ spec, live }) => spec.until !== undefined && live.state.value === 'loading',
        ),
    }),
    ({ known, closing }) => {
      if (!closing) rows.value = mergeRows(known, order.value);
    },
    { immediate: true, flush: 'sync' },
  );

  const lives = computed(() => [...opened.value.values()].map(({ live }) => live));
  return {
    rows,
    state: computed(() => combined(lives.value, rows.value.length)),
    fromCache: computed(() => lives.value.some(({ fromCache }) => fromCache.value)),
    ended: computed(() => perQuery.value.every(({ ended }) => ended)),
    skipped: computed(() => lives.value.reduce((sum, { skipped }) => sum + skipped.value, 0)),
    more() {
      const due = perQuery.value.flatMap(({ query, settled, ended, rows: known }) => {
        const last = known.at(-1);
        if (!settled || ended || last === undefined) return [];
        const before = cuts.value.get(query) ?? [];
        return [[query, [...before, cursorOf(last, order.value)]] as const];
      });
      if (due.length > 0) cuts.value = new Map([...cuts.value, ...due]);
    },
    retry: () => lives.value.forEach((live) => live.retry()),
  };
}

/** What the segments of a list amount to: rows that are there are shown, whatever else is wrong. */
function combined(lives: readonly Live[], shown: number): LiveState {
  const states = lives.map(({ state }) => state.value);
  if (shown > 0) return 'ready';
  return (
    (['failed', 'denied', 'offline', 'loading'] as const).find((bad) => states.includes(bad)) ??
    'ready'
  );
}

/** A number on a tab; `more` says that there are more than were counted. */
export interface ListCount {
  readonly value: number;
  readonly more: boolean;
}

/** Shortest time between two counts by the server, ms: each costs a read per thousand conversations. */
export const COUNT_EVERY = 60_000;

type Counted = Extract<List, 'team' | 'all'>;
const counted = reactive(new Map<Counted, number>());
const countedAt = new Map<Counted, number>();
onSessionEnd(() => {
  counted.clear();
  countedAt.clear();
});

/** The numbers on the tabs. Those of Team and All are as old as the last `refresh` that counted. */
export interface ListCounts {
  /** `null` where nothing is known yet. */
  readonly counts: ComputedRef<Readonly<Record<List, ListCount | null>>>;
  /** The conversation in the queue that waits longest; `null` where nobody waits. */
  readonly longestWaiting: ComputedRef<ConversationRow | null>;
  /** Counts a list anew where the server must. */
  readonly refresh: (list: List) => Promise<void>;
}

function listened(lists: readonly ConversationList[]): ListCount | null {
  if (lists.some(({ state }) => state.value !== 'ready')) return null;
  return {
    value: lists.reduce((sum, { rows }) => sum + rows.value.length, 0),
    more: lists.some(({ ended }) => !ended.value),
  };
}

const byServer = (list: Counted): ListCount | null => {
  const value = counted.get(list);
  return value === undefined ? null : { value, more: false };
};

async function countAnew(list: Counted, person: Reader): Promise<void> {
  const now = Date.now();
  if (now - (countedAt.get(list) ?? 0) < COUNT_EVERY) return;
  countedAt.set(list, now);
  try {
    const store = await openStore();
    const counts = await Promise.all(countQueries(list, person).map((query) => store.count(query)));
    counted.set(
      list,
      counts.reduce((sum, count) => sum + count, 0),
    );
  } catch {
    // An old number is no lie for a minute; without one the tab shows none.
    countedAt.delete(list);
  }
}

/**
 * Counts of the lists. Mine and Queue are counted from rows that are listened to anyway; Team and
 * All by the server when `refresh` asks, at most once a minute.
 */
export const useListCounts = shared((): ListCounts => {
  const { person } = useSession();
  const mine = [useConversationList('mine', 'open'), useConversationList('mine', 'pending')];
  const queue = useConversationList('queue', 'open');
  return {
    counts: computed(() => ({
      mine: listened(mine),
      queue: listened([queue]),
      team: byServer('team'),
      all: byServer('all'),
    })),
    longestWaiting: computed(() => queue.rows.value[0] ?? null),
    async refresh(list) {
      if (person.value && (list === 'team' || list === 'all')) await countAnew(list, person.value);
    },
  };
});
