import { describe, expect, it } from 'vitest';
import type { Json } from '../shared/read.ts';
import { aTemplate } from '../testing/index.ts';
import { messageBody, type MessageParts } from './message-body.ts';

const parts = (over: Partial<MessageParts> = {}): MessageParts => ({
  type: 'text',
  text: '',
  content: undefined,
  to: { recipient_type: 'individual', to: '+15550123456' },
  quotedWamid: undefined,
  callback: 'sb1:c1/r1',
  mediaId: null,
  template: null,
  prefix: '',
  ...over,
});
const bodyOf = (over: Partial<MessageParts>): Json => {
  const made = messageBody(parts(over));
  if (!made.ok) throw new Error(made.failure);
  return made.body;
};
const failureOf = (over: Partial<MessageParts>) => {
  const made = messageBody(parts(over));
  return made.ok ? null : made.failure;
};

describe('the body of a message', () => {
  it('says to whom, what, and what its statuses carry back', () => {
    expect(bodyOf({ text: 'Hi' })).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+15550123456',
      type: 'text',
      text: { body: 'Hi', preview_url: true },
      biz_opaque_callback_data: 'sb1:c1/r1',
    });
  });

  it('names the quoted message', () => {
    expect(bodyOf({ text: 'Hi', quotedWamid: 'wamid.Q' })).toMatchObject({
      context: { message_id: 'wamid.Q' },
    });
  });

  it.each<readonly [string, Partial<MessageParts>, Json]>([
    [
      'a text without the preview of its link',
      { text: 'Hi', content: { preview: false } },
      { text: { body: 'Hi', preview_url: false } },
    ],
    [
      'a text under its author’s name',
      { text: 'Hi', prefix: '*Jonas:*\n' },
      { text: { body: '*Jonas:*\nHi' } },
    ],
    [
      'a photo with a caption under its author’s name',
      { type: 'image', text: 'The slip', mediaId: '42', prefix: '*Jonas:*\n' },
      { image: { id: '42', caption: '*Jonas:*\nThe slip' } },
    ],
    [
      'a photo without words',
      { type: 'image', mediaId: '42', prefix: '*J:*\n' },
      { image: { id: '42' } },
    ],
    [
      'a document with its name',
      { type: 'document', mediaId: '42', content: { filename: 'invoice.pdf' } },
      { document: { id: '42', filename: 'invoice.pdf' } },
    ],
    [
      'a voice note',
      { type: 'audio', mediaId: '42', content: { voice: true } },
      { audio: { id: '42', voice: true } },
    ],
    ['a sticker', { type: 'sticker', mediaId: '42' }, { sticker: { id: '42' } }],
    [
      'a place',
      { type: 'location', content: { latitude: 1, longitude: 2, name: 'Shop' } },
      { location: { latitude: 1, longitude: 2, name: 'Shop' } },
    ],
    [
      'a card, with the part of the name that Meta wants besides the whole',
      {
        type: 'contacts',
        content: { cards: [{ name: 'Anna Silva', phones: [{ phone: '+1', waId: '1' }] }] },
      },
      {
        contacts: [
          {
            name: { formatted_name: 'Anna Silva', first_name: 'Anna' },
            phones: [{ phone: '+1', wa_id: '1' }],
            emails: [],
          },
        ],
      },
    ],
    [
      'a card with the parts of its name',
      {
        type: 'contacts',
        content: { cards: [{ name: 'Anna da Silva', firstName: 'Anna', lastName: 'da Silva' }] },
      },
      {
        contacts: [
          {
            name: { formatted_name: 'Anna da Silva', first_name: 'Anna', last_name: 'da Silva' },
            phones: [],
            emails: [],
          },
        ],
      },
    ],
    [
      'a card of somebody with a last name alone',
      {
        type: 'contacts',
        content: { cards: [{ name: 'Silva', firstName: ' ', lastName: 'Silva' }] },
      },
      {
        contacts: [
          { name: { formatted_name: 'Silva', last_name: 'Silva' }, phones: [], emails: [] },
        ],
      },
    ],
    [
      'buttons',
      {
        type: 'interactive',
        text: 'Which day?',
        content: { kind: 'button', footer: 'Kestrel', buttons: [{ id: 'a', title: 'Mon' }] },
      },
      {
        interactive: {
          type: 'button',
          footer: { text: 'Kestrel' },
          body: { text: 'Which day?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Mon' } }] },
        },
      },
    ],
    [
      'a list',
      {
        type: 'interactive',
        text: 'Which day?',
        content: {
          kind: 'list',
          header: 'Visit',
          button: 'Days',
          sections: [{ title: ' ', rows: [{ id: 'a', title: 'Mon' }] }],
        },
      },
      {
        interactive: {
          type: 'list',
          header: { type: 'text', text: 'Visit' },
          body: { text: 'Which day?' },
          action: { button: 'Days', sections: [{ rows: [{ id: 'a', title: 'Mon' }] }] },
        },
      },
    ],
    [
      'a link',
      {
        type: 'interactive',
        text: 'Pay here',
        content: { kind: 'cta_url', label: 'Pay', url: 'https://kestrel.test/pay' },
      },
      {
        interactive: {
          type: 'cta_url',
          body: { text: 'Pay here' },
          action: {
            name: 'cta_url',
            parameters: { display_text: 'Pay', url: 'https://kestrel.test/pay' },
          },
        },
      },
    ],
    [
      'the wish to know where somebody is',
      {
        type: 'interactive',
        text: 'Where are you?',
        content: { kind: 'location_request_message' },
      },
      {
        interactive: {
          type: 'location_request_message',
          body: { text: 'Where are you?' },
          action: { name: 'send_location' },
        },
      },
    ],
  ])('is that of %s', (_, over, expected) => {
    expect(bodyOf(over)).toMatchObject(expected);
  });

  it('of choices has all the room there is: the author’s name stands before texts and captions alone', () => {
    const text = 'x'.repeat(1024);
    const content = { kind: 'button', buttons: [{ id: 'a', title: 'Mon' }] };
    expect(bodyOf({ type: 'interactive', text, content, prefix: '*J:*\n' })).toMatchObject({
      interactive: { body: { text } },
    });
  });

  it('of a reaction names its message itself, and quotes nothing', () => {
    const reaction = { type: 'reaction', content: { emoji: '👍' }, quotedWamid: 'wamid.Q' };
    const body = bodyOf(reaction);
    expect(body).toMatchObject({ reaction: { message_id: 'wamid.Q', emoji: '👍' } });
    expect(body).not.toHaveProperty('context');
  });

  it('of a template has its name, language and what fills it', () => {
    const content = { templateId: '7', values: { body: ['Peter', 'Forno 60'] } };
    const body = bodyOf({
      type: 'template',
      content,
      template: aTemplate(),
      quotedWamid: 'wamid.Q',
    });
    expect(body).toMatchObject({
      template: {
        name: 'follow_up_after_repair',
        language: { code: 'en' },
        components: [{ type: 'body', parameters: [{ text: 'Peter' }, { text: 'Forno 60' }] }],
      },
    });
    expect(body).not.toHaveProperty('context');
  });
});

describe('no body is made', () => {
  const template = { type: 'template', content: { templateId: '7', values: { body: ['Peter'] } } };
  const whole = {
    type: 'template',
    content: { templateId: '7', values: { body: ['Peter', 'x'] } },
  };

  it.each<readonly [string, Partial<MessageParts>, string]>([
    ['to nobody', { text: 'Hi', to: null }, 'no-recipient'],
    ['of a type that nobody sends', { type: 'order' }, 'bad-content'],
    [
      'of what WhatsApp would refuse',
      { type: 'interactive', text: 'x', content: { kind: 'button', buttons: [] } },
      'bad-content',
    ],
    [
      'of a text that its author’s name makes too long',
      { text: 'x'.repeat(4096), prefix: '*J:*\n' },
      'bad-content',
    ],
    ['of a photo whose file is not there', { type: 'image' }, 'no-media'],
    [
      'of a reaction to what WhatsApp has no id of',
      { type: 'reaction', content: { emoji: 'x' } },
      'no-target',
    ],
    ['of a template that is gone', { ...whole, template: null }, 'template-unavailable'],
    [
      'of a template that is paused',
      { ...whole, template: aTemplate({ status: 'PAUSED' }) },
      'template-unavailable',
    ],
    ['of a template with a gap', { ...template, template: aTemplate() }, 'bad-content'],
    [
      'of a template whose header has no file',
      { ...whole, template: aTemplate({ header: { kind: 'IMAGE', text: '' } }) },
      'no-media',
    ],
  ])('%s', (_, over, failure) => {
    expect(failureOf(over)).toBe(failure);
  });
});
