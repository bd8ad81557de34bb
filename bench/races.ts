/** Row 6: raced rounds in thousands, the log of versions checked, and whether the check would notice. */
import { openField, type Sabotage } from '../tests/support/races/field.ts';
import { raceForAll, sumOf, type Result } from '../tests/support/races/rounds.ts';
import { withoutTakeGuard } from '../tests/support/rules/mutants.ts';
import { rulesSource } from '../tests/support/rules/suite.ts';
import { measure, now, type Asked, type Figure } from './lib/row.ts';

/** People in a round, and which share of the rounds has so many. */
const CROWDS = [
  [2, 0.6],
  [6, 0.3],
  [50, 0.1],
] as const;
/** Rounds for each of `BENCH_N`: the full 200 are 10,000. */
const TIMES = 50;
/** Rounds of a sabotaged race: an honest one of this size has never had a fault. */
const SABOTAGED_ROUNDS = 100;

/** What somebody might break; each must show. */
const SABOTAGES: Readonly<Record<string, () => Sabotage>> = {
  'a take that does not ask who holds': () => ({ rules: withoutTakeGuard(rulesSource()) }),
  'commands without the guard of their commit': () => ({ unguarded: true }),
};

async function race(
  name: string,
  people: number,
  rounds: number,
  seed: number,
  sabotage?: Sabotage,
): Promise<Result> {
  const field = await openField(`demo-bench-${name}`, people, sabotage);
  const result = await raceForAll(field, rounds, seed);
  await field.close();
  return result;
}

const count = (name: string, value: number, goal: number | null): Figure => ({
  name,
  value,
  unit: '',
  goal,
});

async function honest({ rounds, seed }: Asked) {
  const started = now();
  const results: Result[] = [];
  const samples: Record<string, readonly number[]> = {};
  for (const [people, share] of CROWDS) {
    const one = await race(
      `races-${people}`,
      people,
      rounds * TIMES * share,
      seed + 10_000 * people,
    );
    results.push(one);
    samples[`${people} at once: winner knows`] = one.won;
    samples[`${people} at once: loser knows`] = one.lost;
  }
  const { attempts, denied, unknown, doubles, violations } = sumOf(results);
  for (const violation of violations.slice(0, 20)) process.stdout.write(`  ${violation}\n`);
  const played = results.reduce((sum, result) => sum + result.rounds, 0);
  const figures = [
    count('rounds', played, null),
    count('double holders', doubles, 0),
    count('versions, events, denials or replies that are wrong', violations.length, 0),
    count('attempts', attempts, null),
    count('of them denied', denied, null),
    count('of them without an answer', unknown, null),
  ];
  return { figures, samples, played, seconds: (now() - started) / 1000 };
}

/** Each sabotage in a short race; the honest check must find it. */
async function sabotaged({ seed }: Asked): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const [name, sabotage] of Object.entries(SABOTAGES)) {
    const project = `sabotage-${found.length}`;
    const { violations } = await race(project, 6, SABOTAGED_ROUNDS, seed, sabotage());
    found.push({
      ...count(`faults found with ${name}`, violations.length, null),
      goal: { atLeast: 1 },
    });
  }
  return found;
}

await measure(async (asked) => {
  const { figures, samples, played, seconds } = await honest(asked);
  const shares = CROWDS.map(([people, share]) => `${share * 100} % of ${people}`).join(', ');
  return {
    figures: [...figures, ...(await sabotaged(asked))],
    samples,
    setting: `${played} rounds in ${Math.round(seconds)} s: ${shares} people who take, release, assign, resolve, reopen or reply in the same instant; a tenth act on the round before, one in fifty requests or answers is lost`,
  };
});
