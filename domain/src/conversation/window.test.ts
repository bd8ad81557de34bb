import { describe, expect, it } from 'vitest';
import { NOW } from '../testing/index.ts';
import { extendWindow, WINDOW_MS, windowLeft, windowOpen } from './window.ts';

describe('the customer service window', () => {
  it('is open for 24 hours from the customer’s message, and closed at the end of them', () => {
    const conversation = { windowExpiresAt: extendWindow(null, NOW) };
    expect(windowLeft(conversation, NOW)).toBe(WINDOW_MS);
    expect(windowOpen(conversation, NOW + WINDOW_MS - 1)).toBe(true);
    expect(windowOpen(conversation, NOW + WINDOW_MS)).toBe(false);
    expect(windowLeft(conversation, NOW + WINDOW_MS + 5)).toBe(0);
  });

  it('was never open where the customer never wrote', () => {
    expect(windowOpen({ windowExpiresAt: null }, NOW)).toBe(false);
  });

  it('moves forward only: an older message does not shorten it', () => {
    expect(extendWindow(NOW + WINDOW_MS, NOW - 1)).toBe(NOW + WINDOW_MS);
    expect(extendWindow(NOW + WINDOW_MS, NOW + 1)).toBe(NOW + WINDOW_MS + 1);
  });
});
