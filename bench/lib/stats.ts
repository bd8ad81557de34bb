/** Figures over samples. Pure: the same samples give the same figures, in whatever order they come. */

/**
 * The smallest sample that at least `p` percent of all samples don't exceed (nearest rank: no figure
 * that was never measured).
 *
 * @param p above 0, at most 100
 * @throws where there is no sample: a percentile of nothing is a bug of the harness, never 0.
 */
export function percentile(samples: readonly number[], p: number): number {
  if (!(p > 0 && p <= 100)) throw new Error(`There is no percentile ${p}: use 0 < p ≤ 100.`);
  const sorted = [...samples].sort((a, b) => a - b);
  const found = sorted[Math.ceil((p / 100) * sorted.length) - 1];
  if (found === undefined) throw new Error('There are no samples, so there is no percentile.');
  return found;
}

/** A request as its generator saw it, all times in ms on one clock. */
export interface Timed {
  /** When it was to be sent, whatever happened to those before it. */
  readonly intended: number;
  readonly sent: number;
  readonly answered: number;
}

/**
 * How long each request took, ms, counted from when it was to be sent. Counted from when it was sent,
 * a system that makes its caller wait would look fast (coordinated omission).
 */
export const latencies = (requests: readonly Timed[]): readonly number[] =>
  requests.map(({ intended, answered }) => answered - intended);

/** How late the generator itself was, ms: what of the latencies is its own. */
export const lags = (requests: readonly Timed[]): readonly number[] =>
  requests.map(({ intended, sent }) => sent - intended);
