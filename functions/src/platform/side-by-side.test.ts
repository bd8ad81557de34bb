import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side.ts';

describe('side by side', () => {
  it('does everything once, in order of beginning, never more than the width at the same time', async () => {
    const begun: number[] = [];
    let now = 0;
    let most = 0;
    const list = Array.from({ length: 100 }, (_, index) => index);
    await sideBySide(8, list, async (one) => {
      begun.push(one);
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      now -= 1;
    });
    expect(begun).toEqual(list);
    expect(most).toBe(8);
  });

  it('has nothing to do for an empty list', async () => {
    await sideBySide(8, [], () => Promise.reject(new Error('called')));
  });

  it('ends with the first failure', async () => {
    const fail = (one: number) => (one === 3 ? Promise.reject(new Error('3')) : Promise.resolve());
    await expect(sideBySide(2, [1, 2, 3, 4], fail)).rejects.toThrow('3');
  });
});
