/** Row 1: how fast the webhook answers under Meta's own load, and whether what it took is all there, once. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { channelPath } from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import { portsOn } from '@switchboard/functions/testing';
import { DEMO_NUMBER } from '@switchboard/sandbox';
import { hear, startHelper } from './lib/processes.ts';
import { measure, now, type Asked, type Figure, type Measured } from './lib/row.ts';
import { lags, latencies, percentile } from './lib/stats.ts';
import { startHandler } from './webhook/handler.ts';
import { backlog, readLedger, type Ledger } from './webhook/ledger.ts';
import type { Order, Report, Sent } from './webhook/load.ts';
import { idsOf, planTraffic, type PlannedRequest, type Traffic } from './webhook/traffic.ts';

/** 240 statuses and 24 messages for 80 sent a second: what Meta asks a webhook to take ("Webhooks", throughput). */
const RATE = 264;
const WARM_UP_SECONDS = 3;
/** How long the backlog may take to vanish before the row gives up, ms: several sweeps. */
const PATIENCE = 300_000;

/** Everything that one run gave. */
interface Run {
  readonly plan: readonly PlannedRequest[];
  readonly warmUp: readonly PlannedRequest[];
  readonly report: Report;
  readonly ledger: Ledger;
  readonly drains: number;
  /** CPU time of the answering process, ms. */
  readonly cpu: number;
  readonly troubles: ReadonlyMap<string, number>;
}

async function run(asked: Asked, name: string, largestRequest: number): Promise<Run> {
  const project = `demo-bench-${randomBytes(4).toString('hex')}`;
  const { db } = portsOn(project);
  await db.doc(channelPath(DEMO_NUMBER.phoneNumberId)).set({ ...aChannel() });
  const handler = await startHandler(project, asked.instances);
  const load = startHelper('webhook/load.ts', {});
  const cpuBefore = await handler.cpu();
  const { seed, seconds } = asked;
  const common = { itemsPerSecond: RATE, largestRequest };
  const traffic: Traffic = { ...common, seed, seconds, name };
  const warmUp = { ...common, seed: seed + 1, seconds: WARM_UP_SECONDS, name: `${name}-warm` };
  const order: Order = { ports: handler.ports, warmUp, traffic };
  load.send(order);
  const report = await hear(load, (message) => message as Report);
  load.kill();
  await emptied(() => backlog(db));
  const cpu = (await handler.cpu()) - cpuBefore;
  handler.stop();
  const ledger = await readLedger(db);
  await db.terminate();
  const plans = { plan: planTraffic(traffic), warmUp: planTraffic(warmUp) };
  return { ...plans, report, ledger, drains: handler.drains(), cpu, troubles: handler.troubles() };
}

async function emptied(left: () => Promise<number>): Promise<void> {
  const deadline = now() + PATIENCE;
  while ((await left()) > 0 && now() < deadline) await wait(100);
}

/** When each message was first answered with 200, epoch ms. */
function answeredAt(plan: readonly PlannedRequest[], sent: readonly Sent[]): Map<string, number> {
  const first = new Map<string, number>();
  sent.forEach(({ answered, status }, index) => {
    if (status !== 200) return;
    for (const { wamid } of plan[index]?.messages ?? [])
      first.set(wamid, Math.min(answered, first.get(wamid) ?? Infinity));
  });
  return first;
}

function judge(
  name: string,
  { plan, warmUp, report, ledger, drains, cpu, troubles }: Run,
): Measured {
  const took = answeredAt(plan, report.traffic);
  const known = [...took].filter(([wamid]) => ledger.shownAt.has(wamid));
  const delays = known.map(([wamid, at]) => Math.max(0, (ledger.shownAt.get(wamid) ?? 0) - at));
  const accepted = [...took.keys(), ...answeredAt(warmUp, report.warmUp).keys()];
  const lost = accepted.filter((wamid) => !ledger.shownAt.has(wamid)).length;
  const answers = latencies(report.traffic);
  const end = Math.max(...report.traffic.map(({ intended }) => intended));
  const lastShown = Math.max(...known.map(([wamid]) => ledger.shownAt.get(wamid) ?? 0));
  const not200 = report.traffic.filter(({ status }) => status !== 200).length;
  const ms = (title: string, value: number, goal: number | null): Figure => ({
    name: `${name}: ${title}`,
    value,
    unit: 'ms',
    goal,
  });
  const count = (title: string, value: number, goal: number | null): Figure => ({
    name: `${name}: ${title}`,
    value,
    unit: '',
    goal,
  });
  return {
    figures: [
      ms('answer, p50', percentile(answers, 50), 50),
      ms('answer, p99', percentile(answers, 99), 250),
      ms('shown after its answer, p99', percentile(delays, 99), 2_000),
      ms('last one shown after the end', Math.max(0, lastShown - end), 5_000),
      count('answers other than 200', not200, 0),
      count('lost', lost, 0),
      count('doubled', doubledIn(ledger, plan, warmUp), 0),
      count('requests left to a drain', drains, null),
      ms('CPU of the handler for each item', cpu / itemsIn(plan, warmUp), null),
      ms('generator late, p99', percentile(lags(report.traffic), 99), null),
    ],
    samples: { [`${name}: answer`]: answers, [`${name}: shown after its answer`]: delays },
    setting: `${plan.length} requests with ${idsOf(plan).size} messages${told(troubles, report)}`,
  };
}

/** What went wrong, with how often. */
function told(troubles: ReadonlyMap<string, number>, { traffic }: Report): string {
  const all = new Map(troubles);
  for (const { problem } of traffic)
    if (problem !== '') all.set(problem, (all.get(problem) ?? 0) + 1);
  const list = [...all].map(([event, count]) => `${event}: ${count}`);
  return list.length === 0 ? '' : ` (${list.join(', ')})`;
}

const itemsIn = (...plans: (readonly PlannedRequest[])[]): number =>
  plans.flat().reduce((sum, { messages }) => sum + messages.length, 0);

/** Entries of a message that has one, messages nobody sent, and messages that were counted again. */
function doubledIn(ledger: Ledger, ...plans: (readonly PlannedRequest[])[]): number {
  const sent = new Set(plans.flatMap((plan) => [...idsOf(plan)]));
  const strange = [...ledger.shownAt.keys()].filter((wamid) => !sent.has(wamid)).length;
  return ledger.surplusEntries + strange + Math.abs(ledger.counted - ledger.shownAt.size);
}

await measure(async (asked) => {
  const batched = judge('1 to 20 items', await run(asked, 'batched', 20));
  const single = judge('one item', await run(asked, 'single', 1));
  return {
    figures: [...batched.figures, ...single.figures],
    samples: { ...batched.samples, ...single.samples },
    setting: `${RATE} items/s, open loop, ${asked.seconds} s after ${WARM_UP_SECONDS} s of warm-up; ${batched.setting}, then ${single.setting}; 10 % repeated, 5 % reordered, 5 % to ten hot conversations of 2,000; ${asked.instances} instances by turns`,
  };
});
