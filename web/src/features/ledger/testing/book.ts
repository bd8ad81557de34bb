import type { LedgerHour, ParkedItem } from '@switchboard/domain';
import type { LedgerBook } from '../../../data/ledger.ts';

const HOUR_MS = 3_600_000;

/** When the ledgers of tests were read: ten minutes past noon, UTC. */
export const NOW = Date.UTC(2026, 2, 2, 12, 10);

/** The hour that began so many whole hours before the one that `NOW` is in. */
export const anHour = (ago: number, over: Partial<LedgerHour> = {}): LedgerHour => ({
  at: Date.UTC(2026, 2, 2, 12) - ago * HOUR_MS,
  received: 0,
  repeated: 0,
  shown: 0,
  ignored: 0,
  parked: 0,
  waiting: 0,
  ...over,
});

/** An item that waits for a person. */
export const aParked = (id: string, over: Partial<ParkedItem> = {}): ParkedItem => ({
  id,
  receivedAt: NOW - HOUR_MS,
  kind: 'message',
  field: 'messages',
  reason: 'unknown-number',
  attempts: 2,
  ...over,
});

/** A day in which two hours brought something, and everything became what it is. */
export const aBook = (over: Partial<LedgerBook> = {}): LedgerBook => ({
  code: 'ok',
  type: 'read',
  at: NOW,
  hours: Array.from({ length: 24 }, (_, index) => 23 - index).map((ago) =>
    anHour(
      ago,
      ago === 0
        ? { received: 3, shown: 3 }
        : ago === 4
          ? { received: 2, shown: 1, ignored: 1 }
          : {},
    ),
  ),
  sent: { written: 4, delivered: 3, failed: 0, waiting: 1, unknown: 0 },
  parked: [],
  parkedCount: 0,
  ...over,
});
