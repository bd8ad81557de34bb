import type { Conversation } from '../documents/conversation.ts';

/** Length of the customer service window, ms (Meta, "Send messages"). */
export const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Milliseconds until the window closes; 0 where it is closed. */
export const windowLeft = (
  conversation: Pick<Conversation, 'windowExpiresAt'>,
  now: number,
): number => Math.max(0, (conversation.windowExpiresAt ?? 0) - now);

/** True while free messages may be sent. The guard of every path to the customer. */
export const windowOpen = (
  conversation: Pick<Conversation, 'windowExpiresAt'>,
  now: number,
): boolean => windowLeft(conversation, now) > 0;

/** The later end: a window only ever moves forward. */
export const extendWindow = (current: number | null, messageAt: number): number =>
  Math.max(current ?? 0, messageAt + WINDOW_MS);
