/**
 * Virtual time: what is to happen lies in one queue, and the clock jumps from one event to the next.
 * The seed alone decides who is faster, so that every run of it is the same.
 */
import { randomFrom } from '../random.ts';

/** A world in which nothing happens by itself. Times are epoch ms. */
export interface Simulation {
  now(): number;
  /** Chance that follows from the seed: a number in [0, 1). */
  random(): number;
  /** A whole number from `least` up to and with `most`. */
  between(least: number, most: number): number;
  /** True so often: `chance` in [0, 1]. */
  happens(chance: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** 20 characters that nothing else in this world has. */
  newId(): string;
  /** Does something after so many ms; the function that is answered takes it back. */
  after(ms: number, act: () => void): () => void;
  /**
   * Lets things happen until `isOver` or until `end`. Timers of the code that runs in it are of this
   * world too.
   */
  run(isOver: () => boolean, end: number): Promise<void>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  act: (() => void) | null;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A world that begins at `start`, epoch ms. */
export function simulation(seed: number, start: number): Simulation {
  const random = randomFrom(seed);
  const queue = eventQueue();
  let now = start;
  let order = 0;
  const after = (ms: number, act: () => void): (() => void) => {
    const event: Event = { at: now + Math.max(0, ms), order: (order += 1), act };
    queue.push(event);
    return () => (event.act = null);
  };
  const between = (least: number, most: number): number =>
    least + Math.floor(random() * (most - least + 1));
  return {
    now: () => Math.floor(now),
    random,
    between,
    happens: (chance) => random() < chance,
    pick: (from) => {
      const found = from[between(0, from.length - 1)];
      if (found === undefined) throw new Error('There is nothing to pick from');
      return found;
    },
    newId: () => Array.from({ length: 20 }, () => LETTERS[between(0, 61)]).join(''),
    after,
    run: (isOver, end) =>
      withTimers(after, async () => {
        while (!isOver()) {
          const next = queue.earliest();
          if (next === undefined || next.at > end) {
            now = Math.max(now, end);
            return;
          }
          queue.pop();
          if (next.act === null) continue;
          now = next.at;
          next.act();
          // Whatever code goes on because of it does so until it asks or waits again.
          await new Promise((resolve) => setImmediate(resolve));
        }
      }),
  };
}

/** Runs with `setTimeout` in virtual time. */
async function withTimers(
  after: (ms: number, act: () => void) => () => void,
  work: () => Promise<void>,
): Promise<void> {
  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  globalThis.setTimeout = ((act: () => void, ms = 0) => ({
    takeBack: after(ms, act),
  })) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((timer?: { takeBack(): void }) =>
    timer?.takeBack()) as unknown as typeof clearTimeout;
  try {
    await work();
  } finally {
    globalThis.setTimeout = real.set;
    globalThis.clearTimeout = real.clear;
  }
}

/** A heap: the earliest first, of the same time what was asked for first. */
function eventQueue() {
  const heap: Event[] = [];
  const before = (a: number, b: number): boolean => {
    const [one, other] = [heap[a], heap[b]] as [Event, Event];
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b], heap[a]] as [Event, Event];
  };
  return {
    push(event: Event): void {
      heap.push(event);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!before(at, parent)) return;
        swap(at, parent);
        at = parent;
      }
    },
    earliest: (): Event | undefined => heap[0],
    pop(): Event | undefined {
      if (heap.length < 2) return heap.pop();
      swap(0, heap.length - 1);
      const first = heap.pop();
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < heap.length && before(left, least)) least = left;
        if (right < heap.length && before(right, least)) least = right;
        if (least === at) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}
