import { describe, expect, it } from 'vitest';
import { FATES } from '../documents/fate.ts';
import { NOW } from '../testing/index.ts';
import { decideRetry, ITEM_ATTEMPTS, type Retried } from './retry.ts';

describe('an item whose processing failed', () => {
  it('is tried again after 10, 20, 40 … seconds, and parked after the eighth try', () => {
    const tries: Retried[] = [];
    let item: Parameters<typeof decideRetry>[0] = { fate: 'new', attempts: 0 };
    for (;;) {
      const next = decideRetry(item, NOW);
      if (next === null) break;
      tries.push(next);
      item = next;
    }
    expect(tries.map(({ retryAt }) => retryAt && (retryAt - NOW) / 1000)).toEqual([
      10,
      20,
      40,
      80,
      160,
      320,
      640,
      undefined,
    ]);
    expect(tries.at(-1)).toEqual({
      fate: 'parked',
      reason: 'processing-failed',
      attempts: ITEM_ATTEMPTS,
    });
  });

  it.each(FATES.filter((fate) => fate !== 'new' && fate !== 'retry'))(
    'stays %s where it is that already',
    (fate) => {
      expect(decideRetry({ fate, attempts: 1 }, NOW)).toBeNull();
    },
  );
});
