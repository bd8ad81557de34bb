import {
  AggregateField,
  GrpcStatus,
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  type Query as FirestoreQuery,
  type Timestamp,
  type WriteBatch,
} from 'firebase-admin/firestore';
import type { DocumentData, Write } from '@switchboard/domain';
import { guardedBy } from '../platform/guarded.ts';
import type { Clock, Gather, Query, Snapshot, Store } from '../ports.ts';
import { fromFirestore, toFieldValue, toFirestore } from './convert.ts';
import { together } from './together.ts';

/** When each document was last written, as the first read of a try saw it; `null` where there was none. */
type Versions = Map<string, Timestamp | null>;

/** The {@link Store} on Firestore. `random` in [0, 1) spreads the pauses of rivals. */
export function firestoreStore(
  db: Firestore,
  clock: Pick<Clock, 'wait'>,
  random: () => number,
): Store {
  const readAll = together((refs: readonly DocumentReference[]) => db.getAll(...refs));
  const readNames = together((refs: readonly DocumentReference[]) =>
    db.getAll(...refs, { fieldMask: [] }),
  );
  // A path that is none is its own reader's fault: it throws here.
  const refsOf = (paths: readonly string[]) => paths.map((path) => db.doc(path));
  const gatherInto = (versions: Versions): Gather => ({
    read: async (paths) =>
      paths.length === 0
        ? []
        : (await readAll(refsOf(paths))).map((found) => note(found, versions)),
    query: async (query) =>
      (await build(db, query).get()).docs.map((found) => note(found, versions)),
  });
  const begin = () => {
    const versions: Versions = new Map();
    return {
      gather: gatherInto(versions),
      commit: (writes: readonly Write[]) => commit(db, writes, versions),
    };
  };
  return {
    ...gatherInto(new Map()),
    guarded: guardedBy(begin, clock, random),
    async create(documents) {
      const batch = db.batch();
      for (const { path, data } of documents) batch.create(db.doc(path), toFirestore(data));
      return holds(batch);
    },
    count: async (query) => (await filtered(db, query).count().get()).data().count,
    async sum(query, [a, b]) {
      const sums = { a: AggregateField.sum(a), b: AggregateField.sum(b) };
      const found = (await filtered(db, query).aggregate(sums).get()).data();
      return [found.a, found.b];
    },
    async remove(paths) {
      const batch = db.batch();
      for (const path of paths) batch.delete(db.doc(path));
      await batch.commit();
    },
    async present(paths) {
      if (paths.length === 0) return new Set();
      const found = await readNames(refsOf(paths));
      return new Set(found.filter((doc) => doc.exists).map((doc) => doc.ref.path));
    },
  };
}

function note(found: DocumentSnapshot, versions: Versions): Snapshot {
  // A later read of the same try may see more than the decision did: what it saw first is the guard.
  if (!versions.has(found.ref.path)) versions.set(found.ref.path, found.updateTime ?? null);
  const data = found.data();
  return { path: found.ref.path, data: data === undefined ? null : fromFirestore(data) };
}

function filtered(db: Firestore, query: Omit<Query, 'limit'>): FirestoreQuery {
  let built: FirestoreQuery = query.everywhere
    ? db.collectionGroup(query.collection)
    : db.collection(query.collection);
  for (const [field, op, value] of query.where)
    built = built.where(field, op, toFieldValue(field, value));
  return built;
}

function build(db: Firestore, query: Query): FirestoreQuery {
  let built = filtered(db, query);
  for (const [field, direction] of query.orderBy ?? []) built = built.orderBy(field, direction);
  return built.limit(query.limit);
}

/** Applies the writes together; false where a guard did not hold, and then none was applied. */
async function commit(
  db: Firestore,
  writes: readonly Write[],
  versions: Versions,
): Promise<boolean> {
  const batch = db.batch();
  for (const write of writes) {
    const ref = db.doc(write.path);
    const data: DocumentData & Record<string, never> = toFirestore(write.data) as never;
    if (write.op === 'create') batch.create(ref, data);
    else if (write.op === 'merge') batch.set(ref, data, { merge: true });
    else {
      const lastUpdateTime = seen(write.path, versions);
      // There was none when it was first looked at, so whoever decided this saw two different states.
      if (lastUpdateTime === null) return false;
      batch.update(ref, data, { lastUpdateTime });
    }
  }
  return holds(batch);
}

function seen(path: string, versions: Versions): Timestamp | null {
  const version = versions.get(path);
  if (version === undefined) throw new Error(`An update of ${path} was decided without reading it`);
  return version;
}

/** What a broken guard looks like: a create that exists, an update whose time has passed or whose document is gone. */
const BROKEN_GUARDS: ReadonlySet<number> = new Set([
  GrpcStatus.ALREADY_EXISTS,
  GrpcStatus.FAILED_PRECONDITION,
  GrpcStatus.NOT_FOUND,
  GrpcStatus.ABORTED,
]);

async function holds(batch: WriteBatch): Promise<boolean> {
  try {
    await batch.commit();
    return true;
  } catch (error) {
    if (BROKEN_GUARDS.has((error as { code?: number }).code ?? -1)) return false;
    throw error;
  }
}
