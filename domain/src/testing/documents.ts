import type { DocumentData, Write } from '../shared/plan.ts';

/** Documents by their paths, as a test looks at them. */
export type Documents = ReadonlyMap<string, DocumentData>;

/**
 * The documents after one commit of these writes. Throws where a real commit would refuse: a document
 * created twice, or updated where there is none.
 */
export function commit(before: Documents, writes: readonly Write[]): Documents {
  const after = new Map(before);
  const written = new Set<string>();
  for (const { op, path, data } of writes) {
    const there = after.get(path);
    if (op === 'create' && there !== undefined) throw new Error(`${path} is there already`);
    if (op === 'update' && there === undefined) throw new Error(`${path} is not there`);
    if (written.has(path)) throw new Error(`${path} is written twice in one commit`);
    written.add(path);
    after.set(path, op === 'update' || op === 'merge' ? { ...there, ...data } : data);
  }
  return after;
}
