import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTime } from './in-time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<string>(() => undefined);

describe('work with a limit', () => {
  it('is answered by its outcome, and leaves no timer behind', async () => {
    expect(await inTime(Promise.resolve('done'), 1_000, () => 'late')).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails as the work fails', async () => {
    await expect(inTime(Promise.reject(new Error('broken')), 1_000, () => 'late')).rejects.toThrow(
      'broken',
    );
  });

  it('is answered without it when it takes too long', async () => {
    const answer = inTime(never, 1_000, () => 'late');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toBe('late');
  });

  it('can refuse to be late', async () => {
    const answer = inTime(never, 1_000, () => {
      throw new Error('too late');
    });
    const refused = expect(answer).rejects.toThrow('too late');
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
  });

  it('that fails afterwards troubles nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<string>((_, reject) => (fail = reject));
    const answer = inTime(work, 1_000, () => 'late');
    await vi.advanceTimersByTimeAsync(1_000);
    fail(new Error('after all'));
    expect(await answer).toBe('late');
  });
});
