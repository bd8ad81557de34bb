import { afterEach, describe, expect, it } from 'vitest';
import { START, openField, type Field } from '../support/races/field.ts';
import { describeResult, raceForAll, raceForTake, type Result } from '../support/races/rounds.ts';
import { withCatchAll, withoutTakeGuard } from '../support/rules/mutants.ts';
import { rulesSource } from '../support/rules/suite.ts';

const SEED = Number(process.env['RACE_SEED'] ?? Date.now() % 1_000_000);
/** How many times as many rounds as usual. */
const FACTOR = Number(process.env['RACE_FACTOR'] ?? 1);

let field: Field | null = null;
afterEach(async () => {
  await field?.close();
  field = null;
});

const told = (name: string, result: Result): Result => {
  process.stdout.write(describeResult(name, SEED, result));
  return result;
};

describe('Take, when several press it in the same instant', () => {
  it.each([
    [2, 2_000],
    [6, 800],
    [50, 200],
  ])(
    'is for exactly one of %i people, in each of %i rounds, and for nobody while it is held',
    async (people, rounds) => {
      field = await openField(`demo-races-${people}`, people);
      const result = told(`${people} at once`, await raceForTake(field, rounds * FACTOR, SEED));
      expect(result.violations).toEqual([]);
      expect(result.won).toHaveLength(result.rounds);
    },
    600_000,
  );

  it('tells each loser who was faster', async () => {
    field = await openField('demo-races-told', 6);
    const ids = Array.from({ length: 30 }, (_, n) => `told-${n}`);
    await field.free(ids);
    for (const id of ids) {
      const seen = { id, assignment: { version: START.version, at: 0, by: '' } };
      const results = await Promise.all(field.racers.map(({ act }) => act.take(seen)));
      const { holder } = await field.pointOf(id);
      const losses = results.filter(({ ok }) => !ok);
      expect(losses).toHaveLength(field.racers.length - 1);
      for (const loss of losses) {
        expect(loss).toEqual({
          ok: false,
          code: 'already-held',
          holder: { kind: 'agent', id: holder },
        });
      }
    }
  }, 120_000);
});

describe('takes, releases, replies and assignments at once', () => {
  it('leave versions 1, 2, 3 … once each, every change on the record, and replies by holders only', async () => {
    field = await openField('demo-races-mixed', 6);
    const result = told('mixed', await raceForAll(field, 150 * FACTOR, SEED));
    expect(result.violations).toEqual([]);
    expect(result.denied).toBeGreaterThan(0);
    expect(result.denied).toBeLessThan(result.attempts);
  }, 600_000);
});

describe('the same races, with the rules sabotaged', () => {
  it('show that a take no longer asks whether somebody holds', async () => {
    field = await openField('demo-races-unguarded', 2, withoutTakeGuard(rulesSource()));
    const result = told('without the guard', await raceForTake(field, 20, SEED));
    expect(result.violations.length).toBeGreaterThanOrEqual(20);
  }, 120_000);

  it('show that a catch-all lets everybody win', async () => {
    field = await openField('demo-races-catch-all', 6, withCatchAll(rulesSource()));
    const result = told('with a catch-all', await raceForTake(field, 20, SEED));
    expect(result.violations.length).toBeGreaterThanOrEqual(20);
  }, 120_000);
});
