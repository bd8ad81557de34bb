import { createHash } from 'node:crypto';

/** The id of an item and of the entry that it becomes, by the words that name it (docs/data-model.md). */
export const idOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
