/** Data of a document: plain values, times as epoch ms. */
export type DocumentData = Readonly<Record<string, unknown>>;

/**
 * One change that a decision asks for. `update` replaces the named top-level fields and is guarded:
 * it holds only if the document is as the decision saw it. `create` holds only if there is none.
 * `merge` replaces the named fields whatever the rest was, and is not guarded.
 */
export type Write =
  | { readonly op: 'create'; readonly path: string; readonly data: DocumentData }
  | { readonly op: 'update'; readonly path: string; readonly data: DocumentData }
  | { readonly op: 'merge'; readonly path: string; readonly data: DocumentData };

/** A {@link Write} of a whole new document; the commit fails where one is there. */
export const create = (path: string, data: DocumentData): Write => ({ op: 'create', path, data });
/**
 * A {@link Write} of some fields of a document that the decision has seen; the commit fails where
 * it changed since.
 */
export const update = (path: string, data: DocumentData): Write => ({ op: 'update', path, data });
/**
 * A {@link Write} of some fields that holds whatever the document became, for what a rival can't
 * make wrong.
 */
export const merge = (path: string, data: DocumentData): Write => ({ op: 'merge', path, data });
