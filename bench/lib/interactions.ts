/** How long a page takes to answer what a person does: the browser's own Event Timing, as INP counts it. */
import type { Page } from '@playwright/test';

/**
 * The shortest the browser tells of, ms (W3C, "Event Timing API": `durationThreshold`). An interaction
 * that it does not tell of was shorter, and counts as this.
 */
const SHORTEST = 16;

/**
 * Something a person did, and how long until the page had drawn its first answer, ms: a letter, a menu,
 * a row or tab that shows it was pressed. Another screen comes later and is not in it.
 */
export interface Interaction {
  readonly kind: string;
  readonly took: number;
}

/** Watches a page that is not loaded anew. */
export interface Interactions {
  /** Does something by real input; everything until the next counts to it. */
  readonly act: (kind: string, input: () => Promise<void>) => Promise<void>;
  readonly all: () => Promise<readonly Interaction[]>;
}

/** An event of the page as its browser timed it. */
interface Timed {
  readonly start: number;
  readonly took: number;
}
type Watching = typeof window & { timedEvents?: Timed[] };

/** Begins to watch. */
export async function watchInteractions(page: Page): Promise<Interactions> {
  const acts: { readonly kind: string; readonly from: number }[] = [];
  await page.evaluate(watch, SHORTEST);
  return {
    async act(kind, input) {
      acts.push({ kind, from: await page.evaluate(() => performance.now()) });
      await input();
    },
    async all() {
      const events = await page.evaluate(() => (window as Watching).timedEvents ?? []);
      return acts.map(({ kind, from }, index) => {
        const until = acts[index + 1]?.from ?? Infinity;
        const own = events.filter(({ start }) => start >= from && start < until);
        return { kind, took: Math.max(SHORTEST, ...own.map(({ took }) => took)) };
      });
    },
  };
}

/** Runs in the page. Only events with an id belong to an interaction; hovering and the like have none. */
function watch(durationThreshold: number): void {
  const events: Timed[] = [];
  (window as Watching).timedEvents = events;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
      if (entry.interactionId) events.push({ start: entry.startTime, took: entry.duration });
  });
  observer.observe({ type: 'event', durationThreshold } as PerformanceObserverInit);
}
