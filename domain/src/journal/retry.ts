import { FATE_TRANSITIONS, type Fate, type FateReason } from '../documents/fate.ts';
import type { JournalItem } from '../documents/journal.ts';

/** Tries of an item before a person must look: with the pauses between them about twenty minutes. */
export const ITEM_ATTEMPTS = 8;
/** The pause after the first try, ms; each further one is twice as long. */
const FIRST_PAUSE_MS = 10_000;

/** Fields of an item after a try that failed. */
export interface Retried {
  readonly fate: Extract<Fate, 'retry' | 'parked'>;
  readonly attempts: number;
  /** When it is tried again, epoch ms. */
  readonly retryAt?: number;
  readonly reason?: FateReason;
}

/**
 * What becomes of an item whose processing failed now (epoch ms): tried again after 10, 20, 40 …
 * seconds, parked after the eighth try. `null` where {@link FATE_TRANSITIONS} lets
 * nothing be tried again: what is done stays done.
 */
export function decideRetry(
  item: Pick<JournalItem, 'fate' | 'attempts'>,
  now: number,
): Retried | null {
  if (!FATE_TRANSITIONS[item.fate].includes('retry')) return null;
  const attempts = item.attempts + 1;
  return attempts < ITEM_ATTEMPTS
    ? { fate: 'retry', attempts, retryAt: now + FIRST_PAUSE_MS * 2 ** (attempts - 1) }
    : { fate: 'parked', reason: 'processing-failed', attempts };
}
