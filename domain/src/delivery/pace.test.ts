import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW } from '../testing/index.ts';
import {
  freshAllowance,
  INSTANCES,
  lease,
  pairSpent,
  pairWait,
  spend,
  withBlock,
  type Allowance,
  type Leased,
} from './pace.ts';

describe('the pace toward one person', () => {
  /** The moments at which so many messages leave that all want to leave now. */
  const burst = (count: number): readonly number[] => {
    let now = NOW;
    let lock: { pairUntil: number | null } = { pairUntil: null };
    return Array.from({ length: count }, () => {
      now += pairWait(lock, now);
      lock = { pairUntil: pairSpent(lock, now) };
      return now - NOW;
    });
  };

  it('lets 45 go at once, then one every six seconds', () => {
    const times = burst(48);
    expect(times.slice(0, 45)).toEqual(Array.from({ length: 45 }, () => 0));
    expect(times.slice(45)).toEqual([6_000, 12_000, 18_000]);
  });

  it('has its burst again after so much time without a word', () => {
    const lock = { pairUntil: NOW + 45 * 6_000 };
    expect(pairWait(lock, NOW)).toBe(6_000);
    expect(pairWait(lock, NOW + 45 * 6_000)).toBe(0);
  });
});

describe('the rate of a number', () => {
  it('is never exceeded by all instances together, whatever each wants (kept seeds)', () => {
    const limits = fc.constantFrom(20, 80, 1_000);
    const wishes = fc.array(fc.nat({ max: INSTANCES - 1 }), { minLength: 200, maxLength: 3_000 });
    fc.assert(
      fc.property(limits, wishes, (limit, instances) => {
        // Everything is wished for in the same second, after a second of rest.
        const now = Math.ceil(NOW / 1_000) * 1_000;
        let leased: Leased | null = null;
        let sent = 0;
        const has = new Map<number, Allowance>();
        for (const instance of instances) {
          const before = has.get(instance) ?? freshAllowance(now - 1_000);
          let left = spend(before, limit, now);
          if (left === null) {
            const block = lease(leased, limit, now);
            leased = block.after;
            if (block.granted > 0) left = spend(withBlock(before, block.granted, now), limit, now);
          }
          if (left === null) continue;
          has.set(instance, left);
          sent += 1;
        }
        // An instance's first message is free of any share: it can't be known to be one of many.
        expect(sent).toBeLessThanOrEqual(limit / 2 + Math.max(INSTANCES, limit / 2));
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('costs nothing to write down at an ordinary pace: two a second per instance at 80', () => {
    let has = freshAllowance(NOW);
    for (let n = 0; n < 20; n += 1) {
      const left = spend(has, 80, NOW + n * 500);
      expect(left).not.toBeNull();
      has = left ?? has;
    }
  });

  it('is leased in blocks of 20 until its half is given away, and anew in the next second', () => {
    const first = lease(null, 80, NOW);
    const second = lease(first.after, 80, NOW + 1);
    expect([first.granted, second.granted]).toEqual([20, 20]);
    expect(lease(second.after, 80, NOW + 2).granted).toBe(0);
    expect(lease(second.after, 80, NOW + 1_000).granted).toBe(20);
  });

  it('is given to nobody whose clock is behind the last lease', () => {
    const ahead = lease(null, 80, NOW + 5_000).after;
    expect(lease(ahead, 80, NOW)).toEqual({ after: ahead, granted: 0 });
  });

  it('comes on top of what is left of the same second', () => {
    const one = withBlock({ ...freshAllowance(NOW), own: 0 }, 20, NOW);
    expect(withBlock(one, 20, NOW).leased).toBe(40);
    expect(withBlock(one, 20, NOW + 1_000).leased).toBe(20);
  });

  it('leased for one second is worth nothing in the next', () => {
    const block = withBlock({ ...freshAllowance(NOW), own: 0 }, 20, NOW);
    expect(spend(block, 80, NOW)).not.toBeNull();
    expect(spend({ ...block, at: NOW + 1_000 }, 80, NOW + 1_000)).toBeNull();
  });
});
