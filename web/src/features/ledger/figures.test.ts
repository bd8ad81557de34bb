import { describe, expect, it } from 'vitest';
import { linesOf, markOf, missingOf, sentAddsUp, verdictOf } from './figures.ts';
import { aBook, anHour, NOW } from './testing/book.ts';

const whole = { received: 15, shown: 5, ignored: 4, parked: 3, waiting: 2, repeated: 1 };

describe('an hour', () => {
  it('misses nothing where all that came became something', () => {
    expect(missingOf(anHour(0, whole))).toBe(0);
    expect(markOf(anHour(0, { ...whole, waiting: 0, received: 13 }), NOW)).toMatchObject({
      mark: 'balanced',
    });
  });

  it('says how many are missing, and how many there are too many', () => {
    expect(markOf(anHour(2, { ...whole, received: 18 }), NOW)).toEqual({
      mark: 'missing',
      count: 3,
    });
    expect(markOf(anHour(2, { ...whole, received: 14 }), NOW)).toEqual({
      mark: 'surplus',
      count: 1,
    });
  });

  it('waits where its figures are still moving, and says for how many', () => {
    expect(markOf(anHour(0, { received: 3, shown: 2 }), NOW)).toEqual({
      mark: 'waiting',
      count: 1,
    });
  });

  it('waits while it is young, and is late when it should be done', () => {
    expect(markOf(anHour(0, whole), NOW)).toEqual({ mark: 'waiting', count: 2 });
    expect(markOf(anHour(2, whole), NOW)).toEqual({ mark: 'late', count: 2 });
  });
});

describe('the verdict', () => {
  const of = (...hours: readonly ReturnType<typeof anHour>[]) =>
    verdictOf(aBook({ hours: [...hours] }));

  it('is that all is well, or that nothing came', () => {
    expect(verdictOf(aBook())).toEqual({ kind: 'balanced', count: 0 });
    expect(of(anHour(1), anHour(0))).toEqual({ kind: 'empty', count: 0 });
    expect(of()).toEqual({ kind: 'empty', count: 0 });
  });

  it('is the worst of all hours, with all that it is true of', () => {
    const waiting = anHour(0, { received: 2, waiting: 2 });
    const late = anHour(3, { received: 1, waiting: 1 });
    const surplus = anHour(4, { shown: 1 });
    const missing = anHour(5, { received: 4 });
    expect(of(waiting)).toEqual({ kind: 'waiting', count: 2 });
    expect(of(late, waiting)).toEqual({ kind: 'late', count: 1 });
    expect(of(surplus, late, waiting)).toEqual({ kind: 'surplus', count: 1 });
    expect(of(missing, anHour(6, { received: 1 }), surplus)).toEqual({ kind: 'missing', count: 5 });
  });

  it('does not take what is missing in one hour for what is too much in another', () => {
    expect(of(anHour(3, { received: 1 }), anHour(2, { shown: 1 }))).toEqual({
      kind: 'missing',
      count: 1,
    });
  });

  it('counts all that waits for a person, also from before these hours', () => {
    expect(verdictOf(aBook({ parkedCount: 240 }))).toEqual({ kind: 'parked', count: 240 });
    const hours = [anHour(0, { received: 2, waiting: 2 })];
    expect(verdictOf(aBook({ hours, parkedCount: 1 }))).toEqual({ kind: 'parked', count: 1 });
  });
});

describe('the lines', () => {
  it('stand newest first, and hours without anything are one line', () => {
    const lines = linesOf(aBook().hours);
    expect(lines.map(({ hour }) => hour?.received ?? null)).toEqual([3, null, 2, null]);
    expect(lines[1]).toEqual({ from: anHour(3).at, until: anHour(0).at, hour: null });
    expect(lines[3]).toMatchObject({ from: anHour(23).at, until: anHour(4).at });
  });

  it('do not join hours between which one is unknown', () => {
    expect(linesOf([anHour(5), anHour(2)])).toHaveLength(2);
  });
});

describe('what was sent', () => {
  it('adds up where every message stands somewhere', () => {
    const sent = { written: 10, delivered: 4, failed: 3, waiting: 2, unknown: 1 };
    expect(sentAddsUp(sent)).toBe(true);
    expect(sentAddsUp({ ...sent, written: 11 })).toBe(false);
  });
});
