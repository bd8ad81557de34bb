import { describe, expect, it } from 'vitest';
import { canonicalPhone } from './phone.ts';

describe('a number that is written in two ways', () => {
  it.each([
    ['Brazil', '5511987654321', '551187654321'],
    ['Argentina', '5491123456789', '541123456789'],
    ['Mexico', '5215512345678', '525512345678'],
  ])('is one number in %s', (_, longer, shorter) => {
    expect(canonicalPhone(longer)).toBe(canonicalPhone(shorter));
  });

  it.each([
    ['a landline in Brazil has no digit more', '551133334444', '5511933334444'],
    ['another area is another number', '5511987654321', '552187654321'],
    ['another country is another number', '4915712345678', '495712345678'],
  ])('%s', (_, one, other) => {
    expect(canonicalPhone(one)).not.toBe(canonicalPhone(other));
  });
});
