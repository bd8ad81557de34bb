import type { DocumentData, Write } from '@switchboard/domain';
import type { Query, Snapshot } from '../ports.ts';

/** A document as it was read, with what a guard compares: the commit that wrote it last, 0 where there is none. */
export interface Versioned extends Snapshot {
  readonly version: number;
}

/** What a read saw of each document, by its path. */
export type Seen = ReadonlyMap<string, number>;

/**
 * Documents in memory as Firestore keeps them, for many writers: each commit holds as a whole or not at
 * all, and an update holds only on what was seen. Every call is over at once; what waits or fails is
 * its caller's business.
 */
export interface MemoryDatabase {
  read(path: string): Versioned;
  query(query: Query): readonly Versioned[];
  /**
   * Applies the writes together; false where a guard does not hold, and then none is applied.
   *
   * @throws where an update was decided without reading, or a document is written twice.
   */
  commit(writes: readonly Write[], seen: Seen): boolean;
  /** Deletes a document; nothing where there is none. */
  remove(path: string): void;
  /** Every document by its path; times are epoch ms. */
  documents(): ReadonlyMap<string, DocumentData>;
}

interface Kept {
  readonly data: DocumentData;
  readonly version: number;
}

/** Fields of which few values are found often: looked up, not looked for. */
const INDEXED = ['wamid', 'state', 'fate', 'receiptId'] as const;

/** Opens an empty database. */
export function memoryDatabase(): MemoryDatabase {
  const kept = new Map<string, Kept>();
  const documents = new Map<string, DocumentData>();
  const index = pathIndex();
  let commits = 0;
  const find = (path: string): Versioned => {
    const found = kept.get(path);
    return { path, data: found?.data ?? null, version: found?.version ?? 0 };
  };
  const put = (write: Write): void => {
    const before = kept.get(write.path);
    const data =
      write.op === 'create' ? stored(write.data) : { ...before?.data, ...stored(write.data) };
    index.move(write.path, before?.data ?? null, data);
    kept.set(write.path, { data, version: commits });
    documents.set(write.path, data);
  };
  return {
    read: find,
    query: (query) => select([...index.paths(query)].map(find), query),
    commit(writes, seen) {
      if (new Set(writes.map(({ path }) => path)).size < writes.length)
        throw new Error('A document is written twice in one commit');
      if (!writes.every((write) => holds(write, kept.get(write.path)?.version ?? 0, seen)))
        return false;
      commits += 1;
      writes.forEach(put);
      return true;
    },
    remove(path) {
      index.move(path, kept.get(path)?.data ?? null, null);
      kept.delete(path);
      documents.delete(path);
    },
    documents: () => documents,
  };
}

function holds({ op, path }: Write, version: number, seen: Seen): boolean {
  if (op === 'merge') return true;
  if (op === 'create') return version === 0;
  const expected = seen.get(path);
  if (expected === undefined)
    throw new Error(`An update of ${path} was decided without reading it`);
  return expected > 0 && expected === version;
}

/** As Firestore has it: no `undefined`, and nothing that its writer may still change. */
const stored = (data: DocumentData): DocumentData => copy(data) as DocumentData;

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, copy(member)]));
}

const collectionOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** The paths that a query may find: by an indexed field where it names one, else by the collection. */
function pathIndex() {
  const sets = new Map<string, Set<string>>();
  const keysOf = (path: string, data: DocumentData | null): string[] => {
    if (data === null) return [];
    const collection = collectionOf(path);
    const name = collection.slice(collection.lastIndexOf('/') + 1);
    return [collection, `*/${name}`].flatMap((set) => [
      set,
      ...INDEXED.map((field) => JSON.stringify([set, field, data[field]])),
    ]);
  };
  return {
    move(path: string, before: DocumentData | null, after: DocumentData | null): void {
      const now = keysOf(path, after);
      for (const key of keysOf(path, before)) if (!now.includes(key)) sets.get(key)?.delete(path);
      for (const key of now) {
        const set = sets.get(key);
        if (set) set.add(path);
        else sets.set(key, new Set([path]));
      }
    },
    paths({ collection, everywhere, where }: Query): Iterable<string> {
      const set = everywhere ? `*/${collection}` : collection;
      const keys = where.flatMap(([field, op, value]) =>
        op === '==' && (INDEXED as readonly string[]).includes(field)
          ? [JSON.stringify([set, field, value])]
          : [],
      );
      const found = [set, ...keys].map((key) => sets.get(key) ?? new Set<string>());
      return found.reduce((least, one) => (one.size < least.size ? one : least));
    },
  };
}

function select(candidates: readonly Versioned[], query: Query): readonly Versioned[] {
  const orderBy = query.orderBy ?? [];
  const found = candidates.filter(
    ({ data }) =>
      data !== null &&
      query.where.every(fits(data)) &&
      // What lacks a field is in no order by it.
      orderBy.every(([field]) => data[field] !== undefined),
  );
  found.sort((a, b) => {
    for (const [field, direction] of orderBy) {
      const order = compare(a.data?.[field], b.data?.[field]);
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    // Firestore breaks ties by the name, in the direction of the last order.
    const names = compare(a.path, b.path);
    return orderBy.at(-1)?.[1] === 'desc' ? -names : names;
  });
  return found.slice(0, query.limit);
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a) < String(b)
      ? -1
      : String(a) > String(b)
        ? 1
        : 0;

/** Comparisons are between values of one type: nothing is before or after `null`. */
const fits =
  (data: DocumentData) =>
  ([field, op, value]: Query['where'][number]): boolean => {
    const found = data[field];
    if (op === '==') return found === value;
    if (op === 'in') return (value as readonly unknown[]).includes(found);
    if (typeof found !== typeof value || found === null) return false;
    const order = compare(found, value);
    return op === '>' ? order > 0 : op === '>=' ? order >= 0 : order < 0;
  };
