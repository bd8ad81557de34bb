import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardsOf } from './cards.ts';
import { formAnswers } from './form-answers.ts';
import { noticeOf, noticeParts } from './notice.ts';
import { orderOf } from './order.ts';
import { placeOf } from './place.ts';
import { unsupportedOf } from './unsupported.ts';
import { vCard } from './vcard.ts';
import { webLink } from './web-link.ts';

const [card] = cardsOf({
  cards: [
    {
      name: 'Ruiz, Ana; "A"\\B',
      company: 'Kes\r\ntrel',
      birthday: '1990-01-31',
      phones: [{ phone: '+34 600', type: 'cell' }, { phone: '+34 700', type: 'a;b' }, {}],
      emails: [{ email: 'ana@kestrel.example', type: 'WORK' }],
      urls: [{ url: 'https://kestrel.example' }],
      addresses: ['Calle 1, Vigo', 7, null],
    },
  ],
});

describe('a vCard', () => {
  it('has every line that a phone book reads, with what would break one escaped', () => {
    expect(vCard(card!)).toBe(
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        String.raw`N:;Ruiz\, Ana\; "A"\\B;;;`,
        String.raw`FN:Ruiz\, Ana\; "A"\\B`,
        String.raw`ORG:Kes\ntrel`,
        'BDAY:1990-01-31',
        'TEL;TYPE=CELL:+34 600',
        'TEL:+34 700',
        'EMAIL;TYPE=WORK:ana@kestrel.example',
        'URL:https://kestrel.example',
        String.raw`ADR:;;Calle 1\, Vigo;;;;`,
        'ADR:;;7;;;;',
        'END:VCARD',
        '',
      ].join('\r\n'),
    );
  });

  it('can’t be given a line by what somebody wrote, and has none too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const lines = vCard({ ...card!, name }).split('\r\n');
        expect(lines.filter((line) => line.startsWith('END:'))).toEqual(['END:VCARD']);
        expect(lines.filter((line) => /^(?:N|FN):/.test(line))).toHaveLength(2);
        expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(75);
      }),
    );
  });
});

describe('an order', () => {
  const item = { productId: 'P', quantity: 3, price: 99.99, currency: 'EUR' };

  it('is counted in the reader’s manner', () => {
    expect(orderOf({ items: [item] }, 'pt')).toMatchObject({
      total: expect.stringMatching(/299,97/),
    });
    expect(orderOf({ items: [item] }, 'en').total).toBe('€299.97');
  });

  it('has no total where it would be a guess', () => {
    const { price: _, ...unpriced } = item;
    expect(orderOf({ items: [item, unpriced] }, 'en').total).toBeNull();
    expect(orderOf({ items: [item, { ...item, currency: 'USD' }] }, 'en').total).toBeNull();
    expect(orderOf({}, 'en')).toEqual({ lines: [], total: null });
  });

  it('keeps a currency that is none beside the number', () => {
    expect(orderOf({ items: [{ ...item, currency: 'Dollars' }] }, 'en').total).toBe(
      '299.97 Dollars',
    );
    expect(orderOf({ items: [{ ...item, currency: '' }] }, 'en').total).toBe('299.97');
  });
});

describe('the answers of a form', () => {
  it('are its fields, groups opened, without what was left empty', () => {
    expect(formAnswers('{"a":"x","b":{"c":true,"d":null},"e":[],"f":["g",2]}')).toEqual([
      { field: 'a', value: 'x' },
      { field: 'c', value: 'true' },
      { field: 'f', value: 'g, 2' },
    ]);
  });

  it.each(['', '{', '[1]', '7', 'null', '{}', '{"flow_token":"T"}', undefined, 7, {}])(
    'are none in %j',
    (text) => {
      expect(formAnswers(text)).toBeNull();
    },
  );

  it('end somewhere, however deep and many', () => {
    const deep = '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000);
    expect(formAnswers(deep)).toHaveLength(1);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1]));
    expect(formAnswers(JSON.stringify(many))).toHaveLength(100);
  });
});

describe('a link out', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'AD_URL', '', undefined, 'geo:1,2'])(
    'does not follow %j',
    (url) => {
      expect(webLink(url)).toBeNull();
    },
  );

  it('is an address of the web', () => {
    expect(webLink('https://fb.me/x')?.host).toBe('fb.me');
  });
});

describe('readers of what a customer’s app sent', () => {
  it('fail at nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (content) => {
        cardsOf(content).forEach(vCard);
        orderOf(content, 'es');
        placeOf(content);
        noticeOf('group_update', content);
        noticeParts(content);
        unsupportedOf(content);
      }),
      { seed: 20_261_123 },
    );
    const names = ['cards', 'items', 'kind', 'errors', 'latitude', 'longitude', 'url'];
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const content = Object.fromEntries(names.map((name) => [name, value]));
        cardsOf(content).forEach(vCard);
        orderOf(content, 'es');
        placeOf(content);
        unsupportedOf(content);
      }),
      { seed: 20_261_123 },
    );
  });

  it('know no notice by a word of the language', () => {
    expect(noticeOf('system', { kind: 'constructor' })).toBeNull();
    expect(unsupportedOf({ kind: 'constructor' })).toMatchObject({ lost: 'other' });
  });
});
