/**
 * A whole workspace in virtual time: customers write, colleagues answer, Meta fails, processes die.
 * When everything has come to rest nothing may be lost, and nothing doubled.
 */
import { audit, balanceOf, type Balance } from './audit.ts';
import { people, type People, type Talk } from './people.ts';
import type { Call, Chaos, Fate } from './process.ts';
import { aWorld, START, type Asked, type Sabotage, type World } from './world.ts';

/** What a run is asked for. */
export interface SoakAsked {
  readonly seed: number;
  readonly messages: number;
  /** Ends one process at this call, counted from 1; then nothing else goes wrong and calls take their time evenly. */
  readonly kill?: { readonly step: number; readonly when: 'before' | 'after' };
  /** Nothing dies and nothing fails: the words of Meta are repeated and mixed, no more. */
  readonly gentle?: boolean;
  readonly sabotage?: Sabotage;
  readonly noted?: Asked['noted'];
}

/** What came of a run. */
export interface SoakReport {
  readonly wrong: readonly string[];
  readonly steps: number;
  /** Hours of virtual time until everything had come to rest. */
  readonly hours: number;
  readonly deaths: number;
  readonly failures: number;
  readonly balance: Balance | null;
  readonly written: number;
  readonly replies: number;
}

const MINUTE = 60_000;
/** How long everybody may take to say all they have to say: with days of waiting the ledger would not show it. */
const PATIENCE = 6 * 60 * MINUTE;
/** Minutes without anything that waits, after which nothing comes any more: longer than a platform lets a job run. */
const CALM = 8;
/** Sweeps after which whatever still waits will wait for ever. */
const SWEEPS = 240;

export async function soak(asked: SoakAsked): Promise<SoakReport> {
  const tally = { deaths: 0, failures: 0 };
  const world = aWorld({
    seed: asked.seed,
    failing: asked.kill ? 0 : 0.3,
    repeating: asked.kill ? 0 : 0.08,
    uneven: asked.kill === undefined,
    chaos: chaosOf(asked),
    ...(asked.sabotage ? { sabotage: asked.sabotage } : {}),
    noted: (step, call, fate, at) => {
      if (fate.startsWith('dies')) tally.deaths += 1;
      else if (fate !== 'goes through') tally.failures += 1;
      asked.noted?.(step, call, fate, at);
    },
  });
  const crowd = people(world, talkOf(asked));
  const rest = await untilRest(world, crowd, asked.kill ? 2 : CALM);
  const hours = (world.simulation.now() - START) / (60 * MINUTE);
  const ledger = await readLedger(world);
  if (rest.length === 0) await untilMediaRests(world);
  const disturbed = tally.deaths + tally.failures > 0;
  const replies = crowd.threads.flatMap(({ phases }) => phases.flatMap((one) => one.replies));
  return {
    wrong: [...rest, ...(ledger?.wrong ?? []), ...audit(world, crowd, disturbed)],
    steps: world.steps(),
    hours,
    ...tally,
    balance: ledger?.balance ?? null,
    written: talkOf(asked).messages,
    replies: replies.length,
  };
}

const talkOf = ({ messages, kill }: SoakAsked): Talk =>
  kill
    ? { messages, customers: 1, span: messages * 2_000, cases: true, noise: 0 }
    : {
        messages,
        customers: Math.max(3, Math.ceil(messages / 25)),
        // Twenty a second, and those who write a lot are answered meanwhile.
        span: Math.max(messages * 50, 120_000),
        cases: true,
        noise: Math.ceil(messages / 50),
      };

function chaosOf({ kill, gentle }: SoakAsked): Asked['chaos'] {
  if (gentle) return () => () => 'goes through';
  if (kill) return () => (step) => (step === kill.step ? `dies ${kill.when}` : 'goes through');
  return ({ simulation, isCalm }): Chaos =>
    (_, { asked }: Call): Fate => {
      const chance = simulation.random();
      if (isCalm()) return 'goes through';
      if (chance < 0.002) return 'dies before';
      if (chance < 0.004) return 'dies after';
      const fails = asked.startsWith('store.') || asked.startsWith('tasks.');
      if (!fails || chance > 0.012) return 'goes through';
      const writes = asked === 'store.commit' || asked === 'store.create';
      if (chance < 0.008 || asked.startsWith('store.') !== writes) return 'fails before';
      return chance < 0.01 || !writes ? 'fails after' : 'meets itself';
    };
}

/** Sweeps every minute, each in its turn, as the schedule does. */
function keepSweeping(world: World, every: number): () => void {
  let running = false;
  let stop: () => void = () => undefined;
  const next = (): void => {
    stop = world.simulation.after(every, () => {
      if (!running) {
        running = true;
        world.run(
          'sweep',
          (ports) => world.code.sweep(ports),
          () => (running = false),
        );
      }
      next();
    });
  };
  next();
  return () => stop();
}

/** Lets everybody say all they have to say, then calms everything and waits until nothing waits. */
async function untilRest(world: World, crowd: People, enough: number): Promise<readonly string[]> {
  const { simulation: sim } = world;
  const stop = keepSweeping(world, MINUTE);
  while (!crowd.isDone() && sim.now() < START + PATIENCE)
    await sim.run(() => false, sim.now() + MINUTE / 6);
  world.calm();
  let calm = 0;
  for (let sweeps = 0; sweeps < SWEEPS && calm < enough; sweeps += 1) {
    await sim.run(() => false, sim.now() + MINUTE);
    calm = waiting(world).length === 0 ? calm + 1 : 0;
  }
  stop();
  return [
    ...waiting(world).map((what) => `does not come to rest: ${what}`),
    ...(crowd.isDone() ? [] : ['somebody waits for ever to resolve']),
  ];
}

function waiting({ database, meta }: World): readonly string[] {
  const found = (collection: string, field: string, value: string) =>
    database
      .query({ collection, everywhere: true, where: [[field, '==', value]], limit: 3 })
      .map(({ path }) => `${path} is ${value}`);
  return [
    ...found('journal', 'fate', 'new'),
    ...found('journal', 'fate', 'retry'),
    ...found('timeline', 'state', 'queued'),
    ...found('timeline', 'state', 'sending'),
    ...(meta.outstanding() > 0 ? [`${meta.outstanding()} updates of Meta are unanswered`] : []),
  ];
}

/** Media is tried again for days. */
async function untilMediaRests(world: World): Promise<void> {
  const { simulation: sim, database } = world;
  const stop = keepSweeping(world, 30 * MINUTE);
  const waits = () =>
    ['pending', 'retrying'].some(
      (state) =>
        database.query({ collection: 'media', where: [['state', '==', state]], limit: 1 }).length >
        0,
    );
  for (let hours = 0; hours < 5 * 24 && waits(); hours += 1)
    await sim.run(() => false, sim.now() + 60 * MINUTE);
  stop();
}

/** The ledger as an admin reads it. */
async function readLedger(world: World) {
  let found: ReturnType<typeof balanceOf> | null = null;
  let ended = false;
  world.run(
    'command',
    (ports) => world.code.ledger(ports, { uid: 'ravi', token: { r: 'admin' } }, { type: 'read' }),
    (ending) => {
      ended = true;
      const answer = 'value' in ending ? ending.value : null;
      if (answer?.code === 'ok' && answer.type === 'read')
        found = balanceOf(answer.hours, answer.sent);
    },
  );
  await world.simulation.run(() => ended, world.simulation.now() + 60 * MINUTE);
  return found as ReturnType<typeof balanceOf> | null;
}

/** A run of which something was wrong, and how to have the same again. */
export interface Wrong {
  readonly asked: SoakAsked;
  readonly wrong: readonly string[];
}

/**
 * A small story, again and again: each time one process dies at the next call, once before the call
 * took effect and once after it. Answers how many calls there were, and the first run that went wrong.
 */
export async function killEverywhere(
  story: Pick<SoakAsked, 'seed' | 'messages' | 'sabotage'>,
  busyWith: (what: string) => void = () => undefined,
): Promise<{ readonly calls: number; readonly wrong: Wrong | null }> {
  const { steps } = await soak({ ...story, kill: { step: Infinity, when: 'before' } });
  for (let step = 1; step <= steps; step += 1)
    for (const when of ['before', 'after'] as const) {
      busyWith(`${when} call ${step} of ${steps}`);
      const asked = { ...story, kill: { step, when } };
      const { wrong } = await soak(asked);
      if (wrong.length > 0) return { calls: steps, wrong: { asked, wrong } };
    }
  return { calls: steps, wrong: null };
}
