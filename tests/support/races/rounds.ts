import { randomFrom, shuffled } from '../random.ts';
import { START, type Field, type Racer } from './field.ts';
import {
  doubleHolders,
  violations,
  type Attempt,
  type History,
  type Point,
  type ReplyAttempt,
} from './history.ts';
import { wishesOf, wishOf, type Wish } from './wishes.ts';

/** What some rounds came to. */
export interface Result {
  readonly rounds: number;
  readonly attempts: number;
  readonly denied: number;
  /** Attempts whose answer nobody heard. */
  readonly unknown: number;
  /** How often somebody was made the holder beside another, or over one. */
  readonly doubles: number;
  /** Sentences, with the conversation they are about. */
  readonly violations: readonly string[];
  /** ms until a winner and until a loser knew. */
  readonly won: readonly number[];
  readonly lost: readonly number[];
}

/** Conversations that are raced for at the same time, each in rounds of its own. */
const IN_FLIGHT = 4;
/** Losers of a round who look at the conversation again and take it nevertheless. */
const INSISTING = 2;

const takeOf = (racer: Racer, id: string, version: number): Wish =>
  wishOf(racer, 'take', id, { version }, { to: '', commandId: '' });

/**
 * Rounds in which everybody presses Take in the same instant, each on a conversation of its own. Some
 * of those who lost then read what holds now and try to take it from its holder: an honest app would
 * not, so the rules must say no.
 */
export async function raceForTake(field: Field, rounds: number, seed: number): Promise<Result> {
  const ids = idsOf('take', field, rounds);
  return race(field, { ids, roundsEach: 1, seed }, async (id, clock, random) => {
    const first = await Promise.all(
      shuffled(field.racers, random).map((racer) =>
        clock(() => racer.attempt(takeOf(racer, id, START.version))),
      ),
    );
    const losers = field.racers.filter((racer) =>
      first.some(({ uid, outcome }) => uid === racer.uid && outcome === 'denied'),
    );
    const { version } = await field.pointOf(id);
    const again = await Promise.all(
      losers.slice(0, INSISTING).map((racer) => racer.attempt(takeOf(racer, id, version))),
    );
    const none = first.every(({ outcome }) => outcome === 'denied');
    return {
      attempts: [...first, ...again],
      replies: [],
      also: none ? ['nobody got it'] : [],
    };
  });
}

/** Rounds that one conversation goes through: its versions are a log of this many at most. */
const ROUNDS_EACH = 10;
/** How often somebody acts on what the round before showed. */
const BEHIND = 0.1;
/** How often a request, or its answer, is lost on its way. */
const LOST = 0.02;
/** How often somebody replies instead, under the fence they see. */
const REPLIES = 0.1;

/**
 * Rounds in which everybody takes, releases, assigns, resolves, reopens or replies in the same
 * instant, on what they saw before it. Some see what the round before left; some requests never
 * arrive, and some answers are never heard.
 */
export async function raceForAll(field: Field, rounds: number, seed: number): Promise<Result> {
  const ids = idsOf('mixed', field, Math.ceil(rounds / ROUNDS_EACH));
  return race(field, { ids, roundsEach: ROUNDS_EACH, seed }, async (id, clock, random) => {
    const attempts: Attempt[] = [];
    const replies: ReplyAttempt[] = [];
    let before = START;
    for (let round = 0; round < ROUNDS_EACH; round += 1) {
      const now = await field.pointOf(id);
      const people = shuffled(field.racers, random);
      const seenBy = (): Point => (random() < BEHIND ? before : now);
      const crowd = { people, supervisors: field.supervisors, random };
      const wishes = wishesOf(crowd, id, seenBy, round);
      const acts = wishes.map((wish, index) => {
        const racer = people[index] as Racer;
        return random() < REPLIES
          ? async () => void replies.push(await replyOf(racer, wish, round))
          : async () => void attempts.push(await clock(over(racer, wish, random)));
      });
      await Promise.all(acts.map((act) => act()));
      before = now;
    }
    return { attempts, replies, also: [] };
  });
}

const replyOf = (racer: Racer, { conversationId, version }: Wish, round: number) =>
  racer.reply(conversationId, version - 1, `reply-${round}-${racer.uid}`);

/** Sends a wish over a network that loses some. Chance is drawn now, whatever is slow later. */
function over(racer: Racer, wish: Wish, random: () => number): () => Promise<Attempt> {
  const chance = random();
  if (chance < LOST / 2) return () => Promise.resolve({ ...wish, outcome: 'unknown' });
  if (chance < LOST) return async () => ({ ...(await racer.attempt(wish)), outcome: 'unknown' });
  return () => racer.attempt(wish);
}

interface Played extends Pick<History, 'attempts' | 'replies'> {
  readonly also: readonly string[];
}
type Clock = (act: () => Promise<Attempt>) => Promise<Attempt>;

const idsOf = (name: string, { racers }: Field, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${name}-${racers.length}-${n}`);

/**
 * Plays on each conversation, some at a time, and judges what is left of it. Each has chance of its
 * own, so that the seed decides it whoever is faster elsewhere.
 */
async function race(
  field: Field,
  asked: { readonly ids: readonly string[]; readonly roundsEach: number; readonly seed: number },
  play: (id: string, clock: Clock, random: () => number) => Promise<Played>,
): Promise<Result> {
  const won: number[] = [];
  const lost: number[] = [];
  const clock: Clock = async (act) => {
    const started = performance.now();
    const attempt = await act();
    const taken = performance.now() - started;
    if (attempt.outcome !== 'unknown') (attempt.outcome === 'done' ? won : lost).push(taken);
    return attempt;
  };
  const { ids, roundsEach, seed } = asked;
  await field.free(ids);
  const judged: Judged[] = [];
  const queue = ids.entries();
  const player = async (): Promise<void> => {
    for (const [nth, id] of queue) {
      const played = await play(id, clock, randomFrom(seed + nth));
      judged.push(await judge(field, id, played));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, player));
  return { rounds: ids.length * roundsEach, ...sumOf(judged), won, lost };
}

type Judged = Pick<Result, 'attempts' | 'denied' | 'unknown' | 'doubles' | 'violations'>;

async function judge(field: Field, id: string, played: Played): Promise<Judged> {
  const { supervisors } = field;
  const history = { start: START, supervisors, ...played, ...(await field.read(id)) };
  const tries = [...played.attempts, ...played.replies];
  const ended = (as: Attempt['outcome']) => tries.filter(({ outcome }) => outcome === as).length;
  return {
    attempts: tries.length,
    denied: ended('denied'),
    unknown: ended('unknown'),
    doubles: doubleHolders(history),
    violations: [...violations(history), ...played.also].map((what) => `${id}: ${what}`),
  };
}

/** Results of several races as one, without their times. */
export function sumOf(all: readonly Judged[]): Judged {
  const sum = (of: (one: Judged) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    attempts: sum(({ attempts }) => attempts),
    denied: sum(({ denied }) => denied),
    unknown: sum(({ unknown }) => unknown),
    doubles: sum(({ doubles }) => doubles),
    violations: all.flatMap((one) => one.violations),
  };
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
  `${result.unknown} unanswered, ${result.violations.length} violations${times(result)}; ` +
  `repeat with RACE_SEED=${seed}\n`;
