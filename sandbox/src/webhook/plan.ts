import type { Settings } from '../model.ts';

/** How collected updates leave: the bodies in posting order, each a list of updates. */
export type Plan<T> = T[][];

type PlanSettings = Pick<Settings, 'batchMax' | 'duplicateInBody' | 'duplicates' | 'disorder'>;

/**
 * Cuts collected updates into webhook bodies. `disorder` turns the order round, the worst that
 * unordered delivery can do; `duplicateInBody` repeats each update beside itself; `duplicates`
 * repeats each body that many times.
 */
export function planBodies<T>(updates: T[], settings: PlanSettings): Plan<T> {
  const ordered = settings.disorder ? [...updates].reverse() : updates;
  const size = Math.max(1, settings.batchMax);
  const plan: Plan<T> = [];
  for (let start = 0; start < ordered.length; start += size) {
    const slice = ordered.slice(start, start + size);
    const body = settings.duplicateInBody ? slice.flatMap((update) => [update, update]) : slice;
    for (let copy = 0; copy <= settings.duplicates; copy += 1) plan.push(body);
  }
  return plan;
}

/** The pause before attempt `attempt + 1` when `attempt` (1, 2, …) failed: doubling, with a ceiling. */
export function retryPause(attempt: number, base: number, max: number): number {
  return Math.min(max, base * 2 ** (attempt - 1));
}

/** Meta drops a webhook that was not taken within 7 days ("Webhooks overview"). */
export const GIVE_UP_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
