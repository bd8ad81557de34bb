import * as v from 'valibot';
import { actorSchema, assigneeSchema, timeOrNull } from './common.ts';
import { OUTBOUND_STATES } from '../delivery/delivery.ts';

/**
 * - `open`: somebody on our side owes work.
 * - `pending`: waiting for the customer.
 * - `snoozed`: out of sight until `snoozedUntil`; the assignee stays.
 * - `resolved`: the case is done; nobody holds it.
 */
export const CONVERSATION_STATUSES = ['open', 'pending', 'snoozed', 'resolved'] as const;
/** One of the {@link CONVERSATION_STATUSES}. */
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/**
 * What may follow each status.
 *
 * - To `open`: the customer wrote, or an answer failed and is still owed; from `resolved` also a
 *   person's reopen.
 * - To `pending`: WhatsApp accepted an answer to everything that was written.
 * - To `resolved`: a person said that it is done. Only the next message or a reopen leads out.
 *
 * Nothing leads to `snoozed` yet; an answer leaves it as it is, whoever snoozed it keeps it asleep.
 */
export const CONVERSATION_TRANSITIONS: Readonly<
  Record<ConversationStatus, readonly ConversationStatus[]>
> = {
  open: ['pending', 'resolved'],
  pending: ['open', 'resolved'],
  snoozed: ['open', 'resolved'],
  resolved: ['open'],
};

/** The last message or note of a conversation, as its row shows it. */
export const previewSchema = v.object({
  entryId: v.string(),
  kind: v.picklist(['inbound', 'outbound', 'note']),
  type: v.string(),
  /** At most {@link PREVIEW_LENGTH} UTF-16 units; empty where the type has no text of its own. */
  text: v.string(),
  author: actorSchema,
  at: v.number(),
  /** As in the entry: breaks ties of `at`. */
  seq: v.optional(v.number(), 0),
  /** Outbound only. */
  state: v.optional(v.picklist(OUTBOUND_STATES)),
});

/** Longest text of a {@link Preview}, UTF-16 units. */
export const PREVIEW_LENGTH = 140;

/** `conversations/{id}`: the row of every list, small on purpose. One per contact and number, for ever. */
export const conversationSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  /** With a group, which can be read here and not answered; missing where it is with a person. */
  kind: v.optional(v.literal('group')),
  contactId: v.string(),
  channelId: v.string(),
  /** What a row may show of the contact: never an identifier. */
  contact: v.optional(v.object({ name: v.string(), maskedPhone: v.nullish(v.string(), null) }), {
    name: '',
    maskedPhone: null,
  }),
  teamId: v.string(),
  status: v.picklist(CONVERSATION_STATUSES),
  /** True for open and pending; lists ask for it by equality. */
  active: v.boolean(),
  snoozedUntil: timeOrNull,
  assignee: v.nullish(assigneeSchema, null),
  /** `version` is the fence: raised by one with every change of holder. `by` is a uid, or 'switchboard'. */
  assignment: v.object({
    version: v.number(),
    at: v.optional(v.nullish(v.number(), 0), 0),
    by: v.optional(v.string(), ''),
  }),
  lastAssignee: v.nullish(assigneeSchema, null),
  /** Time of the first customer message without an answer. */
  waitingSince: timeOrNull,
  lastInboundAt: timeOrNull,
  /** `at` of the newest answer in the present case that WhatsApp accepted. */
  lastAnswerAt: timeOrNull,
  /**
   * Answers of the present case that count. It changes with each that comes to them or falls away, so
   * that of two of these at the same time one meets the other's commit.
   */
  answerCount: v.optional(v.number(), 0),
  /** End of the 24-hour customer service window. */
  windowExpiresAt: timeOrNull,
  /** Time of the newest entry that a row shows. */
  lastEntryAt: timeOrNull,
  /** 0 until the first message that opens a case. */
  caseNumber: v.number(),
  guests: v.optional(v.array(v.string()), []),
  inboundCount: v.number(),
  readCount: v.number(),
  preview: v.nullish(previewSchema, null),
});
/** The place of a change in the order of a timeline. */
const placeSchema = { at: v.number(), seq: v.number(), id: v.string() };

/** An edit or deletion of a message that has not come yet (Meta, "Revoke messages webhook"). */
const aheadSchema = v.object({
  ...placeSchema,
  /** The entry that the message will be. */
  entryId: v.string(),
  type: v.picklist(['edit', 'revoke']),
  /** The new words as a row has them; missing where there are none to read. */
  text: v.optional(v.string()),
});
/** See {@link aheadSchema}. */
export type Ahead = v.InferOutput<typeof aheadSchema>;

/** A conversation with what is kept in it for the server alone, apart so that no screen carries it. */
export const wholeConversationSchema = v.object({
  ...conversationSchema.entries,
  preview: v.nullish(
    v.object({
      ...previewSchema.entries,
      /** The edit that its words are from: an earlier one that comes later does not change them. */
      changed: v.optional(v.object(placeSchema)),
    }),
    null,
  ),
  /** Changes of messages that have not come yet; mostly missing, and never many. */
  ahead: v.optional(v.array(aheadSchema)),
});
/**
 * A conversation as it is read: times are epoch ms, `null` where there is none. Its id is not in
 * it.
 */
export type Conversation = v.InferOutput<typeof wholeConversationSchema>;
/** The last message or note as a row holds it, so that a list reads no timeline. */
export type Preview = NonNullable<Conversation['preview']>;

/** Customer messages that nobody has looked at yet. */
export const unreadCount = (c: Pick<Conversation, 'inboundCount' | 'readCount'>): number =>
  Math.max(0, c.inboundCount - c.readCount);
