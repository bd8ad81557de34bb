import { describe, expect, it } from 'vitest';
import { isMet, wordsOf } from './goals.ts';

describe('a goal', () => {
  it.each([
    [149.9, 150, true],
    [150, 150, true],
    [150.1, 150, false],
    [0, 0, true],
    [1, 0, false],
  ])('that is a ceiling: %d where %d is the most', (value, goal, met) => {
    expect(isMet(value, goal)).toBe(met);
  });

  it.each([
    [0.59, 0.6, false],
    [0.6, 0.6, true],
    [1_200, 1_000, true],
    [0, 0, true],
  ])('that is a floor: %d where %d is the least', (value, atLeast, met) => {
    expect(isMet(value, { atLeast })).toBe(met);
  });

  it('is missed by what is no number, whichever it is', () => {
    expect(isMet(NaN, 0)).toBe(false);
    expect(isMet(NaN, { atLeast: 0 })).toBe(false);
  });

  it('is printed with its sign', () => {
    expect(wordsOf(150)).toEqual({ sign: '≤', number: 150 });
    expect(wordsOf({ atLeast: 0.6 })).toEqual({ sign: '≥', number: 0.6 });
  });
});
