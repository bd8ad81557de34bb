import { compareRows } from '../pages.ts';
import type { Cursor, QuerySpec, Where } from '../queries.ts';
import {
  StoreFailure,
  type Plain,
  type RowsSnapshot,
  type Stop,
  type Store,
  type StoredRow,
} from '../store.ts';

/** A database in memory that answers queries as Firestore does; for tests of what lies above it. */
export interface FakeStore extends Store {
  /** Documents by path; change them by {@link set} so that listeners hear of it. */
  readonly documents: ReadonlyMap<string, Plain>;
  readonly set: (path: string, data: Plain | null) => void;
  /** What is open now. */
  readonly listening: () => readonly (QuerySpec | string)[];
  /** Paths and queries that the rules refuse. */
  deny: (source: QuerySpec | string) => boolean;
  /** What listeners are told of: the server's word, or only the cache's. */
  fromCache: boolean;
  /** How many documents were handed to listeners and readers. */
  reads: number;
  /** Ends every listener with a failure. */
  readonly breakListeners: (failure: StoreFailure) => void;
}

interface Listener {
  readonly source: QuerySpec | string;
  readonly tell: () => void;
  readonly fail: (failure: StoreFailure) => void;
}

const at = (data: Plain, field: string): unknown =>
  field
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null)?.[part], data);

function fits(data: Plain, { field, op, value }: Where): boolean {
  const own = at(data, field);
  if (op === 'in') return Array.isArray(value) && value.includes(own);
  if (op === 'array-contains') return Array.isArray(own) && own.includes(value);
  return own === value;
}

/** One row for each state of a document: what did not change stays the same object, as in the store itself. */
const rows = new WeakMap<Plain, StoredRow>();
function rowOf(path: string, data: Plain): StoredRow {
  const id = path.slice(path.lastIndexOf('/') + 1);
  const known = rows.get(data);
  if (known?.id === id) return known;
  const row = { id, data };
  rows.set(data, row);
  return row;
}

/** The rows of a query, as Firestore would answer it. */
function answer(documents: ReadonlyMap<string, Plain>, query: QuerySpec): readonly StoredRow[] {
  const order = query.orderBy;
  const flat = [...documents]
    .filter(([path]) => path.slice(0, path.lastIndexOf('/')) === query.collection)
    .map(([path, data]) => rowOf(path, data))
    .filter(({ data }) => query.where.every((where) => fits(data, where)));
  if (!order) return flat;
  const compare = (a: StoredRow, b: StoredRow) =>
    compareRows(order)({ ...a.data, id: a.id }, { ...b.data, id: b.id });
  const cursor = ({ value, id }: Cursor): StoredRow => ({ id, data: { [order.field]: value } });
  const { after, until } = query;
  return flat
    .filter(({ data }) => data[order.field] !== undefined)
    .filter((row) => !after || compare(row, cursor(after)) > 0)
    .filter((row) => !until || compare(row, cursor(until)) <= 0)
    .sort(compare)
    .slice(0, query.limit || undefined);
}

/** An empty {@link FakeStore}. */
export function fakeStore(): FakeStore {
  const documents = new Map<string, Plain>();
  const listeners = new Set<Listener>();
  const refused = (source: QuerySpec | string): void => {
    if (store.deny(source)) throw new StoreFailure('denied');
  };
  const rows = (query: QuerySpec): RowsSnapshot => {
    const found = answer(documents, query);
    store.reads += found.length;
    return { rows: found, fromCache: store.fromCache };
  };
  const listen = (listener: Listener): Stop => {
    listeners.add(listener);
    if (store.deny(listener.source)) listener.fail(new StoreFailure('denied'));
    else listener.tell();
    return () => listeners.delete(listener);
  };
  const put = (path: string, data: Plain | null): void => {
    if (data === null) documents.delete(path);
    else documents.set(path, data);
    for (const listener of [...listeners]) listener.tell();
  };
  const store: FakeStore = {
    documents,
    set: put,
    deny: () => false,
    fromCache: false,
    reads: 0,
    listening: () => [...listeners].map(({ source }) => source),
    breakListeners: (failure) => {
      for (const listener of [...listeners]) listener.fail(failure);
    },
    listenRows: (source, next, fail) => listen({ source, fail, tell: () => next(rows(source)) }),
    listenDoc: (source, next, fail) =>
      listen({
        source,
        fail,
        tell: () =>
          next({
            data: documents.get(source) ?? null,
            fromCache: store.fromCache,
            pending: false,
          }),
      }),
    async readRows(query) {
      refused(query);
      return rows(query);
    },
    async readServer(path) {
      refused(path);
      return documents.get(path) ?? null;
    },
    async readCached(path) {
      refused(path);
      return documents.get(path) ?? null;
    },
    count: async (query) => answer(documents, query).length,
    async commit(writes) {
      for (const { path } of writes) refused(path);
      for (const { op, path, data } of writes)
        put(path, op === 'update' ? { ...documents.get(path), ...data } : data);
    },
    put: async (path, data) => put(path, data),
    change: async (path, data) => put(path, { ...documents.get(path), ...data }),
    remove: async (path) => put(path, null),
    async wipe() {
      listeners.clear();
      documents.clear();
    },
  };
  return store;
}
