import { createHmac } from 'node:crypto';
import { expect } from '@playwright/test';
import { required, system } from './local-system.ts';

/** News of the demo's account, signed as Meta signs. */
export async function tellOfAccount(field: string, value: object): Promise<void> {
  const time = Math.floor(Date.now() / 1000);
  const entry = [{ id: '200000000000001', time, changes: [{ field, value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const secret = required('WHATSAPP_APP_SECRET');
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const answer = await fetch(`${system.app}/whatsapp/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
    body,
  });
  expect(answer.status).toBe(200);
}

/** A template by its name, in what Meta calls an event. */
export const tellOfTemplate = (event: string, name: string): Promise<void> =>
  tellOfAccount('message_template_status_update', {
    event,
    message_template_id: name,
    message_template_name: name,
    message_template_language: 'en',
    reason: 'NONE',
  });
