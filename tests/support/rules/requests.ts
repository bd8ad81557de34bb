import { isTimeField } from '@switchboard/domain';
import type { QuerySpec } from '../../../web/src/data/queries.ts';
import type { Actor } from './actors.ts';

/** Stands for the time of the commit, as `serverTimestamp()` does. */
export const SERVER_TIME = Symbol('server time');

/** A value as a client writes it. A `Date` is a Timestamp. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Date
  | typeof SERVER_TIME
  | readonly Value[]
  | { readonly [field: string]: Value };
export type Fields = Readonly<Record<string, Value>>;

/**
 * `set` writes the whole document, whether it is there or not; `update` the fields named, of a
 * document that is there; a dotted name is a field inside.
 */
export type Write =
  | { readonly kind: 'set' | 'update'; readonly path: string; readonly data: Fields }
  | { readonly kind: 'delete'; readonly path: string };

export type Request =
  | { readonly kind: 'get'; readonly path: string }
  | { readonly kind: 'list' | 'count' | 'group'; readonly query: QuerySpec }
  | { readonly kind: 'commit'; readonly writes: readonly Write[] };

export type Outcome = 'allowed' | 'permission-denied';

export interface Seed {
  readonly path: string;
  readonly data: Fields;
}

/** One request of one person, and what must come of it. */
export interface Probe {
  /** A sentence. */
  readonly name: string;
  readonly actor: Actor;
  readonly request: Request;
  readonly expect: Outcome;
  /** What must be there before; of this probe alone where the request may change it. */
  readonly seeds: readonly Seed[];
}

/** Sends requests to the emulator under its rules. Any code but the two outcomes is thrown. */
export interface Asker {
  ask(actor: Actor, request: Request): Promise<Outcome>;
}

export const get = (path: string): Request => ({ kind: 'get', path });
export const list = (query: QuerySpec): Request => ({ kind: 'list', query });
export const commit = (...writes: readonly Write[]): Request => ({ kind: 'commit', writes });
export const set = (path: string, data: Fields): Write => ({ kind: 'set', path, data });
export const update = (path: string, data: Fields): Write => ({ kind: 'update', path, data });
export const remove = (path: string): Write => ({ kind: 'delete', path });

/** A collection as a query without conditions. */
export const everythingIn = (collection: string, limit = 10): QuerySpec => ({
  collection,
  where: [],
  limit,
});

/** A document of `domain` as Firestore keeps it: its times as Timestamps. */
export function stored(document: object): Fields {
  return Object.fromEntries(
    Object.entries(document)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]: [string, unknown]) => [name, storedValue(name, value)]),
  );
}

function storedValue(name: string, value: unknown): Value {
  if (typeof value === 'number' && isTimeField(name)) return new Date(value);
  if (Array.isArray(value)) return value.map((item) => storedValue('', item));
  if (typeof value === 'object' && value !== null) return stored(value);
  return value as Value;
}
