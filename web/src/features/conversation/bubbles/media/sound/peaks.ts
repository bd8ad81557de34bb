/** Bars of a waveform. */
export const BARS = 38;

/** Even silence is drawn, as a share of the loudest. */
const LEAST = 0.12;

/**
 * How loud a sound is along its length: {@link BARS} numbers from a little above 0 to 1, which is its
 * own loudest part. Of no samples, and of silence, all are the least.
 */
export function peaksOf(samples: Float32Array, bars = BARS): readonly number[] {
  const loud = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * samples.length) / bars);
    const part = samples.subarray(from, Math.floor(((bar + 1) * samples.length) / bars));
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / (part.length || 1));
  });
  const most = Math.max(...loud);
  return loud.map((one) => Math.round(Math.max(LEAST, most > 0 ? one / most : 0) * 100) / 100);
}
