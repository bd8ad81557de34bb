import type { DocumentData, Write } from '@switchboard/domain';
import { guardedBy } from '../platform/guarded.ts';
import type { Clock, Gather, Query, Snapshot, Store } from '../ports.ts';
import { memoryDatabase, type MemoryDatabase, type Versioned } from './memory-database.ts';

/** What a store asks of its database, as whoever stands between the two sees it. */
export type Asked = 'read' | 'query' | 'count' | 'sum' | 'present' | 'create' | 'commit' | 'remove';

/** Carries a call to the database: at once, later, or not at all. `paths` are those that a write is about. */
export type Carry = <T>(asked: Asked, work: () => T, paths: readonly string[]) => Promise<T>;

/** A {@link Store} on documents in memory; `carry` decides when and whether each call takes place. */
export function storeOver(
  database: MemoryDatabase,
  carry: Carry,
  clock: Pick<Clock, 'wait'>,
  random: () => number,
): Store {
  const gatherInto = (seen: Map<string, number>): Gather => {
    const note = ({ path, data, version }: Versioned): Snapshot => {
      // A later read of the same try may see more than the decision did: what it saw first is the guard.
      if (!seen.has(path)) seen.set(path, version);
      return { path, data };
    };
    return {
      read: async (paths) =>
        paths.length === 0
          ? []
          : (await carry('read', () => paths.map(database.read), paths)).map(note),
      query: async (query) =>
        (await carry('query', () => database.query(query), [query.collection])).map(note),
    };
  };
  const begin = () => {
    const seen = new Map<string, number>();
    return { gather: gatherInto(seen), commit: (writes: readonly Write[]) => commit(writes, seen) };
  };
  const commit = (writes: readonly Write[], seen: ReadonlyMap<string, number>): Promise<boolean> =>
    carry('commit', () => database.commit(writes, seen), pathsOf(writes));
  const all = (query: Omit<Query, 'orderBy' | 'limit'>) =>
    database.query({ ...query, limit: Infinity });
  return {
    ...gatherInto(new Map()),
    guarded: guardedBy(begin, clock, random),
    create: (created) =>
      carry(
        'create',
        () =>
          database.commit(
            created.map((document) => ({ op: 'create', ...document })),
            new Map(),
          ),
        pathsOf(created),
      ),
    count: (query) => carry('count', () => all(query).length, [query.collection]),
    sum: (query, [a, b]) =>
      carry('sum', () => [sumOf(all(query), a), sumOf(all(query), b)] as const, [query.collection]),
    remove: (paths) => carry('remove', () => paths.forEach(database.remove), paths),
    present: (paths) =>
      carry(
        'present',
        () => new Set(paths.filter((path) => database.read(path).version > 0)),
        paths,
      ),
  };
}

const sumOf = (found: readonly Snapshot[], field: string): number =>
  found.reduce((total, { data }) => total + Number(data?.[field] ?? 0), 0);

const pathsOf = (documents: readonly { readonly path: string }[]): readonly string[] =>
  documents.map(({ path }) => path);

/** A {@link Store} in memory, and everything that came to be in it. */
export interface MemoryStore extends Store {
  /** Applies writes as a commit would, without a guard. Throws where one is created twice or not there. */
  apply(writes: readonly Write[]): void;
  /** Every document by its path; times are epoch ms. */
  documents(): ReadonlyMap<string, DocumentData>;
}

/** The {@link Store} over documents in memory, each call at once. */
export function memoryStore(): MemoryStore {
  const database = memoryDatabase();
  const nothing = () => Promise.resolve();
  return {
    ...storeOver(
      database,
      async (_, work) => work(),
      { wait: nothing },
      () => 0,
    ),
    apply(writes) {
      for (const write of writes) {
        const { version } = database.read(write.path);
        if (!database.commit([write], new Map([[write.path, version]])))
          throw new Error(`${write.path} ${version > 0 ? 'is there already' : 'is not there'}`);
      }
    },
    documents: () => database.documents(),
  };
}
