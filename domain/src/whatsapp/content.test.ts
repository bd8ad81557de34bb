import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENTRY_TEXT_LIMIT,
  lineText,
  MESSAGE_TYPES,
  owesAnswer,
  readContent,
  readContext,
  readErrors,
} from './content.ts';

/** What a document may hold of a message beside its envelope, bytes: Firestore's limit is 1 MiB. */
const DOCUMENT_BYTES = 1_000_000;
/** At most so many: no UTF-16 unit takes more than three bytes of UTF-8. */
const bytes = (value: unknown) => JSON.stringify(value).length * 3;

describe('what a message says', () => {
  it.each([
    ['text', { text: { body: 'Hi' } }, { text: 'Hi' }],
    [
      'image',
      { image: { id: 'M1', mime_type: 'image/jpeg', sha256: 'S', caption: 'The leak' } },
      { text: 'The leak', content: { mediaId: 'M1', mimeType: 'image/jpeg', sha256: 'S' } },
    ],
    ['audio', { audio: { id: 'M1', voice: true } }, { content: { mediaId: 'M1', voice: true } }],
    [
      'document',
      { document: { id: 'M1', filename: 'açúcar.pdf' } },
      { content: { mediaId: 'M1', filename: 'açúcar.pdf' } },
    ],
    [
      'location',
      { location: { latitude: -23.5, longitude: '46.6', name: 'Home' } },
      { content: { latitude: -23.5, longitude: 46.6, name: 'Home' } },
    ],
    [
      'contacts',
      { contacts: [{ name: { formatted_name: 'Ana' }, phones: [{ phone: '+1', wa_id: '1' }] }] },
      {
        content: {
          cards: [
            {
              name: 'Ana',
              phones: [{ phone: '+1', waId: '1' }],
              emails: [],
              urls: [],
              addresses: [],
            },
          ],
        },
      },
    ],
    [
      'contacts',
      {
        origin: 'contact_request',
        contacts: [
          {
            org: { company: 'Kestrel', title: 'Fitter' },
            addresses: [{ country: 'Portugal', street: 'Rua 1', city: 'Porto', type: 'HOME' }],
          },
        ],
      },
      {
        content: {
          cards: [
            {
              company: 'Kestrel',
              title: 'Fitter',
              origin: 'contact_request',
              phones: [],
              emails: [],
              urls: [],
              addresses: ['Rua 1, Porto, Portugal'],
            },
          ],
        },
      },
    ],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } } },
      { text: 'Yes', content: { kind: 'button_reply', id: 'b1' } },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"broken":' },
        },
      },
      { text: 'Sent', content: { kind: 'nfm_reply', name: 'flow', responseJson: '{"broken":' } },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: { response: 'accept', expiration_timestamp: 1753186982 },
        },
      },
      {
        content: {
          kind: 'call_permission_reply',
          response: 'accept',
          expiresAt: 1_753_186_982_000,
        },
      },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: { response: 'accept', expiration_timestamp: '1e300' },
        },
      },
      { content: { kind: 'call_permission_reply', response: 'accept' } },
    ],
    [
      'button',
      { button: { text: 'Yes', payload: 'P1' } },
      { text: 'Yes', content: { payload: 'P1' } },
    ],
    [
      'reaction',
      { reaction: { message_id: 'wamid.A', emoji: '👍' } },
      { content: { wamid: 'wamid.A', emoji: '👍' } },
    ],
    [
      'order',
      {
        order: {
          catalog_id: 'C',
          product_items: [
            { product_retailer_id: 'P', quantity: '2', item_price: 9.5, currency: 'EUR' },
          ],
        },
      },
      {
        content: {
          catalogId: 'C',
          items: [{ productId: 'P', quantity: 2, price: 9.5, currency: 'EUR' }],
        },
      },
    ],
    [
      'system',
      { system: { type: 'user_changed_number', body: 'Ana changed' } },
      { text: 'Ana changed', content: { kind: 'user_changed_number' } },
    ],
    [
      'edit',
      {
        edit: {
          original_message_id: 'wamid.A',
          message: { type: 'text', text: { body: 'Better' } },
        },
      },
      { text: 'Better', content: { wamid: 'wamid.A', type: 'text', message: {} } },
    ],
    ['revoke', { revoke: { original_message_id: 'wamid.A' } }, { content: { wamid: 'wamid.A' } }],
    ['request_welcome', {}, {}],
    ['unsupported', {}, {}],
  ])('as %s is read by its type', (type, item, expected) => {
    expect(readContent(type, item)).toEqual(expected);
  });

  it.each([
    ['of a type that nobody knows', 'hologram', { type: 'hologram', hologram: { size: 3 } }],
    ['without the body of its type', 'image', { type: 'image' }],
    ['whose body is a list', 'text', { type: 'text', text: ['Hi'] }],
    ['whose text is none', 'text', { type: 'text', text: { body: { a: 1 } } }],
    ['whose type is a word of the language', 'constructor', { type: 'constructor' }],
    ['whose type is every object’s', '__proto__', { type: '__proto__' }],
    ['whose type is a function’s name', 'toString', { type: 'toString', toString: {} }],
  ])('keeps its JSON %s', (_, type, item) => {
    expect(readContent(type, item)).toEqual({ content: { json: JSON.stringify(item) } });
  });

  it('adds errors, the advertisement it came from and the product it asks about to any type', () => {
    const item = {
      context: { referred_product: { catalog_id: 'C', product_retailer_id: 'P' } },
      errors: [{ code: 131051, title: 'Unknown', error_data: { details: 'No' } }],
      referral: { source_url: 'https://fb.me/x', headline: 'Fridges' },
    };
    expect(readContent('unsupported', item)).toEqual({
      content: {
        errors: [{ code: 131051, title: 'Unknown', details: 'No' }],
        referral: { url: 'https://fb.me/x', headline: 'Fridges' },
        product: { catalogId: 'C', productId: 'P' },
      },
    });
  });

  it('reads an edit of an edit as what nobody knows, however deep', () => {
    let edit: object = { original_message_id: 'wamid.0' };
    for (let depth = 0; depth < 1_000; depth += 1)
      edit = { original_message_id: `wamid.${depth}`, message: { type: 'edit', edit } };
    expect(readContent('edit', { edit }).content).toMatchObject({ wamid: 'wamid.999' });
  });

  it('keeps a text of 60,000 characters whole, and cuts beyond 100,000 with a mark', () => {
    const whole = 'x'.repeat(60_000);
    expect(readContent('text', { text: { body: whole } })).toEqual({ text: whole });
    const long = readContent('text', { text: { body: `${'🧊'.repeat(60_000)}` } });
    expect(long.truncated).toBe(true);
    expect(long.text).toBe('🧊'.repeat(ENTRY_TEXT_LIMIT / 2));
  });

  it.each([
    ['image', { image: { id: 'M'.repeat(3e6), caption: '字'.repeat(1e6), url: 'u'.repeat(3e6) } }],
    [
      'contacts',
      {
        contacts: Array.from({ length: 5_000 }, (_, i) => ({
          name: { formatted_name: `${i} ${'字'.repeat(300)}` },
        })),
      },
    ],
    [
      'order',
      {
        order: {
          product_items: Array.from({ length: 20_000 }, () => ({
            product_retailer_id: '字'.repeat(50),
          })),
        },
      },
    ],
    ['hologram', { hologram: '字'.repeat(1e6) }],
    ['edit', { edit: { message: { type: 'text', text: { body: '字'.repeat(1e6) } } } }],
    ['unsupported', { errors: Array.from({ length: 2_000 }, () => ({ title: '字'.repeat(500) })) }],
  ])(
    'stays under what a document holds, however large a body as %s is, and says so',
    (type, item) => {
      const content = readContent(type, item);
      expect(bytes(content)).toBeLessThan(DOCUMENT_BYTES);
      expect(content.truncated).toBe(true);
    },
  );

  it('is read without fail from anything, with nothing that Firestore refuses', () => {
    const type = fc.oneof(fc.constantFrom(...MESSAGE_TYPES, '__proto__', 'valueOf'), fc.string());
    const body = fc.jsonValue({ maxDepth: 5 });
    fc.assert(
      fc.property(type, body, body, (name, value, around) => {
        const given = typeof around === 'object' && !Array.isArray(around) ? around : {};
        const item = Object.fromEntries([...Object.entries(given ?? {}), [name, value]]);
        const content = readContent(name, item);
        expect(JSON.stringify(content).isWellFormed()).toBe(true);
        expect(JSON.stringify(content)).not.toContain('undefined');
      }),
      { seed: 20_261_122, numRuns: 500 },
    );
  });
});

describe('a notice of WhatsApp', () => {
  it('keeps its words without whole numbers and ids', () => {
    const body = 'User Ana changed from 15550123456 to US.13491208655302741918';
    const { text } = readContent('system', { system: { body, type: 'user_changed_number' } });
    expect(text).toBe('User Ana changed from +1 5550 ••• 456 to •••');
  });
});

describe('what a message says on one line', () => {
  const line = (type: string, item: object) => lineText(type, readContent(type, { ...item }));

  it.each([
    ['its text', 'image', { image: { id: 'M1', caption: 'The leak' } }, 'The leak'],
    ['a place’s name', 'location', { location: { latitude: 1, name: 'Home' } }, 'Home'],
    ['a place’s address', 'location', { location: { latitude: 1, address: 'Rua 1' } }, 'Rua 1'],
    ['a file’s name', 'document', { document: { id: 'M1', filename: 'a.pdf' } }, 'a.pdf'],
    ['a card’s name', 'contacts', { contacts: [{ name: { formatted_name: 'Ana' } }] }, 'Ana'],
    ['an emoji', 'reaction', { reaction: { message_id: 'wamid.A', emoji: '👍' } }, '👍'],
  ])('is %s', (_, type, item, expected) => {
    expect(line(type, item)).toBe(expected);
  });

  it('is no whole number of a card: a row is read by the whole team', () => {
    expect(line('contacts', { contacts: [{ phones: [{ phone: '+15550123456' }] }] })).toBe(
      undefined,
    );
  });

  it('is nothing where the type says it all, and for a notice that would tell a whole number', () => {
    expect(line('location', { location: { latitude: 1 } })).toBeUndefined();
    expect(line('contacts', {})).toBeUndefined();
    expect(line('constructor', {})).toBeUndefined();
    const body = 'Ana changed from 15550123456 to 15550123457';
    expect(line('system', { system: { type: 'user_changed_number', body } })).toBeUndefined();
  });
});

describe('errors', () => {
  it('are read in the old form and in the new, and never dropped for being strange', () => {
    expect(
      readErrors([
        { code: 1, title: 'T', error_data: { details: 'D' } },
        { code: '2', message: 'M', details: 'old' },
        { code: {} },
        'no error',
      ]),
    ).toEqual([
      { code: 1, title: 'T', details: 'D' },
      { code: 2, title: 'M', details: 'old' },
      { code: 'no-code', title: '', details: '' },
    ]);
    expect(readErrors({ code: 1 })).toEqual([]);
  });
});

describe('the context of a message', () => {
  it.each([
    [{ from: '1', id: 'wamid.A' }, { wamid: 'wamid.A' }],
    [{ forwarded: true }, { forwarded: 'once' }],
    [{ forwarded: true, frequently_forwarded: true }, { forwarded: 'often' }],
    [{ from: '1' }, undefined],
    [{ id: ['a'], forwarded: 'yes' }, undefined],
    ['wamid.A', undefined],
    [undefined, undefined],
  ])('of %j is %j', (context, expected) => {
    expect(readContext(context)).toEqual(expected);
  });
});

describe('what owes an answer', () => {
  it('is every type but comments on what is there', () => {
    expect(MESSAGE_TYPES.filter((type) => !owesAnswer(type))).toEqual([
      'reaction',
      'system',
      'edit',
      'revoke',
      'call',
      'group_update',
    ]);
    expect(owesAnswer('hologram')).toBe(true);
  });
});
