import { describe, expect, it } from 'vitest';
import {
  fullBucket,
  PAIR_BURST,
  PAIR_INTERVAL_MS,
  takeToken,
  type PairBucket,
} from './pair-limit.ts';
import { ANSWERABLE_MS, opensWindow, refusalOf, SERVICE_WINDOW_MS, windowOpen } from './window.ts';

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
    reactionTarget: { type: 'text', at: NOW },
    mediaFit: true,
  };

  it('closed, it lets only templates through', () => {
    expect(refusalOf({ ...facts, lastInboundAt: null })).toBe(131047);
    expect(refusalOf({ ...facts, type: 'template', lastInboundAt: null })).toBeNull();
    expect(refusalOf(facts)).toBeNull();
  });

  it('a reaction to a message that is not there, to a reaction or to an old message fails with 131009', () => {
    const reaction = { ...facts, type: 'reaction' };
    const to = (type: string, at: number) =>
      refusalOf({ ...reaction, reactionTarget: { type, at } });
    expect(refusalOf({ ...reaction, reactionTarget: null })).toBe(131009);
    expect(to('reaction', NOW)).toBe(131009);
    expect(to('image', NOW - ANSWERABLE_MS)).toBe(131009);
    expect(to('image', NOW - ANSWERABLE_MS + 1)).toBeNull();
  });

  it('media that do not go with the kind of message fail with 131053, in templates too', () => {
    expect(refusalOf({ ...facts, type: 'image', mediaFit: false })).toBe(131053);
    expect(refusalOf({ ...facts, type: 'template', mediaFit: false })).toBe(131053);
    expect(refusalOf({ ...facts, type: 'image' })).toBeNull();
  });
});
