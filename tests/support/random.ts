/** Chance that a seed determines, so that a failure can be repeated. */

/** A generator of numbers in [0, 1) that a seed determines (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Some of many, in their order, as a seed chooses them. */
export function sample<T>(items: readonly T[], size: number, seed: number): readonly T[] {
  const random = randomFrom(seed);
  const chosen = new Set(
    items
      .map((_, index) => ({ index, by: random() }))
      .sort((a, b) => a.by - b.by)
      .slice(0, size)
      .map(({ index }) => index),
  );
  return items.filter((_, index) => chosen.has(index));
}

/** All of them in another order. */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);
}
