/** The background of the webhook in a process of its own: drains that are asked for, and the sweep. */
import { drain, portsOn, sweep } from '@switchboard/functions/testing';
import { required } from '../lib/row.ts';

/** As often as production's schedule enqueues it, ms. */
const SWEEP_EVERY = 60_000;

const { ports } = portsOn(required('BENCH_PROJECT'));

// What a drain does not finish the sweep finds.
process.on('message', (receiptId: string) => void drain(ports, receiptId).catch(() => undefined));
process.on('disconnect', () => process.exit(0));

let sweeping = false;
setInterval(() => {
  if (sweeping) return;
  sweeping = true;
  void sweep(ports)
    .catch(() => undefined)
    .finally(() => (sweeping = false));
}, SWEEP_EVERY);
