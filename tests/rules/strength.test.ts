import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../support/random.ts';
import { describeGap, gapId } from '../support/rules/coverage.ts';
import { judge, survey, type Survey } from '../support/rules/mutation.ts';
import { mutantsOf, sabotagesOf } from '../support/rules/mutants.ts';
import { readRules } from '../support/rules/source.ts';
import { EQUIVALENT, rulesSource } from '../support/rules/suite.ts';

/** How much the probes of the other files would notice. */

const PROJECT = 'demo-rules-strength';
const PATIENCE = 600_000;

/** Conditions that need not be seen both ways, as `gapId` names them, each with the reason. */
const ALLOWED = JSON.parse(
  readFileSync(new URL('coverage-allowed.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

const source = rulesSource();
const mutants = mutantsOf(source, readRules(source));

let surveyed: Survey;
beforeAll(async () => {
  surveyed = await survey(PROJECT, source);
}, PATIENCE);

describe('coverage', () => {
  it('has every condition of the rules seen both true and false', () => {
    const open = surveyed.gaps.filter((gap) => !(gapId(gap) in ALLOWED));
    expect(open.map(describeGap)).toEqual([]);
  });

  it('has nothing on the list of exceptions that is covered or gone', () => {
    const open = new Set(surveyed.gaps.map(gapId));
    expect(Object.keys(ALLOWED).filter((id) => !open.has(id))).toEqual([]);
  });
});

const SAMPLE = 50;
/** The same for the same rules: a change that a new sample finds unnoticed is a change's own doing. */
const ofTheRules = (): number => createHash('sha256').update(source).digest().readUInt32BE();
const seed = Number(process.env['MUTATE_SEED'] ?? ofTheRules());

describe('the probes', () => {
  it.each(sabotagesOf(source).map((sabotage) => [sabotage.id, sabotage] as const))(
    'notice when %s',
    async (_, sabotage) => {
      for await (const { killedBy } of judge(PROJECT, surveyed, [sabotage])) {
        expect(killedBy).not.toBeNull();
      }
    },
    PATIENCE,
  );

  it(
    `notice each of ${SAMPLE} small changes of the rules (MUTATE_SEED=${seed})`,
    async () => {
      const candidates = mutants.filter(({ id }) => !(id in EQUIVALENT));
      const survivors: string[] = [];
      for await (const verdict of judge(PROJECT, surveyed, sample(candidates, SAMPLE, seed))) {
        const { mutant, killedBy } = verdict;
        if (killedBy === null) survivors.push(`${mutant.place} ${mutant.id}`);
      }
      process.stdout.write(
        `  ${SAMPLE - survivors.length} of ${SAMPLE} mutants noticed, of ${mutants.length} in all; ` +
          `repeat with MUTATE_SEED=${seed}\n`,
      );
      expect(survivors).toEqual([]);
    },
    PATIENCE,
  );

  it('leave nothing on the list of equivalent mutants that is no mutant', () => {
    const ids = new Set(mutants.map(({ id }) => id));
    expect(Object.keys(EQUIVALENT).filter((id) => !ids.has(id))).toEqual([]);
  });
});
