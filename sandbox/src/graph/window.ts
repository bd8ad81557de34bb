/** The customer service window (Meta, "Send messages"): 24 h since the customer's last message. */
export const SERVICE_WINDOW_MS = 24 * 60 * 60 * 1000;

/** Whether free-form messages may be sent; false when the customer never wrote. Times in epoch ms. */
export function windowOpen(lastInboundAt: number | null, now: number): boolean {
  return lastInboundAt !== null && now - lastInboundAt < SERVICE_WINDOW_MS;
}

/** What a customer can do without opening the window: system notices are not their messages. */
const NOT_A_MESSAGE = new Set(['system', 'request_welcome']);

/** Whether an inbound item of this type opens or refreshes the window. */
export function opensWindow(type: string): boolean {
  return !NOT_A_MESSAGE.has(type);
}

/**
 * The code that an accepted message will fail with, or null. As at Meta the POST is answered 200
 * and 131047 comes as a `failed` status; templates are free of the window. A reaction to a message
 * that does not exist fails with 131009 (Meta, "Reaction messages"), media whose id names nothing of
 * this number with 131053.
 */
export function refusalOf(facts: {
  type: string;
  lastInboundAt: number | null;
  now: number;
  reactionTargetExists: boolean;
  mediaExists: boolean;
}): number | null {
  if (facts.type === 'template') return null;
  if (!windowOpen(facts.lastInboundAt, facts.now)) return 131047;
  if (facts.type === 'reaction' && !facts.reactionTargetExists) return 131009;
  if (!facts.mediaExists) return 131053;
  return null;
}
