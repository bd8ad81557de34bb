/** The webhook's traffic as a plan: who writes what, and in which request it arrives when. Pure. */
import { seeded } from '../lib/random.ts';

/** What is asked for. */
export interface Traffic {
  readonly seed: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  /** Requests carry 1 to this many items, each size as often. */
  readonly largestRequest: number;
  /** Put before every message id, so that two plans never share one. */
  readonly name: string;
}

/** A customer's message. */
export interface PlannedMessage {
  readonly wamid: string;
  /** Which customer, from 0. The first {@link HOT} are the hot ones. */
  readonly customer: number;
  /** When it was written, ms after the start. */
  readonly writtenAt: number;
}

/** A webhook request: when it arrives, ms after the start, and what is in it. */
export interface PlannedRequest {
  readonly at: number;
  readonly messages: readonly PlannedMessage[];
}

/** Customers; each has one conversation. */
export const CUSTOMERS = 2_000;
/** Conversations that everybody seems to write to. */
export const HOT = 10;

const REPEATED = 0.1;
const REORDERED = 0.05;
const ON_HOT = 0.05;
/** A repeat is of one of the last this many messages. */
const REPEATED_WITHIN = 500;
/** A reordered message arrives up to this many places after its own. */
const LATER_BY = 40;

/** Plans arrivals at a fixed rate of items, whatever becomes of them: the loop is open. */
export function planTraffic(traffic: Traffic): readonly PlannedRequest[] {
  const random = seeded(traffic.seed);
  const messages = reordered(written(traffic, random), random);
  const requests: PlannedRequest[] = [];
  for (let start = 0; start < messages.length;) {
    const size = 1 + Math.floor(random() * traffic.largestRequest);
    requests.push({
      at: (start / traffic.itemsPerSecond) * 1000,
      messages: messages.slice(start, start + size),
    });
    start += size;
  }
  return requests;
}

function written(traffic: Traffic, random: () => number): readonly PlannedMessage[] {
  const messages: PlannedMessage[] = [];
  for (let index = 0; index < traffic.seconds * traffic.itemsPerSecond; index += 1) {
    const earlier = messages.at(-1 - Math.floor(random() * Math.min(index, REPEATED_WITHIN)));
    if (earlier && random() < REPEATED) messages.push(earlier);
    else
      messages.push({
        wamid: `wamid.${traffic.name}.${index}`,
        customer: customerOf(random),
        writtenAt: (index / traffic.itemsPerSecond) * 1000,
      });
  }
  return messages;
}

/** Who writes next: a twentieth of the time one of the hot ones. */
export const customerOf = (random: () => number): number =>
  random() < ON_HOT ? Math.floor(random() * HOT) : HOT + Math.floor(random() * (CUSTOMERS - HOT));

function reordered(
  messages: readonly PlannedMessage[],
  random: () => number,
): readonly PlannedMessage[] {
  const places = messages.map((message, index) => {
    const later = random() < REORDERED ? 1 + random() * LATER_BY : 0;
    return { message, place: index + later };
  });
  return places.sort((a, b) => a.place - b.place).map(({ message }) => message);
}

/** The ids of a plan, each once. */
export const idsOf = (requests: readonly PlannedRequest[]): ReadonlySet<string> =>
  new Set(requests.flatMap(({ messages }) => messages.map(({ wamid }) => wamid)));
