import { ACTORS } from './actors.ts';
import type { Asker, Probe, Seed } from './requests.ts';
import { agentSeeds } from './world.ts';

/** A probe that was answered otherwise than the table says. */
export interface Difference {
  readonly probe: Probe;
  /** What came: an outcome, or the text of an unexpected error. */
  readonly actual: string;
}

/** As a person reads it in a failed test. */
export const describeDifference = ({ probe, actual }: Difference): string =>
  `${probe.name}: expected ${probe.expect}, got ${actual}`;

/** What the probes need, each document once. Two probes that need one differently are an error. */
export function seedsOf(probes: readonly Probe[]): readonly Seed[] {
  const byPath = new Map<string, Seed>();
  for (const seed of [...agentSeeds(ACTORS), ...probes.flatMap(({ seeds }) => seeds)]) {
    const known = byPath.get(seed.path);
    if (known && JSON.stringify(known.data) !== JSON.stringify(seed.data)) {
      throw new Error(`Two probes want ${seed.path} to be different things.`);
    }
    byPath.set(seed.path, seed);
  }
  return [...byPath.values()];
}

const AT_ONCE = 12;

/** Asks all of them, some at once, and answers those that differ; stops after the first on request. */
export async function differences(
  asker: Asker,
  probes: readonly Probe[],
  { stopAtFirst = false } = {},
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const queue = probes.values();
  const worker = async (): Promise<void> => {
    for (const probe of queue) {
      if (stopAtFirst && found.length > 0) return;
      const actual = await asker
        .ask(probe.actor, probe.request)
        .catch((error: unknown) => String(error));
      if (actual !== probe.expect) found.push({ probe, actual });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}
