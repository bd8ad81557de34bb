import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, lags, latencies, percentile } from './stats.ts';

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a percentile', () => {
  it.each([
    [50, 100, 50],
    [95, 100, 95],
    [99, 100, 99],
    [100, 100, 100],
    [0.5, 100, 1],
    [50, 3, 2],
    [95, 3, 3],
    [99, 1, 1],
  ])('%d of the numbers from 1 to %d is %d', (p, count, expected) => {
    expect(percentile(oneTo(count), p)).toBe(expected);
  });

  it('does not depend on the order, and leaves the samples as they are', () => {
    const samples = [3, 1, 2];
    expect(percentile(samples, 50)).toBe(2);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('is a sample, and never more than p percent of the samples lie below it', () => {
    const samples = fc.array(fc.integer(), { minLength: 1 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (all, p) => {
        const found = percentile(all, p);
        expect(all).toContain(found);
        expect(all.filter((one) => one < found).length).toBeLessThan((p / 100) * all.length);
        expect(all.filter((one) => one <= found).length).toBeGreaterThanOrEqual(
          (p / 100) * all.length,
        );
      }),
    );
  });

  it('of nothing, or outside 0 to 100, is an error instead of a number', () => {
    expect(() => percentile([], 50)).toThrow('no samples');
    expect(() => percentile([1], 0)).toThrow('no percentile 0');
    expect(() => percentile([1], 101)).toThrow('no percentile 101');
  });
});

describe('latency', () => {
  it('counts from when a request was to be sent, so that a stall shows in all who waited for it', () => {
    // One answer takes a second; a caller that waits for it sends the next two late.
    const requests = [
      { intended: 0, sent: 0, answered: 1000 },
      { intended: 100, sent: 1000, answered: 1005 },
      { intended: 200, sent: 1005, answered: 1010 },
    ];
    expect(latencies(requests)).toEqual([1000, 905, 810]);
    expect(lags(requests)).toEqual([0, 900, 805]);
  });
});

describe('growth', () => {
  it('is what a line rises, and a single odd value moves it little', () => {
    expect(growth([0, 1, 2, 3], [5, 7, 9, 11])).toBeCloseTo(6);
    expect(growth([0, 10, 20], [4, 4, 4])).toBe(0);
    const flat = Array.from({ length: 100 }, (_, index) => (index === 99 ? 50 : 0));
    expect(growth([...flat.keys()], flat)).toBeLessThan(4);
  });

  it('is 0 at one moment', () => {
    expect(growth([7], [3])).toBe(0);
  });
});
