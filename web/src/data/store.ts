import type { QuerySpec } from './queries.ts';

/**
 * What the app asks of its database: plain values, times as epoch ms. `firestore.ts` is the one
 * implementation; `browser-store.ts` opens it, a chunk of its own that is downloaded beside sign-in.
 */

/** Data of a document: plain values, times as epoch ms. */
export type Plain = Readonly<Record<string, unknown>>;

/** A document of a query; nothing has been checked against a schema. */
export interface StoredRow {
  readonly id: string;
  readonly data: Plain;
}

/** All rows of a query at one moment, in its order. */
export interface RowsSnapshot {
  readonly rows: readonly StoredRow[];
  /** True until the server has confirmed that this is the present state. */
  readonly fromCache: boolean;
}

/** A document at one moment, whether it exists or not. */
export interface DocSnapshot {
  /** `null` where there is no such document. */
  readonly data: Plain | null;
  readonly fromCache: boolean;
  /** True while it carries a write of this device that the server has not confirmed. */
  readonly pending: boolean;
}

/** Stands for the server's time of the commit in a write. */
export const SERVER_TIME = Symbol('server time');

/** A write of a commit: times as epoch ms or {@link SERVER_TIME}; `undefined` members are left out. */
export interface StoreWrite {
  /** `create` writes a whole document; where one is there already, rules judge it as an update. */
  readonly op: 'create' | 'update';
  readonly path: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * - `denied`: the rules said no.
 * - `missing`: an update of a document that is not there.
 * - `unreachable`: no answer from the server; whether a write happened is unknown.
 * - `failed`: anything else.
 */
export type FailureCode = 'denied' | 'missing' | 'unreachable' | 'failed';

/** How every call of the store fails. */
export class StoreFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** How long an answer may take, ms; after it the outcome is read from the server. */
export const ANSWER_WITHIN = 8_000;

/** Rejects `unreachable` when no answer came in time; the call itself goes on. */
export function inTime<T>(call: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreFailure('unreachable')), ANSWER_WITHIN);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}

/** Ends a listener; nothing is called after it. */
export type Stop = () => void;

/**
 * The database. Everything but `wipe` fails with a {@link StoreFailure}; data that comes out has
 * not been checked against a schema.
 */
export interface Store {
  /**
   * Rows of a query, now and at every change; `failed` is called at most once and ends it. A row that
   * did not change is the same object as before.
   */
  listenRows(
    query: QuerySpec,
    next: (snapshot: RowsSnapshot) => void,
    failed: (failure: StoreFailure) => void,
  ): Stop;
  listenDoc(
    path: string,
    next: (snapshot: DocSnapshot) => void,
    failed: (failure: StoreFailure) => void,
  ): Stop;
  /** Rows once: from the server, or from the cache where there is no connection. */
  readRows(query: QuerySpec): Promise<RowsSnapshot>;
  /** The document as the server has it now. Rejects `unreachable` without a connection. */
  readServer(path: string): Promise<Plain | null>;
  /** The document as this device has it, else as the server has it. For what hardly ever changes. */
  readCached(path: string): Promise<Plain | null>;
  /** Number of documents of a query, by the server. */
  count(query: QuerySpec): Promise<number>;
  /**
   * All of these or none, straight to the server and never into the SDK's own queue, where a refused
   * write vanishes after a reload and a Take would be applied hours later.
   */
  commit(writes: readonly StoreWrite[]): Promise<void>;
  /** A plain write that may be lost or repeated: drafts. Resolves once the server has it. */
  put(path: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** A plain change that may be lost or repeated: the read marker. */
  change(path: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  remove(path: string): Promise<void>;
  /** Ends every listener and deletes everything cached on this device, for all its tabs. */
  wipe(): Promise<void>;
}

let opening: Promise<Store> | null = null;

/** The database. The first call begins the download of its chunk. */
export function openStore(): Promise<Store> {
  opening ??= import('./browser-store.ts').then((module) => module.createStore());
  return opening;
}

/** Deletes the cache of this device; the next {@link openStore} starts with an empty one. */
export async function wipeStore(): Promise<void> {
  const store = await openStore();
  opening = null;
  await store.wipe();
}
