import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/** `agents/{uid}/drafts/{conversationId}`: unsent text, apart for reply and note. */
export const draftSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  reply: v.optional(v.string(), ''),
  note: v.optional(v.string(), ''),
  /** Why the text is here instead of sent. */
  reason: v.nullish(v.picklist(['reassigned', 'window-closed', 'resolved']), null),
  updatedAt: timeOrNull,
});
/**
 * A draft as the server has it. Only its author reads and writes it; the dispatcher also puts text
 * here that it could not send, with the `reason`.
 */
export type Draft = v.InferOutput<typeof draftSchema>;
