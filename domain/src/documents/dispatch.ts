import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/** `dispatch/{conversationId}`: the send lock. */
export const dispatchSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  /** Who is sending now; `null` when nobody is. */
  owner: v.nullish(v.string(), null),
  leaseUntil: timeOrNull,
  /** Raised by a wake-up that found the lock taken, so that its owner looks once more before it leaves. */
  wakes: v.optional(v.number(), 0),
});
/**
 * The send lock as it is read: held while `owner` is set and `leaseUntil` (epoch ms) lies ahead.
 */
export type Dispatch = v.InferOutput<typeof dispatchSchema>;
