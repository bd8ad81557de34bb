import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dispatch } from '../documents/dispatch.ts';
import { NOW } from '../testing/index.ts';
import {
  acquireLock,
  FREE_LOCK,
  holdsLock,
  releaseLock,
  renewLock,
  SEND_LEASE_MS,
} from './lock.ts';

const held: Dispatch = { ...FREE_LOCK, owner: 'ada', leaseUntil: NOW + 1, wakes: 2 };

describe('acquiring the send lock', () => {
  it('takes it where nobody holds it', () => {
    expect(acquireLock(FREE_LOCK, 'ada', NOW)).toEqual({
      after: { ...FREE_LOCK, owner: 'ada', leaseUntil: NOW + SEND_LEASE_MS },
      wakes: 0,
    });
  });

  it('leaves a mark where somebody holds it, and takes it in the millisecond the lease ends', () => {
    expect(acquireLock(held, 'ben', NOW)).toEqual({ after: { ...held, wakes: 3 }, wakes: null });
    expect(acquireLock(held, 'ben', NOW + 1)).toMatchObject({ after: { owner: 'ben' }, wakes: 2 });
  });
});

describe('releasing the send lock', () => {
  it('frees it where nobody left a mark', () => {
    expect(releaseLock(held, 'ada', 2)).toEqual({
      after: { ...held, owner: null, leaseUntil: null },
      wakes: null,
    });
  });

  it('keeps it where somebody left one, and then stands for that too', () => {
    expect(releaseLock(held, 'ada', 1)).toEqual({ after: null, wakes: 2 });
  });

  it('touches nothing of another worker', () => {
    expect(releaseLock(held, 'ben', 2)).toEqual({ after: null, wakes: null });
  });
});

describe('renewing the send lock', () => {
  it('lasts a whole lease from then on, for its holder alone', () => {
    expect(renewLock(held, 'ada', NOW).after?.leaseUntil).toBe(NOW + SEND_LEASE_MS);
    expect(renewLock(held, 'ben', NOW).after).toBeNull();
  });
});

describe('any workers one after the other', () => {
  it('are never two at once, and no mark is lost', () => {
    const step = fc.record({
      worker: fc.constantFrom('ada', 'ben', 'eve'),
      wish: fc.constantFrom('acquire', 'release'),
      after: fc.constantFrom(0, 1, SEND_LEASE_MS),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let lock = FREE_LOCK;
        let now = NOW;
        const wakes = new Map<string, number>();
        for (const { worker, wish, after } of steps) {
          now += after;
          const known = wakes.get(worker);
          if (wish === 'release' && known === undefined) continue;
          const move =
            wish === 'acquire'
              ? acquireLock(lock, worker, now)
              : releaseLock(lock, worker, known ?? 0);
          const marks = lock.wakes;
          lock = move.after ?? lock;
          if (move.wakes === null) wakes.delete(worker);
          else wakes.set(worker, move.wakes);
          expect(lock.wakes).toBeGreaterThanOrEqual(marks);
          if (move.wakes !== null) expect(holdsLock(lock, worker)).toBe(true);
          // Whoever leaves has looked since the last mark was left.
          if (wish === 'release' && move.after !== null) expect(known).toBe(lock.wakes);
        }
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
  });
});
