import {
  computed,
  getCurrentScope,
  onScopeDispose,
  ref,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue';
import * as v from 'valibot';
import { useConnection } from './connection.ts';
import type { QuerySpec } from './queries.ts';
import {
  openStore,
  type DocSnapshot,
  type Plain,
  type RowsSnapshot,
  type Stop,
  type Store,
  type StoreFailure,
  type StoredRow,
} from './store.ts';

/**
 * - `loading`: nothing is known yet.
 * - `ready`: shows what is known; `fromCache` says whether the server has confirmed it.
 * - `offline`: nothing is kept on this device and there is no connection.
 * - `denied`: this person may not see it.
 * - `failed`: it could not be read; `retry` may help.
 */
export type LiveState = 'loading' | 'ready' | 'offline' | 'denied' | 'failed';

/** What every subscription has. It ends with the scope that opened it, or by `stop`. */
export interface Live {
  readonly state: ComputedRef<LiveState>;
  /** True until the server has confirmed what is shown. */
  readonly fromCache: ComputedRef<boolean>;
  /** Opens it again after a failure. */
  readonly retry: () => void;
  readonly stop: () => void;
}

/** Raised when a new token is in force: what was denied under the old one is asked again. */
const tokens = ref(0);
/**
 * Opens every listener anew under a token that is now in force: what was denied under the old one
 * is asked again.
 */
export const reopenListeners = (): void => {
  tokens.value += 1;
};

/** Runs the last of many calls once per painted frame, and soon where nothing is painted. */
export function perFrame<T>(run: (value: T) => void): {
  readonly push: (value: T) => void;
  readonly cancel: () => void;
} {
  let pending: { value: T } | null = null;
  let cancelTimer: (() => void) | null = null;
  const flush = (): void => {
    const due = pending;
    pending = null;
    if (due) run(due.value);
  };
  return {
    push(value) {
      const scheduled = pending !== null;
      pending = { value };
      if (!scheduled) cancelTimer = schedule(flush);
    },
    cancel() {
      cancelTimer?.();
      cancelTimer = null;
      pending = null;
    },
  };
}

/**
 * Runs once, at the next frame, at the latest after 100 ms: no frame comes in a hidden tab. What it
 * answers takes that back.
 */
export function schedule(run: () => void): () => void {
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = (): void => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 100);
  return cancel;
}

type Phase = 'loading' | 'ready' | 'denied' | 'failed';

interface Listening<S, N> {
  /** What to listen to; `null` for nothing. Compared by content. */
  readonly source: MaybeRefOrGetter<S | null>;
  listen(
    store: Store,
    source: S,
    next: (snapshot: N) => void,
    failed: (failure: StoreFailure) => void,
  ): Stop;
  /** What this device has of the source, shown until the store answers; `null` for nothing. */
  kept?(source: S): N | null | Promise<N | null>;
  /** Takes a snapshot; `null` forgets what another source brought. */
  receive(snapshot: N | null): void;
  /** True while nothing is shown: what the cache does not have may still be on the server. */
  empty(): boolean;
}

/** Opens one source after another; what an earlier one still says is heard by nobody. */
function openings<S, N>(
  options: Listening<S, N>,
  on: {
    readonly kept: (snapshot: N | null) => void;
    readonly snapshot: (snapshot: N) => void;
    readonly failure: (failure: Pick<StoreFailure, 'code'>) => void;
  },
) {
  let stopListening: Stop | null = null;
  let generation = 0;
  return {
    open(source: S): void {
      const own = generation;
      const current =
        <A>(run: (argument: A) => void) =>
        (argument: A): void => {
          if (own === generation) run(argument);
        };
      const kept = options.kept?.(source) ?? null;
      if (kept instanceof Promise) void kept.then(current(on.kept));
      else on.kept(kept);
      openStore()
        .then(
          current((store: Store) => {
            const { snapshot, failure } = on;
            stopListening = options.listen(store, source, current(snapshot), current(failure));
          }),
        )
        // The SDK also throws at once, at a path that it can't take.
        .catch(current(() => on.failure({ code: 'failed' })));
    },
    close(): void {
      generation += 1;
      stopListening?.();
      stopListening = null;
    },
  };
}

/**
 * The one subscription that the others are made of: follows its source, ignores answers of an
 * earlier one, renders a burst of snapshots once per frame.
 */
export function useListener<S, N extends { readonly fromCache: boolean }>(
  options: Listening<S, N>,
): Live {
  const phase = ref<Phase>('loading');
  const cached = ref(true);
  const attempts = ref(0);
  const { truth } = useConnection();

  const show = (snapshot: N): void => {
    cached.value = snapshot.fromCache;
    phase.value = 'ready';
    options.receive(snapshot);
  };
  const frames = perFrame<N>(show);
  const source = openings(options, {
    kept: (snapshot) => {
      if (snapshot !== null && phase.value === 'loading') show(snapshot);
    },
    snapshot: frames.push,
    failure: ({ code }) => {
      frames.cancel();
      phase.value = code === 'denied' ? 'denied' : 'failed';
      if (phase.value === 'denied') options.receive(null);
    },
  });
  const close = (): void => {
    frames.cancel();
    source.close();
  };

  const stopWatching = watch(
    [() => JSON.stringify(toValue(options.source)), tokens, attempts],
    ([key], [before]) => {
      close();
      if (key !== before) {
        options.receive(null);
        cached.value = true;
      }
      phase.value = options.empty() ? 'loading' : 'ready';
      const wanted = toValue(options.source);
      if (wanted !== null) source.open(wanted);
    },
    { immediate: true },
  );
  const stop = (): void => {
    stopWatching();
    close();
  };
  if (getCurrentScope()) onScopeDispose(stop);

  const state = computed<LiveState>(() => {
    if (phase.value !== 'ready' && phase.value !== 'loading') return phase.value;
    if (phase.value === 'ready' && !(cached.value && options.empty())) return 'ready';
    return truth.value === 'offline' ? 'offline' : 'loading';
  });
  return {
    state,
    fromCache: computed(() => cached.value),
    retry: () => void (attempts.value += 1),
    stop,
  };
}

type Schema<T> = v.GenericSchema<unknown, T>;

/** A row of a query with its id. */
export type Identified<T> = T & { readonly id: string };

/**
 * Parses rows; those that don't fit their schema are left out and counted, never a crash. The same
 * row gives the same object again, so that nothing is drawn anew for it.
 */
export function rowParser<T>(schema: Schema<T>): (rows: readonly StoredRow[]) => {
  readonly rows: readonly Identified<T>[];
  readonly skipped: number;
} {
  const known = new WeakMap<StoredRow, readonly Identified<T>[]>();
  const parse = (row: StoredRow): readonly Identified<T>[] => {
    const result = v.safeParse(schema, row.data);
    const parsed = result.success ? [{ ...result.output, id: row.id }] : [];
    known.set(row, parsed);
    return parsed;
  };
  return (rows) => {
    const parsed = rows.flatMap((row) => known.get(row) ?? parse(row));
    return { rows: parsed, skipped: rows.length - parsed.length };
  };
}

/** True where two lists hold the very same objects in the same order. */
export const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/**
 * Rows that follow their query. They are empty until something is known: `state` tells that from an
 * empty result.
 */
export interface LiveQuery<T> extends Live {
  readonly rows: Readonly<ShallowRef<readonly Identified<T>[]>>;
  /** Documents that don't fit their schema and are not shown. */
  readonly skipped: Readonly<ShallowRef<number>>;
}

/** A place on this device where rows of a query are kept from one start to the next. */
export interface Keeper {
  /** The rows as they were seen last; `null` where none are kept. Never rejects. */
  readonly read: (query: QuerySpec) => Promise<readonly StoredRow[] | null>;
  /** Called with every state that the server has confirmed. */
  readonly write: (query: QuerySpec, rows: readonly StoredRow[]) => void;
}

/** The rows of a query, live. A `keeper` has something to show before the store is open. */
export function useQuery<T>(
  source: MaybeRefOrGetter<QuerySpec | null>,
  schema: Schema<T>,
  keeper?: Keeper,
): LiveQuery<T> {
  const rows = shallowRef<readonly Identified<T>[]>([]);
  const skipped = shallowRef(0);
  const parse = rowParser(schema);
  const live = useListener<QuerySpec, RowsSnapshot>({
    source,
    listen: (store, query, next, failed) =>
      store.listenRows(
        query,
        (snapshot) => {
          if (!snapshot.fromCache) keeper?.write(query, snapshot.rows);
          next(snapshot);
        },
        failed,
      ),
    async kept(query) {
      const known = (await keeper?.read(query)) ?? null;
      return known && { rows: known, fromCache: true };
    },
    receive: (snapshot) => {
      const parsed = parse(snapshot?.rows ?? []);
      if (!sameItems(rows.value, parsed.rows)) rows.value = parsed.rows;
      skipped.value = parsed.skipped;
    },
    empty: () => rows.value.length === 0,
  });
  return { ...live, rows, skipped };
}

/** A document, live; another path brings another one. */
export interface LiveDoc<T> extends Live {
  /** `null` until it is known, and where there is none or it doesn't fit its schema. */
  readonly data: Readonly<ShallowRef<Identified<T> | null>>;
}

/** A document by its path, live. `known` is what a list shows of it, seen before the store answers. */
export function useDoc<T>(
  source: MaybeRefOrGetter<string | null>,
  schema: Schema<T>,
  known: (path: string) => Plain | null = () => null,
): LiveDoc<T> {
  const data: ShallowRef<Identified<T> | null> = shallowRef(null);
  const parse = rowParser(schema);
  const live = useListener<string, DocSnapshot>({
    source,
    listen: (store, path, next, failed) => store.listenDoc(path, next, failed),
    kept(path) {
      const seen = known(path);
      return seen && { data: seen, fromCache: true, pending: false };
    },
    receive: (snapshot) => {
      const path = toValue(source);
      const row = snapshot?.data
        ? { id: path?.slice(path.lastIndexOf('/') + 1) ?? '', data: snapshot.data }
        : null;
      data.value = row === null ? null : (parse([row]).rows[0] ?? null);
    },
    empty: () => data.value === null,
  });
  return { ...live, data };
}
