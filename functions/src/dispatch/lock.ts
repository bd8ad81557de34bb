import {
  acquireLock,
  create,
  dispatchPath,
  dispatchSchema,
  FREE_LOCK,
  releaseLock,
  renewLock,
  update,
  type Dispatch,
  type LockMove,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** Moves the lock of a conversation in one guarded commit; answers the wake-ups the worker stands for. */
const move = (
  { store, clock }: Needs,
  conversationId: string,
  decide: (lock: Dispatch, now: number) => LockMove,
): Promise<number | null> =>
  store.guarded(async ({ read }) => {
    const path = dispatchPath(conversationId);
    const [found] = await read([path]);
    const lock = parsed(found, dispatchSchema);
    const { after, wakes } = decide(lock ?? FREE_LOCK, clock.now());
    if (after === null) return { writes: [], value: wakes };
    return { writes: [lock === null ? create(path, after) : update(path, after)], value: wakes };
  });

/** Takes the send lock; answers the wake-ups it stands for, or `null` where another worker has it. */
export const acquire = (ports: Needs, conversationId: string, worker: string) =>
  move(ports, conversationId, (lock, now) => acquireLock(lock, worker, now));

/** Leaves the lock, unless somebody woke us meanwhile: then answers the new count, and the work goes on. */
export const release = (ports: Needs, conversationId: string, worker: string, wakes: number) =>
  move(ports, conversationId, (lock) => releaseLock(lock, worker, wakes));

/** Keeps the lock over a pause of so many ms. */
export const renew = (ports: Needs, conversationId: string, worker: string, pause: number) =>
  move(ports, conversationId, (lock, now) => renewLock(lock, worker, now + pause));
