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

describe('takes, releases, assignments, resolutions, reopens and replies at once', () => {
  it.each([
    [2, 400],
    [6, 400],
    [50, 40],
  ])(
    'of %i people leave versions 1, 2, 3 … once each, every change on the record, and replies by holders only, in each of %i rounds',
    async (people, rounds) => {
      field = await openField(`demo-races-mixed-${people}`, people);
      const result = told(`mixed, ${people}`, await raceForAll(field, rounds * FACTOR, SEED));
      expect(result.violations).toEqual([]);
      expect(result.doubles).toBe(0);
      expect(result.denied).toBeGreaterThan(0);
      expect(result.won.length).toBeGreaterThan(rounds / 4);
    },
    600_000,
  );
});

describe('the same races, sabotaged', () => {
  it('show that a take no longer asks whether somebody holds', async () => {
    const rules = withoutTakeGuard(rulesSource());
    field = await openField('demo-races-unguarded', 2, { rules });
    const result = told('without the guard', await raceForTake(field, 20, SEED));
    expect(result.doubles).toBeGreaterThanOrEqual(20);
    expect(result.violations.length).toBeGreaterThanOrEqual(20);
  }, 120_000);

  it('show that a catch-all lets everybody win', async () => {
    field = await openField('demo-races-catch-all', 6, { rules: withCatchAll(rulesSource()) });
    const result = told('with a catch-all', await raceForTake(field, 20, SEED));
    expect(result.doubles).toBeGreaterThanOrEqual(20);
    expect(result.violations.length).toBeGreaterThanOrEqual(20);
  }, 120_000);

  it('show that commands no longer demand what they were decided on', async () => {
    field = await openField('demo-races-merge', 6, { unguarded: true });
    const result = told('unguarded commands', await raceForAll(field, 50, SEED));
    expect(result.violations.length).toBeGreaterThan(0);
  }, 120_000);
});
