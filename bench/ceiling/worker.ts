/** One instance: writes batches as fast as it can, the real way or the bare one. */
import { portsOn, sideBySide } from '@switchboard/functions/testing';
import { now, required } from '../lib/row.ts';
import { bareOn } from './bare.ts';
import type { Batch } from './batches.ts';
import type { Counts } from './counted.ts';
import { realOn } from './real.ts';

/** Which side a round measures. */
export type Side = 'real' | 'bare';

/** A round as an instance is asked for it. */
export interface Order {
  readonly side: Side;
  readonly batches: readonly Batch[];
}

/** What came of it. Times are epoch ms. */
export interface Report extends Readonly<Counts> {
  readonly from: number;
  readonly to: number;
  /** CPU time of the process, ms. */
  readonly cpu: number;
}

/** Requests in one instance's hands at the same time. */
const IN_FLIGHT = 4;

const counts: Record<Side, Counts> = {
  real: { reads: 0, writes: 0 },
  bare: { reads: 0, writes: 0 },
};
const prepare = realOn(required('BENCH_PROJECT'), counts.real);
const writeBare = bareOn(portsOn(`${required('BENCH_PROJECT')}-bare`).db, counts.bare);

async function run({ side, batches }: Order): Promise<Report> {
  counts[side].reads = counts[side].writes = 0;
  const works =
    side === 'real' ? batches.map(prepare) : batches.map((batch) => () => writeBare(batch));
  const from = now();
  const before = process.cpuUsage();
  await sideBySide(IN_FLIGHT, works, (work) => work());
  const { user, system } = process.cpuUsage(before);
  return { from, to: now(), cpu: (user + system) / 1000, ...counts[side] };
}

process.on('message', (order: Order) => void run(order).then((report) => process.send?.(report)));
process.on('disconnect', () => process.exit(0));
