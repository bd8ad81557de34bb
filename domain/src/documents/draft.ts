import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/**
 * Longest text of a draft on the server, UTF-16 units. The rules hold it; an app keeps what is longer
 * on its device and says so.
 */
export const DRAFT_LIMIT = 20_000;

/** Why a text came back to its author instead of being sent; the rules know the same. */
export const DRAFT_REASONS = ['reassigned', 'window-closed', 'resolved'] as const;

/** `agents/{uid}/drafts/{conversationId}`: unsent text, apart for reply and note. */
export const draftSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  reply: v.optional(v.string(), ''),
  note: v.optional(v.string(), ''),
  /** Why the text is here instead of sent. */
  reason: v.nullish(v.picklist(DRAFT_REASONS), null),
  updatedAt: timeOrNull,
});
/**
 * A draft as the server has it. Only its author reads and writes it; the dispatcher also puts text
 * here that it could not send, with the `reason`.
 */
export type Draft = v.InferOutput<typeof draftSchema>;
