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

/** How long a message can be reacted to and quoted (Meta, "Reaction messages", "Contextual replies"). */
export const ANSWERABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** What decides whether an accepted message fails instead of being sent. */
export interface SendFacts {
  type: string;
  /** Times in epoch milliseconds. */
  lastInboundAt: number | null;
  now: number;
  /** The message that a reaction is for; null where the chat has none of this id. */
  reactionTarget: { type: string; at: number } | null;
  /** All media of the message are of a type that goes with their kind. */
  mediaFit: boolean;
}

/**
 * The code that an accepted message will fail with, or null. As at Meta the POST is answered 200
 * and 131047 comes as a `failed` status; templates are free of the window. A reaction to a message
 * that is not there, is a reaction itself or is older than 30 days fails with 131009 (Meta, "Reaction
 * messages"), media of a type that does not go with the message's with 131053.
 */
export function refusalOf(facts: SendFacts): number | null {
  const open = facts.type === 'template' || windowOpen(facts.lastInboundAt, facts.now);
  if (!open) return 131047;
  if (facts.type === 'reaction' && !canBeReactedTo(facts)) return 131009;
  return facts.mediaFit ? null : 131053;
}

function canBeReactedTo({ reactionTarget: target, now }: SendFacts): boolean {
  return target !== null && target.type !== 'reaction' && now - target.at < ANSWERABLE_MS;
}
