import { describe, expect, it } from 'vitest';
import { planBodies, retryPause } from './plan.ts';

const plain = { batchMax: 1000, duplicateInBody: false, duplicates: 0, disorder: false };

describe('how updates leave', () => {
  it('in one body and in order by default', () => {
    expect(planBodies([1, 2, 3], plain)).toEqual([[1, 2, 3]]);
  });

  it('in bodies of at most batchMax', () => {
    expect(planBodies([1, 2, 3], { ...plain, batchMax: 2 })).toEqual([[1, 2], [3]]);
  });

  it('newest first when disorder is wanted', () => {
    expect(planBodies([1, 2, 3], { ...plain, batchMax: 1, disorder: true })).toEqual([
      [3],
      [2],
      [1],
    ]);
  });

  it('repeated as a whole body, or item by item inside one', () => {
    expect(planBodies([1, 2], { ...plain, duplicates: 1 })).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(planBodies([1, 2], { ...plain, duplicateInBody: true })).toEqual([[1, 1, 2, 2]]);
  });

  it('not at all when there is nothing', () => {
    expect(planBodies([], { ...plain, duplicates: 3 })).toEqual([]);
  });
});

describe('the pause before another attempt', () => {
  it('doubles from the base up to the ceiling', () => {
    const pauses = [1, 2, 3, 4, 5].map((attempt) => retryPause(attempt, 1000, 6000));
    expect(pauses).toEqual([1000, 2000, 4000, 6000, 6000]);
  });
});
