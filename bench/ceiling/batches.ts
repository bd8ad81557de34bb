/** What both sides of the ceiling write: batches of new messages, each message once. Pure. */
import { seeded } from '../lib/random.ts';
import { customerOf, CUSTOMERS, type PlannedMessage } from '../webhook/traffic.ts';

/** Messages of one request. */
export type Batch = readonly PlannedMessage[];

/** As in row 1: each size as often. */
const LARGEST = 20;

/** Batches of 1 to 20 messages from anybody, a twentieth from the ten hot customers. */
export function planBatches(asked: {
  readonly seed: number;
  readonly messages: number;
  /** Put before every message id, so that two plans never share one. */
  readonly name: string;
}): readonly Batch[] {
  const random = seeded(asked.seed);
  const customers = Array.from({ length: asked.messages }, () => customerOf(random));
  return cut(asked.name, customers, () => 1 + Math.floor(random() * LARGEST));
}

/** Everybody's first message. */
export const firstMessages = (name: string): readonly Batch[] =>
  cut(
    name,
    Array.from({ length: CUSTOMERS }, (_, customer) => customer),
    () => LARGEST,
  );

function cut(name: string, customers: readonly number[], size: () => number): readonly Batch[] {
  const messages = customers.map((customer, index) => ({
    wamid: `wamid.${name}.${index}`,
    customer,
    writtenAt: index,
  }));
  const batches: Batch[] = [];
  for (let start = 0; start < messages.length;) {
    const end = start + size();
    batches.push(messages.slice(start, end));
    start = end;
  }
  return batches;
}

/** The batches of each of several instances, by turns. */
export const deal = (batches: readonly Batch[], instances: number): readonly (readonly Batch[])[] =>
  Array.from({ length: instances }, (_, own) =>
    batches.filter((_batch, index) => index % instances === own),
  );
