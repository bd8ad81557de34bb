import { afterEach, describe, expect, it, vi } from 'vitest';
import { pressSeen } from './press-seen.ts';

afterEach(() => vi.restoreAllMocks());

describe('what comes of a press', () => {
  it('begins after the frame that shows the press', async () => {
    const order: string[] = [];
    const seen = pressSeen().then(() => order.push('next screen'));
    requestAnimationFrame(() => order.push('frame'));
    await seen;
    expect(order).toEqual(['frame', 'next screen']);
  });

  it('comes also in a tab that is hidden before the frame', async () => {
    vi.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(0);
    await expect(pressSeen()).resolves.toBeUndefined();
  });
});
