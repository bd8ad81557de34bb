import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asFlag, asList, asNumber, asObject, asObjects, asText, compact, cutText } from './read.ts';

/** A number as the webhook's parser keeps it where JavaScript has none for it. */
const rawJson = (digits: string): unknown =>
  (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(digits);

describe('readers of foreign data', () => {
  it('take a text as it is, made well-formed, and a number by its digits', () => {
    expect(asText('olá')).toBe('olá');
    expect(asText('a\ud800b')).toBe('a\ufffdb');
    expect(asText(15550123456)).toBe('15550123456');
    expect(asText(rawJson('12345678901234567890'))).toBe('12345678901234567890');
  });

  it.each([undefined, null, '', NaN, Infinity, true, [], ['a'], {}, { rawJSON: '5' }])(
    'take no text from %j',
    (value) => {
      expect(asText(value)).toBeUndefined();
    },
  );

  it('take a number also from its digits', () => {
    expect(asNumber(7)).toBe(7);
    expect(asNumber(' 7 ')).toBe(7);
    expect(asNumber('1e3')).toBe(1_000);
    expect(asNumber(rawJson('9007199254740993'))).toBe(9_007_199_254_740_992);
  });

  it.each([undefined, null, '', ' ', 'seven', NaN, Infinity, '1e999', true, [7], {}])(
    'take no number from %j',
    (value) => {
      expect(asNumber(value)).toBeUndefined();
    },
  );

  it('take objects and lists for what they are', () => {
    expect(asObject({ a: 1 })).toEqual({ a: 1 });
    expect([null, [], 'a', 5].map(asObject)).toEqual([undefined, undefined, undefined, undefined]);
    expect(asList([1])).toEqual([1]);
    expect(asList({ length: 1 })).toEqual([]);
    expect(asObjects([{ a: 1 }, null, 'b', [2]])).toEqual([{ a: 1 }]);
    expect([true, false, 'true', 1].map(asFlag)).toEqual([true, false, undefined, undefined]);
  });

  it('never throw and never answer anything unfit, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(asText(value)?.isWellFormed() ?? true).toBe(true);
        expect(Number.isFinite(asNumber(value) ?? 0)).toBe(true);
        asObjects(value);
      }),
      { seed: 20_261_122 },
    );
  });
});

describe('what is made of it', () => {
  it('has no undefined member', () => {
    expect(compact({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null });
    expect('b' in compact({ b: undefined })).toBe(false);
  });

  it('is cut without leaving half a character', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('ab🧊', 3)).toBe('ab');
    expect(cutText(undefined, 3)).toBeUndefined();
  });
});
