/** Row 2: how many messages a second the ingest writes at most, and how that compares with bare commits. */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { channelPath } from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import { portsOn } from '@switchboard/functions/testing';
import { DEMO_NUMBER } from '@switchboard/sandbox';
import { deal, firstMessages, planBatches, type Batch } from './ceiling/batches.ts';
import type { Report, Side } from './ceiling/worker.ts';
import { hear, startHelper } from './lib/processes.ts';
import type { Goal } from './lib/goals.ts';
import { measure, type Asked, type Figure, type Measured } from './lib/row.ts';
import { percentile } from './lib/stats.ts';
import { readLedger } from './webhook/ledger.ts';

/** Messages of a round. Short rounds by turns: what else the machine does hits both sides alike. */
const MESSAGES = 600;
/** Pairs of rounds before the first that counts. */
const WARM_UP = 2;
/** Fewest pairs that have a middle worth the name. */
const FEWEST = 7;

/** A round of one side. */
interface Round {
  /** Messages a second. */
  readonly rate: number;
  /** CPU time of the instances for a message, ms. */
  readonly cpu: number;
  /** Documents read and written for a message. */
  readonly reads: number;
  readonly writes: number;
}

/** Both sides with the same messages; which comes first changes. */
type Pair = Readonly<Record<Side, Round>>;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

async function round(
  workers: readonly ChildProcess[],
  side: Side,
  batches: readonly Batch[],
): Promise<Round> {
  const hands = deal(batches, workers.length);
  const reports = await Promise.all(
    workers.map((worker, index) => {
      const report = hear(worker, (message) => message as Report);
      worker.send({ side, batches: hands[index] ?? [] });
      return report;
    }),
  );
  const messages = sum(batches.map(({ length }) => length));
  const from = Math.min(...reports.map((report) => report.from));
  const to = Math.max(...reports.map((report) => report.to));
  return {
    rate: messages / ((to - from) / 1000),
    cpu: sum(reports.map(({ cpu }) => cpu)) / messages,
    reads: sum(reports.map(({ reads }) => reads)) / messages,
    writes: sum(reports.map(({ writes }) => writes)) / messages,
  };
}

async function pair(
  workers: readonly ChildProcess[],
  realFirst: boolean,
  batches: readonly Batch[],
): Promise<Pair> {
  const first = await round(workers, realFirst ? 'real' : 'bare', batches);
  const second = await round(workers, realFirst ? 'bare' : 'real', batches);
  return realFirst ? { real: first, bare: second } : { bare: first, real: second };
}

async function pairs(workers: readonly ChildProcess[], asked: Asked): Promise<readonly Pair[]> {
  await pair(workers, true, firstMessages('first'));
  const found: Pair[] = [];
  for (let index = -WARM_UP; index < Math.max(FEWEST, asked.seconds); index += 1) {
    const plan = { seed: asked.seed + index, messages: MESSAGES, name: `pair${index}` };
    const one = await pair(workers, index % 2 === 0, planBatches(plan));
    if (index >= 0) found.push(one);
  }
  return found;
}

/** Messages that were planned and have no entry, and entries or counts beyond one each. */
async function wrong(db: ReturnType<typeof portsOn>['db'], planned: number): Promise<number> {
  const { shownAt, surplusEntries, counted } = await readLedger(db);
  return Math.abs(planned - shownAt.size) + surplusEntries + Math.abs(counted - shownAt.size);
}

const plain = (name: string, value: number, goal: Goal | null): Figure => ({
  name,
  value: Math.round(value * 1000) / 1000,
  unit: '',
  goal,
});
const rate = (name: string, value: number, goal: Goal | null): Figure => ({
  name,
  value: Math.round(value),
  unit: '/s',
  goal,
});
const ms = (name: string, value: number): Figure => ({ name, value, unit: 'ms', goal: null });

function judge(found: readonly Pair[], mistakes: number): Omit<Measured, 'setting'> {
  const of = (side: Side, part: keyof Round) => found.map((one) => one[side][part]);
  const median = (side: Side, part: keyof Round) => percentile(of(side, part), 50);
  const over = (part: keyof Round) => found.map(({ real, bare }) => real[part] / bare[part]);
  return {
    figures: [
      plain('ingest over bare commits, p50', percentile(over('rate'), 50), { atLeast: 0.6 }),
      rate('messages written in batches, p50', median('real', 'rate'), { atLeast: 1_000 }),
      plain('lost or doubled', mistakes, 0),
      rate('messages by bare commits, p50', median('bare', 'rate'), null),
      ms('CPU of the instances for a message', median('real', 'cpu')),
      ms('CPU of the instances for one by bare commits', median('bare', 'cpu')),
      plain('documents read for a message', median('real', 'reads'), null),
      plain('of the bare side', median('bare', 'reads'), null),
      plain('documents written for a message', median('real', 'writes'), null),
      plain('of the bare side', median('bare', 'writes'), null),
    ],
    samples: { real: of('real', 'rate'), bare: of('bare', 'rate'), ratio: over('rate') },
  };
}

await measure(async (asked) => {
  const project = `demo-bench-${randomBytes(4).toString('hex')}`;
  const { db } = portsOn(project);
  await db.doc(channelPath(DEMO_NUMBER.phoneNumberId)).set({ ...aChannel() });
  const workers = Array.from({ length: asked.instances }, () =>
    startHelper('ceiling/worker.ts', { BENCH_PROJECT: project }),
  );
  const found = await pairs(workers, asked);
  for (const worker of workers) worker.disconnect();
  const planned =
    sum(firstMessages('first').map(({ length }) => length)) + (found.length + WARM_UP) * MESSAGES;
  return {
    ...judge(found, await wrong(db, planned)),
    setting: `${found.length} pairs of ${MESSAGES} messages, in requests of 1 to 20, 5 % to ten hot conversations of 2,000 that are all there; the same reads and writes by the SDK alone, small documents; ${asked.instances} instances`,
  };
});
