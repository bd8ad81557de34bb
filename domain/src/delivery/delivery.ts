/**
 * The states of a message to the customer.
 *
 * - `queued`: written by its author and not yet looked at, or certainly not taken by Meta and waiting for
 *   another try, for the limits of WhatsApp or until its number is connected again.
 * - `refused`: the dispatcher found the fence stale or the window closed; it never left.
 * - `sending`: handed to the Graph API, no answer yet.
 * - `unknown`: no answer came; it may have left, so it is never sent again by itself.
 * - `accepted`: the Graph API answered 200 with an id. Not yet sent.
 * - `sent`, `delivered`, `read`, `played`: as WhatsApp reports them.
 * - `failed`: WhatsApp or the Graph API said no.
 */
export const OUTBOUND_STATES = [
  'queued',
  'refused',
  'sending',
  'unknown',
  'accepted',
  'sent',
  'failed',
  'delivered',
  'read',
  'played',
] as const;
/** One of the {@link OUTBOUND_STATES}; {@link OUTBOUND_TRANSITIONS} has what may follow it. */
export type OutboundState = (typeof OUTBOUND_STATES)[number];

/**
 * What may follow each state. Reports arrive repeated, out of order and with gaps, so every later
 * state is reachable from every earlier one; `failed` gives way to proof of delivery (Meta, "Status
 * messages": a failure may be reported for one attempt and delivery for another).
 */
export const OUTBOUND_TRANSITIONS: Readonly<Record<OutboundState, readonly OutboundState[]>> = {
  queued: ['refused', 'sending'],
  refused: [],
  sending: ['unknown', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played'],
  unknown: ['accepted', 'sent', 'failed', 'delivered', 'read', 'played'],
  accepted: ['sent', 'failed', 'delivered', 'read', 'played'],
  sent: ['failed', 'delivered', 'read', 'played'],
  failed: ['delivered', 'read', 'played'],
  delivered: ['read', 'played'],
  read: ['played'],
  played: [],
};

/** The state after a report: the reported one where it lies ahead, else the present one. */
export const advance = (from: OutboundState, to: OutboundState): OutboundState =>
  OUTBOUND_TRANSITIONS[from].includes(to) ? to : from;

/** WhatsApp took it and has not said that it failed: it counts as an answer. */
export const countsAsAnswer = (state: OutboundState): boolean =>
  state === 'accepted' ||
  state === 'sent' ||
  state === 'delivered' ||
  state === 'read' ||
  state === 'played';
