import type { Dispatch } from '../documents/dispatch.ts';

/** How long one worker may hold a conversation's send lock without renewing it, ms. */
export const SEND_LEASE_MS = 60_000;

/** The lock of a conversation in which nothing was ever sent. */
export const FREE_LOCK: Dispatch = {
  schemaVersion: 1,
  owner: null,
  leaseUntil: null,
  wakes: 0,
  pairUntil: null,
  toldUntil: null,
};

/** What a worker's wish makes of the lock. */
export interface LockMove {
  /** The lock after it; `null` where it stays as it is. */
  readonly after: Dispatch | null;
  /** The wake-ups that the worker stands for now; `null` where it has no lock. */
  readonly wakes: number | null;
}

/** True for the worker that the lock names, also after its lease: nobody else has taken it since. */
export const holdsLock = (lock: Dispatch, worker: string): boolean => lock.owner === worker;

/**
 * Takes the lock where nobody holds it or the holder's lease has run out. Where somebody holds it,
 * leaves a mark: whoever holds it looks once more before it goes. `now` is epoch ms.
 */
export function acquireLock(lock: Dispatch, worker: string, now: number): LockMove {
  const taken = lock.owner !== null && (lock.leaseUntil ?? 0) > now;
  return taken
    ? { after: { ...lock, wakes: lock.wakes + 1 }, wakes: null }
    : { after: { ...lock, owner: worker, leaseUntil: now + SEND_LEASE_MS }, wakes: lock.wakes };
}

/** Leaves the lock, unless somebody left a mark since `wakes`: then the worker keeps it and goes on. */
export function releaseLock(lock: Dispatch, worker: string, wakes: number): LockMove {
  if (!holdsLock(lock, worker)) return { after: null, wakes: null };
  if (lock.wakes !== wakes) return { after: null, wakes: lock.wakes };
  return { after: { ...lock, owner: null, leaseUntil: null }, wakes: null };
}

/** Keeps the lock for a whole lease after `from` (epoch ms): now, or the end of a pause. */
export const renewLock = (lock: Dispatch, worker: string, from: number): LockMove =>
  holdsLock(lock, worker)
    ? { after: { ...lock, leaseUntil: from + SEND_LEASE_MS }, wakes: lock.wakes }
    : { after: null, wakes: null };
