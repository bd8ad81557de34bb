import * as v from 'valibot';
import { FATES, FATE_REASONS } from '../documents/fate.ts';
import { ITEM_KINDS } from '../documents/journal.ts';
import { refusedSchema } from '../shared/refused.ts';

/*
 * The ledger as the app reads it. What it is asked is another module, which the app does not carry.
 */

/** Longest note of somebody who dismisses an item, UTF-16 units. */
export const NOTE_LIMIT = 500;
/** Hours that the ledger shows, the present one included. */
export const LEDGER_HOURS = 24;
/** Parked items that it lists at once, newest first. */
export const PARKED_SHOWN = 100;
/** Longest raw text that is answered, UTF-16 units; the journal has the whole. */
export const RAW_SHOWN = 200_000;

/** What came in one hour and what became of it; `at` is the hour's beginning, epoch ms (UTC). */
export const ledgerHourSchema = v.object({
  at: v.number(),
  /** Items that Meta handed over, by the receipts; of them `repeated` had come before. */
  received: v.number(),
  repeated: v.number(),
  /** By the journal: became what they are. */
  shown: v.number(),
  ignored: v.number(),
  parked: v.number(),
  /** Not yet processed, or to be tried again. */
  waiting: v.number(),
});
/** See {@link ledgerHourSchema}. */
export type LedgerHour = v.InferOutput<typeof ledgerHourSchema>;

/** Messages to customers of the same hours by where they stand, all together. */
export const ledgerSentSchema = v.object({
  written: v.number(),
  /** Delivered, read or played. */
  delivered: v.number(),
  /** Failed, or refused before they left. */
  failed: v.number(),
  /** Queued, on their way, or taken by WhatsApp and not yet delivered. */
  waiting: v.number(),
  /** No answer came, and nobody can say. */
  unknown: v.number(),
});
/** See {@link ledgerSentSchema}. */
export type LedgerSent = v.InferOutput<typeof ledgerSentSchema>;

/** An item that waits for a person. Nothing of what it says. */
export const parkedSchema = v.object({
  id: v.string(),
  receivedAt: v.number(),
  kind: v.picklist(ITEM_KINDS),
  field: v.string(),
  reason: v.nullable(v.picklist(FATE_REASONS)),
  attempts: v.number(),
});
/** See {@link parkedSchema}. */
export type ParkedItem = v.InferOutput<typeof parkedSchema>;

/**
 * What the callable `ledger` answers: the ledger itself (hours oldest first, times epoch ms), an item's
 * JSON text as it came, what became of an item, or a refusal.
 */
export const ledgerAnswerSchema = v.union([
  v.object({
    code: v.literal('ok'),
    type: v.literal('read'),
    at: v.number(),
    hours: v.array(ledgerHourSchema),
    sent: ledgerSentSchema,
    /** The newest {@link PARKED_SHOWN}; how many there are says `parkedCount`. */
    parked: v.array(parkedSchema),
    parkedCount: v.number(),
  }),
  v.object({
    code: v.literal('ok'),
    type: v.literal('open'),
    raw: v.string(),
    /** There is more than was answered. */
    cut: v.boolean(),
  }),
  v.object({ code: v.literal('ok'), type: v.literal('changed'), fate: v.picklist(FATES) }),
  refusedSchema,
]);

/** What hours with something still to be processed may take before they are said to be late, ms. */
const LATE_MS = 5 * 60 * 1000;

/**
 * What an hour comes to. `balanced`: every item is accounted for, and nothing is late. `waiting`: it
 * is, and some are still being processed. `late`: they should have been by now. `missing`: the sums
 * differ, so something was lost or made up.
 */
export type Balance = 'balanced' | 'waiting' | 'late' | 'missing';

/** Judges an hour at `now`, epoch ms. */
export function judgeHour(hour: LedgerHour, now: number): Balance {
  const { received, repeated, shown, ignored, parked, waiting } = hour;
  const over = now > hour.at + 3_600_000 + LATE_MS;
  // While an hour runs, what moves between two counts is counted twice or not at all.
  if (received !== repeated + shown + ignored + parked + waiting)
    return over ? 'missing' : 'waiting';
  if (waiting === 0) return 'balanced';
  return over ? 'late' : 'waiting';
}
