import { describe, expect, it } from 'vitest';
import { orNull, parseExactly } from './json.ts';

describe('JSON of a webhook', () => {
  it('keeps integers beyond 2^53 to the digit', () => {
    const text = '{"id":9007199254740993,"list":[12345678901234567890,-98765432109876543210]}';
    expect(JSON.stringify(parseExactly(text))).toBe(text);
  });

  it('reads every other number as a number', () => {
    expect(parseExactly('[1,9007199254740991,0.5,1e21,-0,1234567890.25]')).toEqual([
      1, 9007199254740991, 0.5, 1e21, -0, 1234567890.25,
    ]);
  });

  it.each(['', '{', '{"a":1', 'nonsense', '\u0000', '{"a":12345678901234567890'])(
    'answers undefined for %j',
    (text) => {
      expect(parseExactly(text)).toBeUndefined();
    },
  );

  it.each([
    '{"a":{"__proto__":{"b":[null,true]}},"":"","é":"\\ud800"}',
    '["1234567890123456789",{"1234567890123456789":1e300}]',
    '"text"',
    'null',
  ])('gives back %j as it was', (text) => {
    expect(JSON.stringify(parseExactly(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('answers undefined for numbers nested deeper than the stack, and never throws', () => {
    const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`;
    expect(parseExactly(deep)).toBeUndefined();
  });
});

describe('orNull', () => {
  it('answers what was read, and null where reading threw', () => {
    expect(orNull(() => 5)).toBe(5);
    expect(
      orNull(() => {
        throw new RangeError('Maximum call stack size exceeded');
      }),
    ).toBeNull();
  });
});
