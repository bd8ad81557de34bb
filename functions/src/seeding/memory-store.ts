import type { DocumentData, Write } from '@switchboard/domain';
import type { Gather, Query, Snapshot, Store } from '../ports.ts';

/** A {@link Store} in memory for one writer, and everything that came to be in it. */
export interface MemoryStore extends Store {
  /** Applies writes as a commit would, without a guard. */
  apply(writes: readonly Write[]): void;
  /** Every document by its path; times are epoch ms. */
  documents(): ReadonlyMap<string, DocumentData>;
}

/** The {@link Store} over a map. It has no rivals, so every guard holds; a broken one is a bug and throws. */
export function memoryStore(): MemoryStore {
  const documents = new Map<string, DocumentData>();
  const snapshot = (path: string): Snapshot => ({ path, data: documents.get(path) ?? null });
  const gather: Gather = {
    read: (paths) => Promise.resolve(paths.map(snapshot)),
    query: (query) => Promise.resolve(select(documents, query)),
  };
  const apply = (writes: readonly Write[]): void => {
    for (const write of writes) documents.set(write.path, after(documents, write));
  };
  return {
    ...gather,
    apply,
    documents: () => documents,
    async guarded(attempt) {
      const { writes, value } = await attempt(gather, 0);
      apply(writes);
      return value;
    },
    create(created) {
      if (created.some(({ path }) => documents.has(path))) return Promise.resolve(false);
      apply(created.map((document) => ({ op: 'create', ...document })));
      return Promise.resolve(true);
    },
    count: (query) => Promise.resolve(select(documents, { ...query, limit: Infinity }).length),
    sum(query, [a, b]) {
      const found = select(documents, { ...query, limit: Infinity });
      const sum = (field: string) =>
        found.reduce((total, { data }) => total + Number(data?.[field] ?? 0), 0);
      return Promise.resolve([sum(a), sum(b)]);
    },
    remove(paths) {
      for (const path of paths) documents.delete(path);
      return Promise.resolve();
    },
    present: (paths) => Promise.resolve(new Set(paths.filter((path) => documents.has(path)))),
  };
}

function after(documents: ReadonlyMap<string, DocumentData>, write: Write): DocumentData {
  const before = documents.get(write.path);
  if (write.op === 'create' && before) throw new Error(`${write.path} is there already`);
  if (write.op === 'update' && !before) throw new Error(`${write.path} is not there`);
  return write.op === 'update' || write.op === 'merge' ? { ...before, ...write.data } : write.data;
}

function select(documents: ReadonlyMap<string, DocumentData>, query: Query): readonly Snapshot[] {
  const found = [...documents]
    .map(([path, data]) => ({ path, data }))
    .filter(({ path, data }) => inCollection(path, query) && query.where.every(holds(data)));
  for (const [field, direction] of (query.orderBy ?? []).toReversed()) {
    const sign = direction === 'asc' ? 1 : -1;
    found.sort((a, b) => sign * (Number(a.data[field] ?? 0) - Number(b.data[field] ?? 0)));
  }
  return found.slice(0, query.limit);
}

function inCollection(path: string, { collection, everywhere }: Query): boolean {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return everywhere ? parent.split('/').at(-1) === collection : parent === collection;
}

const holds =
  (data: DocumentData) =>
  ([field, op, value]: Query['where'][number]): boolean => {
    const found = data[field];
    switch (op) {
      case '==':
        return found === value;
      case 'in':
        return (value as readonly unknown[]).includes(found);
      case '>':
        return found != null && Number(found) > Number(value);
      case '>=':
        return found != null && Number(found) >= Number(value);
      case '<':
        return found != null && Number(found) < Number(value);
    }
  };
