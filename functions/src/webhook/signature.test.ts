import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureHolds, tokenMatches } from './signature.ts';

const BODY = Buffer.from('{"text":"caf\\u00e9"}');
const sign = (body: Uint8Array, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('the signature of a delivery', () => {
  it('holds over the raw bytes under the app secret', () => {
    expect(signatureHolds(BODY, sign(BODY, 'secret'), ['secret'])).toBe(true);
  });

  it('does not hold over the same JSON written otherwise', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
    expect(signatureHolds(rewritten, sign(BODY, 'secret'), ['secret'])).toBe(false);
  });

  it('holds under any of the secrets while one is being rotated, and under none that is gone', () => {
    expect(signatureHolds(BODY, sign(BODY, 'old'), ['new', 'old'])).toBe(true);
    expect(signatureHolds(BODY, sign(BODY, 'new'), ['new', 'old'])).toBe(true);
    expect(signatureHolds(BODY, sign(BODY, 'old'), ['new'])).toBe(false);
  });

  it('holds for an empty body too', () => {
    const empty = Buffer.alloc(0);
    expect(signatureHolds(empty, sign(empty, 'secret'), ['secret'])).toBe(true);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one without its prefix', sign(BODY, 'secret').slice(7)],
    ['SHA-1', `sha1=${createHmac('sha1', 'secret').update(BODY).digest('hex')}`],
    ['half of it', sign(BODY, 'secret').slice(0, 39)],
    ['more than it', `${sign(BODY, 'secret')}00`],
    ['another word', `sha256=${'z'.repeat(64)}`],
    ['two of them', `${sign(BODY, 'other')},${sign(BODY, 'secret')}`],
  ])('does not hold with %s', (_, header) => {
    expect(signatureHolds(BODY, header, ['secret'])).toBe(false);
  });

  it('does not hold where there is no secret at all, nor under an empty one that was not given', () => {
    expect(signatureHolds(BODY, sign(BODY, ''), [])).toBe(false);
  });
});

describe('the verify token', () => {
  it.each([
    ['the same', 'token', ['token'], true],
    ['one of several', 'old', ['new', 'old'], true],
    ['another', 'other', ['token'], false],
    ['its beginning', 'tok', ['token'], false],
    ['none against one', '', ['token'], false],
    ['none against none', '', [], false],
  ])('compares %s', (_, given, expected, matches) => {
    expect(tokenMatches(given, expected)).toBe(matches);
  });
});
