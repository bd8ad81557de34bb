import type { SendState } from '../model.ts';

/** What decides how far a business message has come. */
export interface DeliveryFacts {
  /** The message will fail instead of being sent. */
  refused: boolean;
  /** Reactions only ever become `sent` (Meta, "Reaction messages"). */
  reaction: boolean;
  /** The customer's phone has a connection. */
  online: boolean;
  /** The chat is on the customer's screen. */
  visible: boolean;
  /** The customer shares read receipts. */
  sharesRead: boolean;
}

type Step = Exclude<SendState, 'accepted'> | null;

/** The state machine of a business message, seen from WhatsApp: state → next state by the facts. */
const STEPS: Record<SendState, (facts: DeliveryFacts) => Step> = {
  accepted: (facts) => (facts.refused ? 'failed' : 'sent'),
  sent: (facts) => (facts.online && !facts.reaction ? 'delivered' : null),
  delivered: (facts) => (facts.online && facts.visible && facts.sharesRead ? 'read' : null),
  read: () => null,
  failed: () => null,
};

/** The status that comes next, or null while nothing moves the message on. */
export function nextStatus(state: SendState, facts: DeliveryFacts): Step {
  return STEPS[state](facts);
}
