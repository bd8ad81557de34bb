import * as v from 'valibot';
import { timeOrNull } from './common.ts';
import { contentSchema, contextSchema } from './entry.ts';
import { entryMediaSchema } from './media.ts';

/**
 * What became of a message for later; only `waiting` is left.
 *
 * - `waiting`: its time has not come.
 * - `sent`: it became a queued entry, which tells the rest.
 * - `returned`: it could not leave; its words went back to its author.
 * - `cancelled`: its author thought better of it.
 */
export const SCHEDULED_STATES = ['waiting', 'sent', 'returned', 'cancelled'] as const;
/** What is to be sent: as a reply is written. */
export const scheduledMessageSchema = v.object({
  type: v.string(),
  text: v.optional(v.string()),
  content: v.optional(contentSchema),
  media: v.optional(entryMediaSchema),
  context: v.optional(contextSchema),
});

/** `scheduled/{id}`: a message for later. Its author reads it; the server alone writes it. */
export const scheduledSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  conversationId: v.string(),
  /** uid of its author, who held the conversation under `fence`. */
  by: v.string(),
  fence: v.number(),
  /** When it is to leave, epoch ms. */
  dueAt: v.number(),
  state: v.picklist(SCHEDULED_STATES),
  message: scheduledMessageSchema,
  /** The template that leaves in its place where the service window is closed by then. */
  fallback: v.nullish(scheduledMessageSchema, null),
  /** Why it went back. */
  reason: v.nullish(v.picklist(['stale', 'window-closed']), null),
  /** The entry that it became. */
  entryId: v.nullish(v.string(), null),
  writtenAt: timeOrNull,
});
/** See {@link scheduledSchema}. Its id is not in it. */
export type Scheduled = v.InferOutput<typeof scheduledSchema>;
