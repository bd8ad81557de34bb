import { OUTBOUND_STATES } from '@switchboard/domain';
import { expect, it } from 'vitest';
import { deliveryMark } from './delivery.ts';

it('shows the clock until WhatsApp says sent, and never a tick for less', () => {
  expect(Object.fromEntries(OUTBOUND_STATES.map((state) => [state, deliveryMark(state)]))).toEqual({
    queued: 'queued',
    sending: 'queued',
    accepted: 'queued',
    unknown: 'unknown',
    refused: 'failed',
    failed: 'failed',
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    played: 'read',
  });
});
