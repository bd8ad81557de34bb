/**
 * The pair rate limit: one message per 6 s from one business number to one customer, with a burst
 * of 45 borrowed from the future (Meta, "About the platform", pair rate limits).
 */
export const PAIR_BURST = 45;
/** Time in which one message of the allowance grows back, ms. */
export const PAIR_INTERVAL_MS = 6000;

/** A token bucket: `tokens` were left at `at` (epoch milliseconds). */
export interface PairBucket {
  tokens: number;
  at: number;
}

/** A bucket that nothing was taken from. */
export function fullBucket(now: number): PairBucket {
  return { tokens: PAIR_BURST, at: now };
}

/** Takes one token; `allowed` is false, and nothing is taken, while less than one is left. */
export function takeToken(
  bucket: PairBucket,
  now: number,
): { bucket: PairBucket; allowed: boolean } {
  const gained = Math.max(0, now - bucket.at) / PAIR_INTERVAL_MS;
  const tokens = Math.min(PAIR_BURST, bucket.tokens + gained);
  if (tokens < 1) return { bucket: { tokens, at: now }, allowed: false };
  return { bucket: { tokens: tokens - 1, at: now }, allowed: true };
}
