import type { OutboundState } from '@switchboard/domain';

/** The marks there are: the clock stands until WhatsApp says `sent`, so none says more than is known. */
export type Mark = 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

const MARKS: Readonly<Record<OutboundState, Mark>> = {
  queued: 'queued',
  sending: 'queued',
  accepted: 'queued',
  unknown: 'unknown',
  refused: 'failed',
  sent: 'sent',
  failed: 'failed',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
};

/** The mark of a message's state. */
export const deliveryMark = (state: OutboundState): Mark => MARKS[state];
