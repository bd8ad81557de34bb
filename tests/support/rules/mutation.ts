import type { Mutant } from './mutants.ts';
import type { Outcome, Probe } from './requests.ts';
import { describeDifference, differences, seedsOf, type Difference } from './run.ts';
import { allProbes } from './suite.ts';
import { clear, loadRules, plant, wireAsker } from './wire.ts';

/** What became of a mutant: the first probe that noticed it, or `null` where none did. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly killedBy: Difference | null;
}

/** Probes that noticed a mutant lately are asked first: mutants of one function follow each other. */
const REMEMBERED = 40;

/**
 * Puts each mutant into force and asks the probes until one is answered otherwise than the table
 * says. The project's database is emptied between mutants, and is empty at the end.
 */
export async function* judge(
  project: string,
  mutants: readonly Mutant[],
): AsyncGenerator<Verdict, void> {
  const stages = allProbes();
  let recent: readonly Probe[] = [];
  for (const mutant of mutants) {
    await loadRules(project, mutant.source);
    const killedBy = await firstDifference(project, [recent, ...stages]);
    if (killedBy) {
      const others = recent.filter((probe) => probe !== killedBy.probe);
      recent = [killedBy.probe, ...others].slice(0, REMEMBERED);
    }
    yield { mutant, killedBy };
  }
}

/** Anything else is a fault of the harness, not a mutant noticed. */
const OUTCOMES: ReadonlySet<string> = new Set<Outcome>(['allowed', 'permission-denied']);

async function firstDifference(
  project: string,
  stages: readonly (readonly Probe[])[],
): Promise<Difference | null> {
  const asker = wireAsker(project);
  for (const probes of stages) {
    await clear(project);
    await plant(project, seedsOf(probes));
    const [first] = await differences(asker, probes, { stopAtFirst: true });
    if (first) {
      await clear(project);
      if (!OUTCOMES.has(first.actual)) throw new Error(describeDifference(first));
      return first;
    }
  }
  await clear(project);
  return null;
}
