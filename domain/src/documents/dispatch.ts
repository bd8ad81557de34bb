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
  /** Until when what was sent is borrowed from the pair limit. */
  pairUntil: timeOrNull,
  /** `at` of the newest message of which the customer was told that it was read. */
  toldUntil: timeOrNull,
});

/** `throughput/{phoneNumberId}`: what all instances have leased of a number's rate in one second. */
export const throughputSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  /** Seconds since the epoch. */
  second: v.number(),
  leased: v.number(),
});
/**
 * The send lock as it is read: held while `owner` is set and `leaseUntil` (epoch ms) lies ahead.
 */
export type Dispatch = v.InferOutput<typeof dispatchSchema>;
