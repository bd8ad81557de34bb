import { describe, expect, it } from 'vitest';
import { sample } from '../support/random.ts';
import { judge } from '../support/rules/mutation.ts';
import { mutantsOf, sabotagesOf } from '../support/rules/mutants.ts';
import { readRules } from '../support/rules/source.ts';
import { EQUIVALENT, rulesSource } from '../support/rules/suite.ts';

const SAMPLE = 50;
const source = rulesSource();
const mutants = mutantsOf(source, readRules(source));
const seed = Number(process.env['MUTATE_SEED'] ?? Date.now() % 1_000_000);

describe('the probes', () => {
  it.each(sabotagesOf(source).map((sabotage) => [sabotage.id, sabotage] as const))(
    'notice when %s',
    async (_, sabotage) => {
      for await (const { killedBy } of judge('demo-rules-sabotage', [sabotage])) {
        expect(killedBy).not.toBeNull();
      }
    },
    120_000,
  );

  it(`notice each of ${SAMPLE} small changes of the rules (MUTATE_SEED=${seed})`, async () => {
    const chosen = sample(
      mutants.filter(({ id }) => !(id in EQUIVALENT)),
      SAMPLE,
      seed,
    );
    const survivors: string[] = [];
    for await (const { mutant, killedBy } of judge('demo-rules-mutation', chosen)) {
      if (killedBy === null) survivors.push(`${mutant.place} ${mutant.id}`);
    }
    process.stdout.write(
      `  ${SAMPLE - survivors.length} of ${SAMPLE} mutants noticed, of ${mutants.length} in all; repeat with MUTATE_SEED=${seed}\n`,
    );
    expect(survivors).toEqual([]);
  }, 600_000);

  it('leave nothing on the list of equivalent mutants that is no mutant', () => {
    const ids = new Set(mutants.map(({ id }) => id));
    expect(Object.keys(EQUIVALENT).filter((id) => !ids.has(id))).toEqual([]);
  });
});
