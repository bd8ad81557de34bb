import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { at, listAt } from '../testing/json.ts';
import { DEMO_NUMBER, type BusinessMessage, type Customer } from '../model.ts';
import { inboundUpdate, statusUpdate, webhookBody } from './bodies.ts';
import { encodeBody, signature } from './encode.ts';

const AT = 1_790_000_000_999;

function customer(changes: Partial<Customer> = {}): Customer {
  return {
    phone: '15550123456',
    userId: 'US.12345678901234567890',
    name: 'Noor',
    username: null,
    phoneHidden: false,
    online: true,
    sharesRead: true,
    ...changes,
  };
}

function sent(changes: Partial<BusinessMessage> = {}): BusinessMessage {
  return {
    side: 'business',
    wamid: 'wamid.out',
    at: AT,
    request: {},
    type: 'text',
    template: null,
    state: 'accepted',
    refusal: null,
    addressedByUserId: false,
    callbackData: null,
    reactions: {},
    ...changes,
  };
}

const text = { wamid: 'wamid.in', at: AT, item: { type: 'text', text: { body: 'hi' } } };
const hidden = { phoneHidden: true, username: '@noor' };

describe("a customer's message", () => {
  it('carries the number and the business-scoped user id, and whole seconds as a string', () => {
    const body = webhookBody([inboundUpdate(DEMO_NUMBER, customer(), text)]);
    expect(body).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '200000000000001',
          changes: [
            {
              value: {
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: '15550100100',
                  phone_number_id: '100000000000001',
                },
                contacts: [
                  {
                    profile: { name: 'Noor' },
                    wa_id: '15550123456',
                    user_id: 'US.12345678901234567890',
                  },
                ],
                messages: [
                  {
                    from: '15550123456',
                    from_user_id: 'US.12345678901234567890',
                    id: 'wamid.in',
                    timestamp: '1790000000',
                    type: 'text',
                    text: { body: 'hi' },
                  },
                ],
              },
              field: 'messages',
            },
          ],
        },
      ],
    });
  });

  it('carries the number nowhere when the customer withholds it', () => {
    const update = inboundUpdate(DEMO_NUMBER, customer(hidden), text);
    expect(JSON.stringify(webhookBody([update]))).not.toContain('15550123456');
    expect(update.contact).toEqual({
      profile: { name: 'Noor', username: '@noor' },
      user_id: 'US.12345678901234567890',
    });
    expect(update.item).not.toHaveProperty('from');
  });
});

describe('a status', () => {
  it('has a price when sent and delivered, none when read, and never a conversation', () => {
    const item = (status: 'sent' | 'delivered' | 'read') =>
      statusUpdate(DEMO_NUMBER, customer(), sent(), status, AT).item;
    expect(item('sent')).toMatchObject({
      recipient_id: '15550123456',
      recipient_user_id: 'US.12345678901234567890',
      pricing: { pricing_model: 'PMP', category: 'service' },
    });
    expect(item('delivered')).toHaveProperty('pricing');
    expect(item('read')).not.toHaveProperty('pricing');
    expect(item('sent')).not.toHaveProperty('conversation');
  });

  it('echoes the callback data', () => {
    const message = sent({ callbackData: 'entry-7' });
    expect(statusUpdate(DEMO_NUMBER, customer(), message, 'sent', AT).item).toMatchObject({
      biz_opaque_callback_data: 'entry-7',
    });
  });

  it('failed has errors and no contacts, and the user id only if it was sent to one', () => {
    const failed = sent({ refusal: 131047 });
    const byPhone = statusUpdate(DEMO_NUMBER, customer(), failed, 'failed', AT);
    expect(byPhone.contact).toBeNull();
    expect(byPhone.item).not.toHaveProperty('recipient_user_id');
    expect(byPhone.item.errors).toMatchObject([{ code: 131047, title: 'Re-engagement message' }]);
    const byId = statusUpdate(
      DEMO_NUMBER,
      customer(),
      { ...failed, addressedByUserId: true },
      'failed',
      AT,
    );
    expect(byId.item).toHaveProperty('recipient_user_id');
  });

  it('names the username from delivered on, and no number that is withheld', () => {
    const of = (status: 'sent' | 'delivered') =>
      statusUpdate(DEMO_NUMBER, customer(hidden), sent(), status, AT);
    expect(of('sent').contact).toEqual({
      profile: { name: 'Noor' },
      user_id: 'US.12345678901234567890',
    });
    expect(of('delivered').contact).toMatchObject({ profile: { username: '@noor' } });
    expect(of('delivered').item).not.toHaveProperty('recipient_id');
  });
});

describe('a batch', () => {
  it('is one entry per account and one change per number and kind, contacts named once', () => {
    const other = { ...DEMO_NUMBER, phoneNumberId: '100000000000002' };
    const foreign = { ...DEMO_NUMBER, phoneNumberId: '3', wabaId: '4' };
    const body = webhookBody([
      inboundUpdate(DEMO_NUMBER, customer(), text),
      inboundUpdate(DEMO_NUMBER, customer(), { ...text, wamid: 'wamid.in2' }),
      statusUpdate(DEMO_NUMBER, customer(), sent(), 'sent', AT),
      inboundUpdate(other, customer(), text),
      inboundUpdate(foreign, customer(), text),
    ]);
    expect(listAt(body, 'entry').map((entry) => listAt(entry, 'changes').length)).toEqual([3, 1]);
    const value = at(body, 'entry', 0, 'changes', 0, 'value');
    expect(at(value, 'messages')).toHaveLength(2);
    expect(at(value, 'contacts')).toHaveLength(1);
  });
});

describe('the bytes', () => {
  it('are ASCII, with lower-case escapes and escaped slashes, and mean the same', () => {
    const body = { text: 'äöå 🧊 http://x/y', lone: '\ud800', nul: '\u0000' };
    const encoded = encodeBody(body);
    expect(encoded).toBe(
      String.raw`{"text":"\u00e4\u00f6\u00e5 \ud83e\uddca http:\/\/x\/y","lone":"\ud800","nul":"\u0000"}`,
    );
    expect(JSON.parse(encoded)).toEqual(body);
  });

  it('are signed as they are', () => {
    const hash = createHmac('sha256', 'secret').update('{"a":1}').digest('hex');
    expect(signature('{"a":1}', 'secret')).toBe(`sha256=${hash}`);
  });
});
