import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRows, cursorOf, mergeRows, segmentsOf, type Order } from './pages.ts';
import { orderOf, SECTIONS, type QuerySpec } from './queries.ts';
import { fakeStore } from './testing/fake-store.ts';

interface Row {
  readonly id: string;
  readonly waitingSince: number | null;
  readonly lastEntryAt: number | null;
}

const time = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
const rows = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,3}$/),
    waitingSince: time,
    lastEntryAt: time,
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);
const order = fc.constantFrom<Order>(...SECTIONS.map(orderOf));

const query = (by: Order, limit: number): QuerySpec => ({
  collection: 'conversations',
  where: [],
  orderBy: by,
  limit,
});

describe('The order of rows', () => {
  it('is Firestore’s: null first, then by time, then by id, all of it turned round for newest first', () => {
    const known: Row[] = [
      { id: 'b', waitingSince: 1, lastEntryAt: 1 },
      { id: 'a', waitingSince: 1, lastEntryAt: 1 },
      { id: 'c', waitingSince: null, lastEntryAt: null },
      { id: 'd', waitingSince: 2, lastEntryAt: 2 },
    ];
    const ids = (by: Order) => [...known].sort(compareRows(by)).map(({ id }) => id);
    expect(ids(orderOf('open'))).toEqual(['c', 'a', 'b', 'd']);
    expect(ids(orderOf('pending'))).toEqual(['d', 'b', 'a', 'c']);
  });

  it('is total: sorting anything twice, or from any order, gives the same', () => {
    fc.assert(
      fc.property(rows, order, (some, by) => {
        const sorted = [...some].sort(compareRows(by));
        expect([...some].reverse().sort(compareRows(by))).toEqual(sorted);
        for (const [index, row] of sorted.entries()) {
          const next = sorted[index + 1];
          if (next) expect(compareRows(by)(row, next)).toBeLessThan(0);
        }
      }),
    );
  });
});

describe('Segments', () => {
  it('hold every row exactly once, wherever a list was cut and however rows moved since', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        rows,
        order,
        fc.integer({ min: 1, max: 9 }),
        async (then, now, by, size) => {
          const sorted = [...then].sort(compareRows(by));
          const cuts = sorted
            .filter((_, index) => (index + 1) % size === 0)
            .map((row) => cursorOf(row, by));
          const store = fakeStore();
          for (const { id, ...data } of now) store.set(`conversations/${id}`, data);
          const parts = await Promise.all(
            segmentsOf(query(by, 100), cuts, 100).map((segment) => store.readRows(segment)),
          );
          const ids = parts.flatMap((part) => part.rows.map(({ id }) => id));
          expect(ids).toEqual([...now].sort(compareRows(by)).map(({ id }) => id));
        },
      ),
    );
  });
});

describe('Merged queries', () => {
  it('are one list, each row once, in order, and a part of what is there without a gap', () => {
    fc.assert(
      fc.property(rows, rows, order, fc.nat(60), fc.nat(60), (a, b, by, seenA, seenB) => {
        const compare = compareRows(by);
        const overlap = [
          ...b,
          ...a.slice(0, 3).filter((row) => !b.some(({ id }) => id === row.id)),
        ];
        const known = [
          { all: [...a].sort(compare), seen: seenA },
          { all: [...overlap].sort(compare), seen: seenB },
        ].map(({ all, seen }) => ({ rows: all.slice(0, seen), ended: seen >= all.length }));
        fc.pre(known.every(({ rows: some, ended }) => ended || some.length > 0));
        const agree = new Map([...overlap, ...a].map((row) => [row.id, row]));
        fc.pre([...overlap].every((row) => compare(row, agree.get(row.id) ?? row) === 0));
        const merged = mergeRows(known, by);
        const whole = [...agree.values()].sort(compare);
        expect(merged.map(({ id }) => id)).toEqual(
          whole.slice(0, merged.length).map(({ id }) => id),
        );
        if (known.every(({ ended }) => ended)) expect(merged).toHaveLength(whole.length);
      }),
    );
  });
});
