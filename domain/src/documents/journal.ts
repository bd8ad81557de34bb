import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/**
 * - `new`: stored, not yet processed.
 * - `done`: became what it is (an entry, a delivery state).
 * - `ignored`: understood, and nothing to do; the reason says why.
 * - `retry`: processing was refused by contention or failed; the sweep tries again.
 * - `parked`: a person must look; the reason says why.
 */
export const FATES = ['new', 'done', 'ignored', 'retry', 'parked'] as const;
/** One of the {@link FATES}; {@link FATE_TRANSITIONS} has what may follow it. */
export type Fate = (typeof FATES)[number];

/**
 * What may become of an item. `done` and `ignored` are final; a `parked` one is processed again once
 * the number, app or message that it lacked is known, and then never left to the sweep.
 */
export const FATE_TRANSITIONS: Readonly<Record<Fate, readonly Fate[]>> = {
  new: ['done', 'ignored', 'retry', 'parked'],
  retry: ['done', 'ignored', 'retry', 'parked'],
  parked: ['done', 'ignored', 'parked'],
  done: [],
  ignored: [],
};

/** Why an item is parked or ignored. */
export const FATE_REASONS = [
  'unparsable-body',
  'not-a-webhook',
  'no-number-id',
  'unknown-number',
  'foreign-app',
  'no-sender',
  'no-message-id',
  'unknown-message',
  'unsupported-field',
  'unsupported-status',
  'processing-failed',
  'dismissed',
] as const;
/** One of the {@link FATE_REASONS}; never a sentence, and never anything of the message. */
export type FateReason = (typeof FATE_REASONS)[number];

/** `journal/{itemId}`: one inbound item exactly as it came. */
export const journalSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  kind: v.picklist(['message', 'status', 'other']),
  channelId: v.nullish(v.string(), null),
  field: v.optional(v.string(), ''),
  /** The Meta app under whose signature it came. */
  appId: v.optional(v.string(), ''),
  receiptId: v.string(),
  seq: v.optional(v.number(), 0),
  receivedAt: v.number(),
  fate: v.picklist(FATES),
  reason: v.nullish(v.picklist(FATE_REASONS), null),
  /** Path of the entry it became or changed. */
  entry: v.nullish(v.string(), null),
  attempts: v.optional(v.number(), 0),
  /** When the sweep tries an item again whose fate is `retry`. */
  retryAt: timeOrNull,
  /** For statuses of messages not (yet) known: what the send's answer is matched by. */
  wamid: v.nullish(v.string(), null),
  /** The item as it came: its JSON text, compressed by gzip; missing where `parts` hold it. */
  raw: v.optional(v.instance(Uint8Array)),
  /** Number of `parts` documents that hold the raw bytes; 0 when `raw` does. */
  parts: v.optional(v.number(), 0),
  expireAt: timeOrNull,
  /** Who said that nothing is to be done about it, and why. */
  dismissal: v.nullish(v.object({ by: v.string(), note: v.string(), at: v.number() }), null),
});
/**
 * An item of the journal. Times are epoch ms; `expireAt` is `null` while it
 * must be kept.
 */
export type JournalItem = v.InferOutput<typeof journalSchema>;

/** `journal/{itemId}/parts/{part}`: a slice of an item's compressed bytes. */
export const journalPartSchema = v.object({ raw: v.instance(Uint8Array) });

/** Days that a processed item is kept. */
export const JOURNAL_DAYS = 30;

/**
 * `receipts/{id}`: one per delivery; the ledger sums these. `items` is `fresh` and `repeated`
 * together.
 */
export const receiptSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  receivedAt: v.number(),
  appId: v.optional(v.string(), ''),
  items: v.number(),
  fresh: v.number(),
  repeated: v.number(),
});
