import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/** `conversations/{id}/cases/{n}`: one matter, from the message that opened it to its resolution. */
export const caseSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  number: v.number(),
  openedAt: v.number(),
  firstResponseAt: timeOrNull,
  resolvedAt: timeOrNull,
  /** Who was still without an answer when it was resolved: since when. A reopen gives it back. */
  waitingSince: timeOrNull,
  /** uids of those who answered in it. */
  agents: v.optional(v.array(v.string()), []),
});
/**
 * One matter of a conversation: times are epoch ms. A person's reopen sets `resolvedAt` back to
 * `null`.
 */
export type Case = v.InferOutput<typeof caseSchema>;
