import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEntries, type Ordered } from './order.ts';

const KEPT = { seed: 20_261_122, numRuns: 500 };

const entry: fc.Arbitrary<Ordered> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'A', 'é', ''),
    at: fc.integer({ min: 0, max: 3 }),
    seq: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  },
  { requiredKeys: ['id', 'at'] },
);

const sign = (a: Ordered, b: Ordered) => Math.sign(compareEntries(a, b));

describe('the order of a timeline', () => {
  it('goes by time, then by position in the delivery, then by id', () => {
    const sorted = [
      { id: 'z', at: 1, seq: 0 },
      { id: 'a', at: 2, seq: 0 },
      { id: 'b', at: 2 },
      { id: 'a', at: 2, seq: 1 },
    ];
    expect(sorted.toReversed().sort(compareEntries)).toEqual(sorted);
  });

  it('is total: two entries are equal only where all three are the same', () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const same = a.id === b.id && a.at === b.at && (a.seq ?? 0) === (b.seq ?? 0);
        expect(compareEntries(a, b) === 0).toBe(same);
        expect(sign(a, b) + sign(b, a)).toBe(0);
      }),
      KEPT,
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(entry, entry, entry, (a, b, c) => {
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
      }),
      KEPT,
    );
  });

  it('sorts any permutation to the same order', () => {
    const entries = fc.array(entry, { maxLength: 12 });
    fc.assert(
      fc.property(
        entries.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const key = ({ id, at, seq = 0 }: Ordered) => `${at} ${seq} ${id}`;
          expect(shuffled.toSorted(compareEntries).map(key)).toEqual(
            list.toSorted(compareEntries).map(key),
          );
        },
      ),
      KEPT,
    );
  });
});
