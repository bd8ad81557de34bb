import { describe, expect, it } from 'vitest';
import {
  fullBucket,
  PAIR_BURST,
  PAIR_INTERVAL_MS,
  takeToken,
  type PairBucket,
} from './pair-limit.ts';
import { opensWindow, refusalOf, SERVICE_WINDOW_MS, windowOpen } from './window.ts';

const NOW = 1_790_000_000_000;

function drain(bucket: PairBucket, now: number): { bucket: PairBucket; allowed: number } {
  let left = bucket;
  for (let allowed = 0; ; allowed += 1) {
    const taken = takeToken(left, now);
    left = taken.bucket;
    if (!taken.allowed) return { bucket: left, allowed };
  }
}

describe('the pair limit', () => {
  it('lets a burst of 45 through and no more', () => {
    expect(drain(fullBucket(NOW), NOW).allowed).toBe(PAIR_BURST);
  });

  it('gives one message back every 6 s', () => {
    const { bucket } = drain(fullBucket(NOW), NOW);
    expect(takeToken(bucket, NOW + PAIR_INTERVAL_MS - 1).allowed).toBe(false);
    expect(takeToken(bucket, NOW + PAIR_INTERVAL_MS).allowed).toBe(true);
  });

  it('a refused try costs nothing, and a long pause gives no more than the burst', () => {
    const { bucket } = drain(fullBucket(NOW), NOW);
    const refused = takeToken(bucket, NOW + 3000).bucket;
    expect(takeToken(refused, NOW + PAIR_INTERVAL_MS).allowed).toBe(true);
    expect(drain(bucket, NOW + 10 * 60 * 60 * 1000).allowed).toBe(PAIR_BURST);
  });
});

describe('the service window', () => {
  it('is open for 24 h after the customer wrote, not one millisecond longer', () => {
    expect(windowOpen(NOW, NOW + SERVICE_WINDOW_MS - 1)).toBe(true);
    expect(windowOpen(NOW, NOW + SERVICE_WINDOW_MS)).toBe(false);
    expect(windowOpen(null, NOW)).toBe(false);
  });

  it('is opened by messages and reactions, not by system notices', () => {
    expect(opensWindow('text')).toBe(true);
    expect(opensWindow('reaction')).toBe(true);
    expect(opensWindow('system')).toBe(false);
  });

  const facts = {
    type: 'text',
    lastInboundAt: NOW,
    now: NOW,
    reactionTargetExists: true,
    mediaExists: true,
  };

  it('closed, it lets only templates through', () => {
    expect(refusalOf({ ...facts, lastInboundAt: null })).toBe(131047);
    expect(refusalOf({ ...facts, type: 'template', lastInboundAt: null })).toBeNull();
    expect(refusalOf(facts)).toBeNull();
  });

  it('a reaction to a message that is not there fails with 131009', () => {
    expect(refusalOf({ ...facts, type: 'reaction', reactionTargetExists: false })).toBe(131009);
    expect(refusalOf({ ...facts, type: 'reaction' })).toBeNull();
  });

  it('media that nobody uploaded fails with 131053', () => {
    expect(refusalOf({ ...facts, type: 'image', mediaExists: false })).toBe(131053);
    expect(refusalOf({ ...facts, type: 'image' })).toBeNull();
  });
});
