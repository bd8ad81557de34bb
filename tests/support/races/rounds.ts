import { randomFrom, shuffled } from '../random.ts';
import { START, type Field, type Racer } from './field.ts';
import { violations, type Attempt, type History, type ReplyAttempt } from './history.ts';

/** What some rounds came to. */
export interface Result {
  readonly rounds: number;
  readonly attempts: number;
  readonly denied: number;
  /** Sentences, with the round they are about. */
  readonly violations: readonly string[];
  /** ms until a winner and until a loser knew. */
  readonly won: readonly number[];
  readonly lost: readonly number[];
}

/** Rounds that run at the same time, each about a conversation of its own. */
const IN_FLIGHT = 4;
/** Losers of a round who look at the conversation again and take it nevertheless. */
const INSISTING = 2;

/**
 * Rounds in which everybody presses Take in the same instant. Some of those who lost then read what
 * holds now and try to take it from its holder: an honest app would not, so the rules must say no.
 */
export async function raceForTake(field: Field, rounds: number, seed: number): Promise<Result> {
  const random = randomFrom(seed);
  return playRounds(field, 'take', rounds, async (id, clock) => {
    const first = await Promise.all(
      shuffled(field.racers, random).map((racer) => clock(() => racer.take(id, START.version))),
    );
    const losers = field.racers.filter((racer) =>
      first.some(({ uid, outcome }) => uid === racer.uid && outcome === 'denied'),
    );
    const { version } = await field.pointOf(id);
    const again = await Promise.all(
      losers.slice(0, INSISTING).map((racer) => racer.take(id, version)),
    );
    const none = first.every(({ outcome }) => outcome === 'denied');
    return {
      attempts: [...first, ...again],
      replies: [],
      also: none ? ['nobody got it'] : [],
    };
  });
}

type Act = (racer: Racer) => Promise<Attempt | ReplyAttempt>;

/** Acts of one person in a mixed round, one after another. */
const ACTS = 4;

/**
 * Rounds in which everybody takes, releases and replies as they like, while the supervisor assigns:
 * each reads what holds now, and acts on it, whether it makes sense or not.
 */
export async function raceForAll(field: Field, rounds: number, seed: number): Promise<Result> {
  const random = randomFrom(seed);
  return playRounds(field, 'mixed', rounds, async (id) => {
    const attempts: Attempt[] = [];
    const replies: ReplyAttempt[] = [];
    const act = async (racer: Racer, turn: number): Promise<void> => {
      const { version } = await field.pointOf(id);
      const chance = random();
      const did: Act =
        chance < 0.5
          ? (one) => one.take(id, version)
          : chance < 0.75
            ? (one) => one.release(id, version)
            : (one) => one.reply(id, version, `reply-${one.uid}-${turn}`);
      const outcome = await did(racer);
      if ('fence' in outcome) replies.push(outcome);
      else attempts.push(outcome);
    };
    const person = async (racer: Racer): Promise<void> => {
      for (let turn = 0; turn < ACTS; turn += 1) await act(racer, turn);
    };
    const supervisor = async (): Promise<void> => {
      for (let turn = 0; turn < ACTS; turn += 1) {
        const { version } = await field.pointOf(id);
        const to = field.racers[Math.floor(random() * field.racers.length)]!.uid;
        attempts.push(await field.assign(id, to, version, `${id}-${turn}`));
      }
    };
    await Promise.all([supervisor(), ...shuffled(field.racers, random).map(person)]);
    return { attempts, replies, also: [] };
  });
}

interface Played extends Pick<History, 'attempts' | 'replies'> {
  readonly also: readonly string[];
}
type Clock = (act: () => Promise<Attempt>) => Promise<Attempt>;

async function playRounds(
  field: Field,
  name: string,
  rounds: number,
  play: (id: string, clock: Clock) => Promise<Played>,
): Promise<Result> {
  const won: number[] = [];
  const lost: number[] = [];
  const clock: Clock = async (act) => {
    const started = performance.now();
    const attempt = await act();
    (attempt.outcome === 'done' ? won : lost).push(performance.now() - started);
    return attempt;
  };
  const ids = Array.from({ length: rounds }, (_, n) => `${name}-${field.racers.length}-${n}`);
  await field.free(ids);
  const found: string[] = [];
  let attempts = 0;
  let denied = 0;
  const queue = ids.values();
  const player = async (): Promise<void> => {
    for (const id of queue) {
      const played = await play(id, clock);
      const history = { start: START, ...played, ...(await field.read(id)) };
      const tries = [...played.attempts, ...played.replies];
      attempts += tries.length;
      denied += tries.filter(({ outcome }) => outcome === 'denied').length;
      found.push(...[...violations(history), ...played.also].map((what) => `${id}: ${what}`));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, player));
  return { rounds, attempts, denied, violations: found, won, lost };
}

const percentile = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? '–' : `${value.toFixed(0)} ms`;
};

const times = ({ won, lost }: Result): string =>
  won.length === 0
    ? ''
    : `; winner p50 ${percentile(won, 0.5)}, p95 ${percentile(won, 0.95)}` +
      `, loser p50 ${percentile(lost, 0.5)}, p95 ${percentile(lost, 0.95)}`;

/** A line for whoever runs them. */
export const describeResult = (name: string, seed: number, result: Result): string =>
  `  ${name}: ${result.rounds} rounds, ${result.attempts} attempts, ${result.denied} denied, ` +
  `${result.violations.length} violations${times(result)}; repeat with RACE_SEED=${seed}\n`;
