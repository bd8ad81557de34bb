import { evaluated, gapId, gapsOf, type Gap } from './coverage.ts';
import type { Mutant } from './mutants.ts';
import type { Outcome, Probe } from './requests.ts';
import { describeDifference, differences, seedsOf, type Difference } from './run.ts';
import { readRules } from './source.ts';
import { allProbes, type Group } from './suite.ts';
import { clear, loadRules, plant, ruleCoverage, wireAsker } from './wire.ts';

/** What became of a mutant: the first probe that noticed it, or `null` where none did. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly killedBy: Difference | null;
}

/** A group of probes and the conditions (by where they begin) that they have evaluated. */
interface Surveyed extends Group {
  readonly evaluates: ReadonlySet<number>;
}

/** What the probes do under the rules as they are. */
export interface Survey {
  readonly groups: readonly Surveyed[];
  /** Conditions that no group saw both true and false. */
  readonly gaps: readonly Gap[];
}

/**
 * Asks every probe under the rules as they are, and notes which conditions each group evaluates: a
 * mutant of another condition changes nothing for it. Throws where a probe already fails.
 */
export async function survey(project: string, source: string): Promise<Survey> {
  const rules = readRules(source);
  const groups: Surveyed[] = [];
  let gaps: readonly Gap[] | null = null;
  for (const group of allProbes()) {
    await loadRules(project, source);
    const wrong = await asked(project, group.probes, false);
    if (wrong.length > 0) throw new Error(wrong.map(describeDifference).join('\n'));
    const coverage = await ruleCoverage(project);
    const leaves = evaluated(source, rules, coverage);
    groups.push({ ...group, evaluates: new Set(leaves.map(({ start }) => start)) });
    const open = new Set(gapsOf(source, rules, coverage).map(gapId));
    gaps = gaps === null ? gapsOf(source, rules, coverage) : gaps.filter((g) => open.has(gapId(g)));
  }
  return { groups, gaps: gaps ?? [] };
}

/** Probes that noticed a mutant lately are asked first: mutants of one function follow each other. */
const REMEMBERED = 40;

/**
 * Puts each mutant into force and asks the probes it may concern until one is answered otherwise
 * than the table says. The project's database is empty at the end.
 */
export async function* judge(
  project: string,
  { groups }: Survey,
  mutants: readonly Mutant[],
): AsyncGenerator<Verdict, void> {
  let recent: readonly Probe[] = [];
  for (const mutant of mutants) {
    await loadRules(project, mutant.source);
    const { leaf } = mutant;
    const concerned = groups.filter(({ evaluates }) => leaf === null || evaluates.has(leaf.start));
    const stages = [recent, ...concerned.map(({ probes }) => probes)];
    const killedBy = await firstDifference(project, stages);
    if (killedBy) {
      const others = recent.filter((probe) => probe !== killedBy.probe);
      recent = [killedBy.probe, ...others].slice(0, REMEMBERED);
    }
    yield { mutant, killedBy };
  }
  await clear(project);
}

/** Anything else is a fault of the harness, not a mutant noticed. */
const OUTCOMES: ReadonlySet<string> = new Set<Outcome>(['allowed', 'permission-denied']);

async function firstDifference(
  project: string,
  stages: readonly (readonly Probe[])[],
): Promise<Difference | null> {
  for (const probes of stages) {
    const [first] = await asked(project, probes, true);
    if (first && !OUTCOMES.has(first.actual)) throw new Error(describeDifference(first));
    if (first) return first;
  }
  return null;
}

async function asked(
  project: string,
  probes: readonly Probe[],
  stopAtFirst: boolean,
): Promise<readonly Difference[]> {
  await clear(project);
  await plant(project, seedsOf(probes));
  return differences(wireAsker(project), probes, { stopAtFirst });
}
