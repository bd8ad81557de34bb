import { describe, expect, it } from 'vitest';
import {
  DEMO_NUMBER,
  type BusinessMessage,
  type Chat,
  type CustomerMessage,
  type JsonObject,
} from '../model.ts';
import { demoTemplates } from '../world/demo-templates.ts';
import { contentView } from './content.ts';
import { customerRow, isShown, messageView } from './view.ts';

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

const template = (name: string) =>
  demoTemplates(DEMO_NUMBER.wabaId).find((one) => one.name === name) ?? null;

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

  it('no quote of what is gone, is too old, or stands above a template', () => {
    const context = { message_id: 'wamid.1' };
    const quoteIn = (changes: Partial<BusinessMessage>, quoted = fromCustomer()) => {
      const reply = fromBusiness({ request: { text: { body: 'ok' }, context }, ...changes });
      return messageView(reply, chatOf(quoted, reply)).quote;
    };
    expect(quoteIn({})).not.toBeNull();
    expect(quoteIn({}, fromCustomer({ revoked: true }))).toBeNull();
    expect(quoteIn({}, fromCustomer({ wamid: 'wamid.other' }))).toBeNull();
    expect(quoteIn({ at: 1000 + 30 * 24 * 3_600_000 })).toBeNull();
    expect(quoteIn({ type: 'template' })).toBeNull();
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

  const offered = (interactive: JsonObject) => contentView('interactive', { interactive });

  it('buttons are answers to tap, and a list opens its rows', () => {
    const action = { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] };
    const button_reply = { id: 'yes', title: 'Yes' };
    expect(offered({ type: 'button', body: { text: 'Today?' }, action })).toMatchObject({
      label: '',
      text: 'Today?',
      options: [
        {
          kind: 'answer',
          title: 'Yes',
          answer: { type: 'interactive', interactive: { type: 'button_reply', button_reply } },
        },
      ],
    });
    const row = { id: 'am', title: 'Morning', description: '8 to 12' };
    const sections = [{ title: 'Friday', rows: [row] }];
    expect(
      offered({ type: 'list', body: { text: 'When?' }, action: { button: 'Times', sections } }),
    ).toMatchObject({
      list: 'Times',
      options: [
        {
          kind: 'row',
          title: 'Morning',
          description: '8 to 12',
          section: 'Friday',
          answer: { interactive: { type: 'list_reply', list_reply: row } },
        },
      ],
    });
  });

  it('a link opens what a browser may open, and nothing else', () => {
    const to = (url: string) =>
      offered({ type: 'cta_url', action: { parameters: { display_text: 'Book', url } } }).options;
    expect(to('https://kestrel.example/')).toMatchObject([
      { kind: 'link', title: 'Book', value: 'https://kestrel.example/' },
    ]);
    expect(to('javascript:alert(1)')).toEqual([]);
  });

  it.each([
    ['location_request_message', 'location'],
    ['request_contact_info', 'contacts'],
    ['flow', 'interactive'],
    ['call_permission_request', 'interactive'],
  ])('%s is answered by %s', (type, answer) => {
    const parameters = { flow_cta: 'Book', flow_token: 't' };
    expect(offered({ type, action: { parameters } }).options[0]?.answer?.type).toBe(answer);
  });

  it('a picture above the words, or where it lies', () => {
    const above = (image: JsonObject) =>
      offered({ type: 'button', header: { type: 'image', image } });
    expect(above({ id: '7' })).toMatchObject({ media: { kind: 'image', id: '7' }, header: '' });
    expect(above({ link: 'https://x/a.jpg' })).toMatchObject({
      media: null,
      header: 'https://x/a.jpg',
    });
  });

  it('a template with its title, its values, its footer and its buttons', () => {
    const parameters = ['Noor', 'Tuesday', '9 and 11'].map((text) => ({ type: 'text', text }));
    const content = { name: 'visit_booked', components: [{ type: 'body', parameters }] };
    const shown = contentView('template', { template: content }, template('visit_booked'));
    expect(shown).toMatchObject({
      label: '',
      header: 'Your visit is booked',
      text: 'Hello Noor, our technician comes on Tuesday between 9 and 11. Please keep the way to the appliance free.',
      footer: 'Kestrel Appliances, repairs at home',
    });
    expect(shown.options).toMatchObject([
      {
        title: 'Another time',
        answer: { type: 'button', button: { payload: 'Another time', text: 'Another time' } },
      },
      { kind: 'link', title: 'Call us', value: 'tel:+15550100100' },
    ]);
  });

  it('a template with a file, values by name or a link of its own', () => {
    const text = (value: string, parameter_name?: string) => ({
      type: 'text',
      text: value,
      ...(parameter_name === undefined ? {} : { parameter_name }),
    });
    const order = {
      components: [
        {
          type: 'header',
          parameters: [{ type: 'document', document: { id: '7', filename: 'a.pdf' } }],
        },
        { type: 'body', parameters: [text('Noor'), text('K20418')] },
        { type: 'button', sub_type: 'url', index: '0', parameters: [text('K20418')] },
      ],
    };
    expect(contentView('template', { template: order }, template('order_update'))).toMatchObject({
      media: { kind: 'document', id: '7', name: 'a.pdf' },
      options: [{ kind: 'link', value: 'https://kestrel.example/orders/K20418' }],
    });
    const named = [
      text('Friday', 'visit_day'),
      text('Noor', 'customer_name'),
      text('oven', 'appliance'),
    ];
    const appointment = { components: [{ type: 'body', parameters: named }] };
    const shown = contentView(
      'template',
      { template: appointment },
      template('appointment_confirmation'),
    );
    expect(shown.text).toBe(
      'Hello Noor, please confirm the visit for your oven on Friday, or tell us another day.',
    );
  });

  it('a template with a code to copy, and a payload for a quick reply', () => {
    const code = { type: 'coupon_code', coupon_code: 'SPRING20' };
    const spring = {
      components: [{ type: 'button', sub_type: 'copy_code', index: 0, parameters: [code] }],
    };
    expect(
      contentView('template', { template: spring }, template('spring_service')).options[0],
    ).toMatchObject({
      kind: 'copy',
      value: 'SPRING20',
    });
    const payload = { type: 'payload', payload: 'GOOD' };
    const follow = {
      components: [{ type: 'button', sub_type: 'quick_reply', index: '0', parameters: [payload] }],
    };
    const shown = contentView('template', { template: follow }, template('follow_up_after_repair'));
    expect(shown.options[0]?.answer).toEqual({
      type: 'button',
      button: { payload: 'GOOD', text: 'Yes, all good' },
    });
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
