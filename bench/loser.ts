/** Row 5: how soon whoever loses a race for a conversation knows it, and who was faster. */
import { quietly } from '../tests/support/data/clients.ts';
import { openOffice, type Desk, type Office } from '../tests/support/data/office.ts';
import { actionsOf } from '../web/src/data/actions.ts';
import { measure, now, type Asked, type Figure } from './lib/row.ts';
import { percentile } from './lib/stats.ts';

const CROWDS = [2, 6, 50];
/** Rounds before the first that counts: clients open their connections. */
const WARM_UP = 3;

/** What one race came to, ms from the moment all pressed. */
interface Race {
  readonly winners: number;
  readonly won: readonly number[];
  /** The rules had refused. */
  readonly refused: readonly number[];
  /** The screen can say who has it. */
  readonly knew: readonly number[];
  /** Losers who were told anything but who has it. */
  readonly unnamed: number;
}

/** A colleague's Take through the app's own code, with the moment at which the rules had answered. */
async function take(desk: Desk, conversation: Parameters<Desk['act']['take']>[0]) {
  let answered = 0;
  const store: Desk['store'] = {
    ...desk.store,
    commit: (writes) => desk.store.commit(writes).finally(() => (answered = now())),
  };
  const { take: press } = actionsOf({
    person: () => desk.person,
    store: () => Promise.resolve(store),
    isOffline: () => false,
  });
  const result = await press(conversation);
  return { result, answered, done: now() };
}

async function race(office: Office, desks: readonly Desk[], id: string): Promise<Race> {
  const conversation = await office.conversation(id);
  const pressed = now();
  const outcomes = await Promise.all(desks.map((desk) => take(desk, conversation)));
  const winners = outcomes.filter(({ result }) => result.ok);
  const losers = outcomes.filter(({ result }) => !result.ok);
  return {
    winners: winners.length,
    won: winners.map(({ done }) => done - pressed),
    refused: losers.map(({ answered }) => answered - pressed),
    knew: losers.map(({ done }) => done - pressed),
    unnamed: losers.filter(({ result }) => result.ok || !result.holder).length,
  };
}

const roundsOf = (asked: Asked, crowd: number): number =>
  Math.max(5, crowd > 10 ? Math.ceil(asked.rounds / 4) : asked.rounds);

async function races(office: Office, desks: readonly Desk[], rounds: number) {
  const found: Race[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const one = await race(office, desks, `race-${desks.length}-${round + WARM_UP}`);
    if (round >= 0) found.push(one);
  }
  return found;
}

function figuresOf(crowd: number, found: readonly Race[]): readonly Figure[] {
  const ms = (
    title: string,
    of: (one: Race) => readonly number[],
    goal: number | null,
  ): Figure => ({
    name: `${crowd} at once: ${title}`,
    value: percentile(found.flatMap(of), 95),
    unit: 'ms',
    goal,
  });
  const wrong = found.filter(({ winners, unnamed }) => winners !== 1 || unnamed > 0).length;
  return [
    ms('loser knows who has it, p95', ({ knew }) => knew, 150),
    ms('of that, until the rules refused, p95', ({ refused }) => refused, null),
    ms('winner knows, p95', ({ won }) => won, null),
    {
      name: `${crowd} at once: rounds without exactly one winner known to all`,
      value: wrong,
      unit: '',
      goal: 0,
    },
  ];
}

await measure(async (asked) => {
  quietly();
  const office = await openOffice('demo-bench-race');
  const figures: Figure[] = [];
  const samples: Record<string, readonly number[]> = {};
  for (const crowd of CROWDS) {
    const uids = Array.from({ length: crowd }, (_, index) => `agent-${crowd}-${index}`);
    const desks = await Promise.all(uids.map((uid) => office.desk(uid)));
    const found = await races(office, desks, roundsOf(asked, crowd));
    figures.push(...figuresOf(crowd, found));
    samples[`${crowd} at once: loser knows`] = found.flatMap(({ knew }) => knew);
  }
  await office.close();
  const rounds = CROWDS.map((crowd) => `${roundsOf(asked, crowd)} rounds of ${crowd}`).join(', ');
  return {
    figures,
    samples,
    setting: `${rounds}; the app's own Take (web SDK, one commit, then the reads that name the holder) under the rules, all clients in one Node process`,
  };
});
