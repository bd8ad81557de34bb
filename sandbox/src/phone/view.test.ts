import { describe, expect, it } from 'vitest';
import { DEMO_NUMBER, type BusinessMessage, type Chat, type CustomerMessage } from '../model.ts';
import { contentView, customerRow, isShown, messageView } from './view.ts';

function fromCustomer(changes: Partial<CustomerMessage> = {}): CustomerMessage {
  return {
    side: 'customer',
    wamid: 'wamid.1',
    at: 1000,
    item: { type: 'text', text: { body: 'It leaks' } },
    edit: null,
    revoked: false,
    tick: 'sent',
    reactions: {},
    ...changes,
  };
}

function fromBusiness(changes: Partial<BusinessMessage> = {}): BusinessMessage {
  return {
    side: 'business',
    wamid: 'wamid.2',
    at: 2000,
    request: { text: { body: 'We come today' } },
    type: 'text',
    template: null,
    state: 'delivered',
    refusal: null,
    addressedByUserId: false,
    callbackData: null,
    reactions: {},
    ...changes,
  };
}

function chatOf(...messages: Chat['messages']): Chat {
  const customer = {
    phone: '15550123456',
    userId: 'US.1',
    name: 'Noor',
    username: null,
    phoneHidden: false,
    online: true,
    sharesRead: true,
  };
  return { number: DEMO_NUMBER, customer, messages, lastInboundAt: null, typingUntil: 0 };
}

describe('what the phone shows', () => {
  it('business messages only once they have arrived, and reactions never as bubbles', () => {
    expect(isShown(fromBusiness({ state: 'sent' }))).toBe(false);
    expect(isShown(fromBusiness({ state: 'failed' }))).toBe(false);
    expect(isShown(fromBusiness({ state: 'delivered' }))).toBe(true);
    expect(isShown(fromBusiness({ type: 'reaction' }))).toBe(false);
    expect(isShown(fromCustomer({ item: { type: 'reaction' } }))).toBe(false);
  });

  it('a reply with whom and what it quotes', () => {
    const reply = fromBusiness({
      request: { text: { body: 'Which one?' }, context: { message_id: 'wamid.1' } },
    });
    expect(messageView(reply, chatOf(fromCustomer(), reply)).quote).toEqual({
      id: 'wamid.1',
      who: 'You',
      text: 'It leaks',
    });
  });

  it('a reply to a message that this phone never had', () => {
    const item = { type: 'text', text: { body: 'ok' }, context: { id: 'wamid.gone' } };
    const reply = fromCustomer({ item });
    expect(messageView(reply, chatOf(reply)).quote).toMatchObject({
      text: 'A message that is not on this phone',
    });
  });

  it('a customer row with the newest message and what is unread', () => {
    const chat = chatOf(fromCustomer(), fromBusiness());
    expect(customerRow(chat.customer, chat)).toMatchObject({
      unread: 1,
      preview: 'We come today',
      at: 2000,
    });
    expect(customerRow(chat.customer, undefined)).toMatchObject({ unread: 0, preview: '', at: 0 });
  });
});

describe('the content of a bubble', () => {
  it.each([
    [
      'image',
      { image: { link: 'https://x/a.jpg', caption: 'Here' } },
      'Photo',
      'Here\nhttps://x/a.jpg',
    ],
    [
      'document',
      { document: { link: 'https://x/a.pdf', filename: 'a.pdf' } },
      'Document',
      'a.pdf\nhttps://x/a.pdf',
    ],
    ['audio', { audio: { id: '1', voice: true } }, 'Voice message', ''],
    ['unsupported', { unsupported: { type: 'pin' } }, 'Not shown to the business', 'pin'],
    [
      'location',
      { location: { latitude: 1, longitude: 2, name: 'Shop' } },
      'Location',
      'Shop\n1, 2',
    ],
    ['payment', { payment: {} }, 'A message of type “payment”', ''],
    [
      'order',
      {
        order: {
          text: 'Two, please',
          product_items: [
            { product_retailer_id: 'filter', quantity: 2, item_price: 30, currency: 'USD' },
          ],
        },
      },
      'Order',
      'Two, please\n2 × filter, 30 USD',
    ],
    [
      'contacts',
      { contacts: [{ name: { formatted_name: 'Ana' }, phones: [{ phone: '+1 555' }] }] },
      'Contact',
      'Ana · +1 555',
    ],
    [
      'template',
      {
        template: {
          name: 'visit',
          language: { code: 'en' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Noor' }] }],
        },
      },
      'Template visit (en)',
      'Noor',
    ],
  ])('%s', (type, body, label, text) => {
    expect(contentView(type, body)).toMatchObject({ label, text });
  });

  it('buttons and list rows are answers to tap', () => {
    const action = { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] };
    const button = { type: 'button', body: { text: 'Today?' }, action };
    expect(contentView('interactive', { interactive: button })).toMatchObject({
      label: '',
      text: 'Today?',
      options: [{ kind: 'button', id: 'yes', title: 'Yes', description: '' }],
    });
    const rows = [{ id: 'am', title: 'Morning', description: '8 to 12' }];
    const list = { type: 'list', body: { text: 'When?' }, action: { sections: [{ rows }] } };
    expect(contentView('interactive', { interactive: list }).options).toEqual([
      { kind: 'list', id: 'am', title: 'Morning', description: '8 to 12' },
    ]);
  });

  it('an answer that was tapped reads as its title', () => {
    const interactive = { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } };
    expect(contentView('interactive', { interactive })).toMatchObject({ label: '', text: 'Yes' });
  });

  it('content that is not shaped as documented is empty, not an error', () => {
    expect(contentView('text', { text: 'x' }).text).toBe('');
    expect(contentView('interactive', {}).options).toEqual([]);
  });
});
