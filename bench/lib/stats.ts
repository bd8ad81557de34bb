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

/**
 * By how much values grow from the first time to the last, by the line that fits them best (least
 * squares): one odd value at either end moves it little. 0 for a single time.
 */
export function growth(times: readonly number[], values: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  const [middle, level] = [mean(times), mean(values)];
  const apart = times.map((time) => time - middle);
  const spread = apart.reduce((sum, distance) => sum + distance ** 2, 0);
  if (spread === 0) return 0;
  const slope =
    apart.reduce((sum, distance, index) => sum + distance * ((values[index] ?? 0) - level), 0) /
    spread;
  return slope * (Math.max(...times) - Math.min(...times));
}
