import * as v from 'valibot';
import { actorSchema, timeOrNull } from './common.ts';
import { entryMediaSchema } from './media.ts';
import { OUTBOUND_STATES } from '../delivery/delivery.ts';
import { OWN_FAILURES } from '../whatsapp/own-failures.ts';

/** What an event entry may record. */
export const EVENT_TYPES = ['taken', 'released', 'assigned', 'resolved', 'reopened'] as const;
/**
 * One of the {@link EVENT_TYPES}. A stored event may carry another type, which screens show by its
 * name.
 */
export type EventType = (typeof EVENT_TYPES)[number];

const common = {
  schemaVersion: v.optional(v.number(), 1),
  at: v.number(),
  /** Position inside one delivery; breaks ties of `at`. */
  seq: v.optional(v.number(), 0),
  author: actorSchema,
  /**
   * The case it belongs to. 0 for what belongs to none: before the first, and customers' reactions,
   * edits, notices and copies of history, which open no case and may arrive in any order.
   */
  caseNumber: v.optional(v.number(), 0),
};

/** What a message refers to: the quoted message's id at WhatsApp, our entry where we know it. */
export const contextSchema = v.object({
  wamid: v.optional(v.string()),
  entryId: v.optional(v.string()),
  forwarded: v.optional(v.picklist(['once', 'often'])),
});
/**
 * The quoted message or the mark of a forward (Meta, "Messages webhook reference"). `entryId` is
 * missing where the quoted message never came to us.
 */
export type EntryContext = v.InferOutput<typeof contextSchema>;

/** Typed content of a message beside its text; shapes by type in `whatsapp/content.ts`. */
export const contentSchema = v.record(v.string(), v.unknown());

/**
 * A message from the customer. `at` is Meta's time, ours where that is missing or lies ahead,
 * `receivedAt` ours, both epoch ms; `type` is Meta's word, also one that no reader knows.
 */
export const inboundSchema = v.object({
  ...common,
  kind: v.literal('inbound'),
  wamid: v.string(),
  type: v.string(),
  text: v.optional(v.string()),
  /** Set where text or content was cut; the journal keeps the whole. */
  truncated: v.optional(v.boolean()),
  content: v.optional(contentSchema),
  /** Where the bytes of its image, video, sound, document or sticker are. */
  media: v.optional(entryMediaSchema),
  context: v.optional(contextSchema),
  receivedAt: v.optional(v.number(), 0),
  /** Who of a group wrote it; two of the same words are one. */
  participant: v.optional(
    v.object({ name: v.optional(v.string()), phone: v.optional(v.string()) }),
  ),
  /** It reached us long after it was written and was inserted where it belongs. */
  late: v.optional(v.boolean()),
  /** `live` came as it happened; `history` and `standby` are copies that owe no answer. */
  origin: v.optional(v.picklist(['live', 'history', 'standby']), 'live'),
});

/** Why a message failed or was refused: Meta's code, or one of ours. */
export const deliveryErrorSchema = v.object({
  code: v.union([v.number(), v.picklist(OWN_FAILURES)]),
  title: v.optional(v.string(), ''),
  details: v.optional(v.string(), ''),
});
/**
 * A failure as Meta words it (Meta, "Error codes"), or one of our own, which has no words here; logic
 * looks at `code` alone.
 */
export type DeliveryError = v.InferOutput<typeof deliveryErrorSchema>;

/**
 * A message to the customer, from the queue to its last report. The author's client creates it
 * `queued`; everything after that is written by the server. Each `…At` is epoch ms, `null` until it
 * is reported.
 */
export const outboundSchema = v.object({
  ...common,
  kind: v.literal('outbound'),
  state: v.picklist(OUTBOUND_STATES),
  /** `assignment.version` it was written under. */
  fence: v.number(),
  type: v.string(),
  text: v.optional(v.string()),
  content: v.optional(contentSchema),
  /** Where the bytes are of what was sent from a phone beside us. */
  media: v.optional(entryMediaSchema),
  /** A copy of what did not leave from here, and answers nothing. */
  origin: v.optional(v.picklist(['history', 'standby'])),
  context: v.optional(contextSchema),
  wamid: v.optional(v.string()),
  error: v.optional(deliveryErrorSchema),
  /** Refused at the dispatcher: the fence or the window. */
  refusal: v.optional(v.picklist(['stale', 'window-closed'])),
  sendingAt: timeOrNull,
  acceptedAt: timeOrNull,
  sentAt: timeOrNull,
  deliveredAt: timeOrNull,
  readAt: timeOrNull,
  playedAt: timeOrNull,
  failedAt: timeOrNull,
});

/** A note among colleagues. It never leaves for WhatsApp, and the rules let nobody change it. */
export const noteSchema = v.object({
  ...common,
  kind: v.literal('note'),
  type: v.optional(v.string(), 'text'),
  text: v.string(),
});

/**
 * A change of the conversation, written in the commit that makes it. `type` is open, so that an
 * older client reads events that it does not know.
 */
export const eventSchema = v.object({
  ...common,
  kind: v.literal('event'),
  type: v.string(),
  /** What the event needs to be told: holder before and after, team, case. */
  data: v.optional(v.record(v.string(), v.unknown())),
});

/** `conversations/{id}/timeline/{entryId}`: one ordered history of messages, notes and events. */
export const entrySchema = v.variant('kind', [
  inboundSchema,
  outboundSchema,
  noteSchema,
  eventSchema,
]);
/** Any entry of a timeline, told apart by `kind`. Its id is not in it. */
export type Entry = v.InferOutput<typeof entrySchema>;
/** A message from the customer; `author` is the contact. */
export type InboundEntry = v.InferOutput<typeof inboundSchema>;
/**
 * A message to the customer; it may leave only while `fence` is the conversation's
 * `assignment.version`.
 */
export type OutboundEntry = v.InferOutput<typeof outboundSchema>;
/** A note that only colleagues see. */
export type NoteEntry = v.InferOutput<typeof noteSchema>;
/**
 * What happened to the conversation, and who did it; {@link EVENT_TYPES} are those that the program
 * writes.
 */
export type EventEntry = v.InferOutput<typeof eventSchema>;
