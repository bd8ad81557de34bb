import * as v from 'valibot';
import { timeOrNull } from './common.ts';
import { FATE_REASONS, FATES } from './fate.ts';

/** What an item is: a customer's message, a report on ours, news of the account, or none of these. */
export const ITEM_KINDS = ['message', 'status', 'account', 'other'] as const;

/** `journal/{itemId}`: one inbound item exactly as it came. */
export const journalSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  kind: v.picklist(ITEM_KINDS),
  channelId: v.nullish(v.string(), null),
  field: v.optional(v.string(), ''),
  /** The Meta app under whose signature it came. */
  appId: v.optional(v.string(), ''),
  receiptId: v.string(),
  seq: v.optional(v.number(), 0),
  receivedAt: v.number(),
  fate: v.picklist(FATES),
  reason: v.nullish(v.picklist(FATE_REASONS), null),
  /** Path of the entry it became or changed, or of the alert that it raised. */
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
