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

  it('waits for no frame where nobody looks', async () => {
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const frame = vi.spyOn(globalThis, 'requestAnimationFrame');
    await pressSeen();
    expect(frame).not.toHaveBeenCalled();
  });
});
