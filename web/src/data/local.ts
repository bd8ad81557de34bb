import {
  clear,
  createStore,
  del,
  get,
  promisifyRequest,
  set,
  update,
  type UseStore,
} from 'idb-keyval';

/**
 * Our own IndexedDB of this device: what survives a reload, an update of the worker and being
 * offline. A browser that refuses it costs that and nothing else.
 */
let opened: UseStore | null = null;
const database = (): UseStore => (opened ??= createStore('switchboard', 'local'));

/** The value, or `undefined`. */
export async function readLocal(key: string): Promise<unknown> {
  try {
    return await get<unknown>(key, database());
  } catch {
    return undefined;
  }
}

/** Stores a value; answers whether it is kept. */
export async function writeLocal(key: string, value: unknown): Promise<boolean> {
  try {
    await set(key, value, database());
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a value from the one that is kept, in one step for all tabs; answers what is kept now, or
 * `undefined` where nothing can be.
 */
export async function updateLocal<T>(
  key: string,
  change: (kept: unknown) => T,
): Promise<T | undefined> {
  let next: T | undefined;
  try {
    await update(key, (kept: unknown) => (next = change(kept)), database());
    return next;
  } catch {
    return undefined;
  }
}

/** Forgets a value; never rejects. */
export async function removeLocal(key: string): Promise<void> {
  try {
    await del(key, database());
  } catch {
    // Nothing was kept, so nothing is left.
  }
}

/** Keys and values that begin with `prefix`. */
export async function listLocal(prefix: string): Promise<readonly [string, unknown][]> {
  try {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    return await database()('readonly', async (store) => {
      const [keys, values] = await Promise.all([
        promisifyRequest(store.getAllKeys(range) as IDBRequest<string[]>),
        promisifyRequest<unknown[]>(store.getAll(range)),
      ]);
      return keys.map((key, index) => [key, values[index]]);
    });
  } catch {
    return [];
  }
}

/** Deletes everything kept here, for all tabs. */
export async function wipeLocal(): Promise<void> {
  try {
    await clear(database());
  } catch {
    // Nothing was kept, so nothing is left.
  }
}
