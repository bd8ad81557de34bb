import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { interactiveRule } from './interactive-rules.ts';

const body = { text: 'Which day?' };
const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
const button = (changes: JsonObject = {}): JsonObject => ({
  type: 'button',
  body,
  action: { buttons: [reply('a', 'Monday'), reply('b', 'Tuesday')] },
  ...changes,
});
const buttons = (...all: JsonObject[]) => button({ action: { buttons: all } });
const row = (id: string, changes: JsonObject = {}) => ({ id, title: `Row ${id}`, ...changes });
const list = (...sections: JsonObject[]): JsonObject => ({
  type: 'list',
  body,
  action: { button: 'Choose', sections },
});
const link = (parameters: JsonObject): JsonObject => ({
  type: 'cta_url',
  body,
  action: { name: 'cta_url', parameters },
});
const place = (changes: JsonObject = {}): JsonObject => ({
  type: 'location_request_message',
  body,
  action: { name: 'send_location' },
  ...changes,
});
const flow = (parameters: JsonObject): JsonObject => ({
  type: 'flow',
  body,
  action: { name: 'flow', parameters },
});
const codeOf = (content: JsonObject) => interactiveRule(content)?.code ?? null;
const x = (length: number) => 'x'.repeat(length);
const image = { type: 'image', image: { link: 'https://x/a.jpg' } };

describe('an interactive message that goes out', () => {
  it.each([
    ['with all a button can have', button({ header: image, footer: { text: x(60) } })],
    ['with the longest words', button({ body: { text: x(1024) } })],
    ['with the longest title of a button', buttons(reply(x(256), x(20)))],
    [
      'with the longest words of a list',
      { ...list({ rows: [row('1')] }), body: { text: x(4096) } },
    ],
    [
      'with two sections that have titles',
      list(
        { title: x(24), rows: [row('1', { description: x(72) })] },
        { title: 'B', rows: [row('2')] },
      ),
    ],
    ['with a link', link({ display_text: x(20), url: 'https://kestrel.example' })],
    ['that asks for a place', place()],
    [
      'that asks for the number',
      { type: 'request_contact_info', body, action: { name: 'request_contact_info' } },
    ],
    ['with a flow', flow({ flow_message_version: '3', flow_id: '1', flow_cta: 'Book' })],
    ['with a product and no words', { type: 'product', action: { catalog_id: '1' } }],
  ])('%s', (_, content) => {
    expect(codeOf(content)).toBeNull();
  });
});

describe('an interactive message that Meta refuses', () => {
  it.each([
    ['without a kind', { body, action: {} }, 131008],
    ['of no kind', { type: 'poll', body, action: {} }, 100],
    ['of no kind, named like what every object has', { type: 'toString', body, action: {} }, 100],
    ['without an action', { type: 'button', body }, 131008],
    ['without words', button({ body: {} }), 131008],
    ['with words that are too long', button({ body: { text: x(1025) } }), 131009],
    ['with a header of no kind', button({ header: { type: 'audio' } }), 131009],
    ['with an empty header', button({ header: { type: 'text', text: '' } }), 131008],
    ['with a header that is too long', button({ header: { type: 'text', text: x(61) } }), 131009],
    ['with a picture that is nowhere', button({ header: { type: 'image', image: {} } }), 131008],
    ['with an empty footer', button({ footer: { text: '' } }), 131008],
    ['with a footer that is too long', button({ footer: { text: x(61) } }), 131009],
    ['without buttons', buttons(), 131009],
    ['with four buttons', buttons(...['1', '2', '3', '4'].map((n) => reply(n, n))), 131009],
    ['with a button of another type', buttons({ type: 'url', url: 'https://x' }), 131009],
    ['with two buttons of one title', buttons(reply('a', 'Yes'), reply('b', 'Yes')), 131009],
    ['with two buttons of one id', buttons(reply('a', 'Yes'), reply('a', 'No')), 131009],
    ['with a button whose id is too long', buttons(reply(x(257), 'Yes')), 131009],
    ['with a picture above a list', { ...list({ rows: [row('1')] }), header: image }, 131009],
    ['with sections without rows', list({ rows: [] }), 131008],
    [
      'with two sections and one title',
      list({ rows: [row('1')] }, { title: 'B', rows: [row('2')] }),
      131008,
    ],
    ['with a section’s title that is too long', list({ title: x(25), rows: [row('1')] }), 131009],
    ['with two rows of one id', list({ rows: [row('1'), row('1')] }), 131009],
    [
      'with a row’s description that is too long',
      list({ rows: [row('1', { description: x(73) })] }),
      131009,
    ],
    ['with a row’s title that is too long', list({ rows: [row('1', { title: x(25) })] }), 131009],
    ['with a link that is none', link({ display_text: 'Go', url: 'kestrel.example' }), 131009],
    ['with a link without words', link({ url: 'https://kestrel.example' }), 131008],
    [
      'with a link whose words are too long',
      link({ display_text: x(21), url: 'https://x.y' }),
      131009,
    ],
    ['that asks for a place by another name', place({ action: { name: 'locate' } }), 131009],
    [
      'that asks for a place below a header',
      place({ header: { type: 'text', text: 'Hi' } }),
      131009,
    ],
    ['that asks for a place above a footer', place({ footer: { text: 'Hi' } }), 131009],
    [
      'with a flow of another version',
      flow({ flow_message_version: '2', flow_id: '1', flow_cta: 'x' }),
      131009,
    ],
    [
      'with a flow that is named twice',
      flow({ flow_message_version: '3', flow_id: '1', flow_name: 'x', flow_cta: 'x' }),
      131009,
    ],
  ])('%s', (_, content, code) => {
    expect(codeOf(content)).toBe(code);
  });
});
