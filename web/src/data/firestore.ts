import {
  collection,
  deleteDoc,
  doc,
  documentId,
  endAt,
  getCountFromServer,
  getDocFromCache,
  getDocFromServer,
  getDocs,
  limit,
  onSnapshot,
  orderBy,
  query,
  runTransaction,
  serverTimestamp,
  setDoc,
  startAfter,
  Timestamp,
  updateDoc,
  where,
  type DocumentData,
  type Firestore,
  type Query,
  type QueryConstraint,
  type QueryDocumentSnapshot,
  type QuerySnapshot,
} from 'firebase/firestore';
import { isTimeField } from '@switchboard/domain';
import type { Cursor, QuerySpec } from './queries.ts';
import {
  SERVER_TIME,
  StoreFailure,
  type FailureCode,
  type Plain,
  type RowsSnapshot,
  type Store,
  type StoredRow,
} from './store.ts';

/** What the SDK's codes mean to us; any other is `failed`. */
const CODES: Readonly<Record<string, FailureCode>> = {
  'permission-denied': 'denied',
  unauthenticated: 'denied',
  'not-found': 'missing',
  unavailable: 'unreachable',
  'deadline-exceeded': 'unreachable',
  cancelled: 'unreachable',
};

const failure = (error: unknown): StoreFailure =>
  error instanceof StoreFailure
    ? error
    : new StoreFailure(CODES[(error as { code?: string } | null)?.code ?? ''] ?? 'failed', error);

/** A value of a document as the app sees it: times as epoch ms, whole milliseconds. */
export function fromStored(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toMillis();
  if (Array.isArray(value)) return value.map(fromStored);
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  )
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, fromStored(member)]),
    );
  return value;
}

/** A value of the app as it is stored: numbers of time fields as timestamps, by their name. */
export function toStored(value: unknown, name = ''): unknown {
  if (value === SERVER_TIME) return serverTimestamp();
  if (typeof value === 'number' && isTimeField(name)) return Timestamp.fromMillis(value);
  if (Array.isArray(value)) return value.map((member) => toStored(member));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, toStored(member, key)]),
    );
  return value;
}

const stored = (data: Readonly<Record<string, unknown>>): DocumentData =>
  toStored(data) as DocumentData;

const plain = (data: DocumentData): Plain => fromStored(data) as Plain;

function cursorValues(spec: QuerySpec, cursor: Cursor): unknown[] {
  return [toStored(cursor.value, spec.orderBy?.field), cursor.id];
}

function constraints(spec: QuerySpec): QueryConstraint[] {
  const order = spec.orderBy;
  return [
    ...spec.where.map(({ field, op, value }) => where(field, op, value)),
    ...(order
      ? [orderBy(order.field, order.direction), orderBy(documentId(), order.direction)]
      : []),
    ...(spec.after ? [startAfter(...cursorValues(spec, spec.after))] : []),
    ...(spec.until ? [endAt(...cursorValues(spec, spec.until))] : []),
    ...(spec.limit > 0 ? [limit(spec.limit)] : []),
  ];
}

/** A description as a query of the SDK. */
export const toQuery = (db: Firestore, spec: QuerySpec): Query =>
  query(collection(db, spec.collection), ...constraints(spec));

const rowOf = (row: QueryDocumentSnapshot): StoredRow => ({
  id: row.id,
  data: plain(row.data({ serverTimestamps: 'estimate' })),
});

const rowsOf = (snapshot: QuerySnapshot): RowsSnapshot => ({
  rows: snapshot.docs.map(rowOf),
  fromCache: snapshot.metadata.fromCache,
});

/** Reads one listener's snapshots: a row that did not change is the same object as before. */
function rowsFollowing(): (snapshot: QuerySnapshot) => RowsSnapshot {
  let known = new Map<string, StoredRow>();
  return (snapshot) => {
    const changes = snapshot.docChanges({ includeMetadataChanges: true });
    for (const { doc: changed } of changes) known.delete(changed.id);
    const rows = snapshot.docs.map((row) => known.get(row.id) ?? rowOf(row));
    known = new Map(rows.map((row) => [row.id, row]));
    return { rows, fromCache: snapshot.metadata.fromCache };
  };
}

/** Runs a call of the SDK; what it throws becomes a {@link StoreFailure}. */
async function attempt<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw failure(error);
  }
}

/** The {@link Store} over an instance of Firestore. */
export function storeOver(db: Firestore, wipe: () => Promise<void>): Store {
  return {
    listenRows(spec, next, failed) {
      const follow = rowsFollowing();
      return onSnapshot(
        toQuery(db, spec),
        { includeMetadataChanges: true },
        (snapshot) => next(follow(snapshot)),
        (error) => failed(failure(error)),
      );
    },
    listenDoc: (path, next, failed) =>
      onSnapshot(
        doc(db, path),
        { includeMetadataChanges: true },
        (snapshot) => {
          const data = snapshot.data({ serverTimestamps: 'estimate' });
          next({
            data: data === undefined ? null : plain(data),
            fromCache: snapshot.metadata.fromCache,
            pending: snapshot.metadata.hasPendingWrites,
          });
        },
        (error) => failed(failure(error)),
      ),
    readRows: (spec) => attempt(async () => rowsOf(await getDocs(toQuery(db, spec)))),
    readServer: (path) =>
      attempt(async () => {
        const data = (await getDocFromServer(doc(db, path))).data();
        return data === undefined ? null : plain(data);
      }),
    readCached: (path) =>
      attempt(async () => {
        const reference = doc(db, path);
        const snapshot = await getDocFromCache(reference).catch(() => getDocFromServer(reference));
        const data = snapshot.data();
        return data === undefined ? null : plain(data);
      }),
    count: (spec) =>
      attempt(async () => (await getCountFromServer(toQuery(db, spec))).data().count),
    commit: (writes) =>
      attempt(() =>
        runTransaction(
          db,
          async (transaction) => {
            for (const { op, path, data } of writes) {
              if (op === 'create') transaction.set(doc(db, path), stored(data));
              else transaction.update(doc(db, path), stored(data));
            }
          },
          // Whoever loses must know at once: the SDK waits a second before it tries again.
          { maxAttempts: 1 },
        ),
      ),
    put: (path, data) => attempt(() => setDoc(doc(db, path), stored(data))),
    change: (path, data) => attempt(() => updateDoc(doc(db, path), stored(data))),
    remove: (path) => attempt(() => deleteDoc(doc(db, path))),
    wipe,
  };
}
