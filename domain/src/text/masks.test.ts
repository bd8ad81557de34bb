import { describe, expect, it } from 'vitest';
import { maskPhone } from './masks.ts';

describe('a number on a row', () => {
  it.each([
    ['351912345408', '+351 912 ••• 408'],
    ['15550123456', '+1 5550 ••• 456'],
    ['447700900118', '+44 7700 ••• 118'],
    ['2348030000771', '+234 8030 ••• 771'],
    ['12345678', '+1 2 ••• 678'],
    ['35123456', '+35 ••• 456'],
  ])('shows of %s its beginning and its last three digits', (digits, shown) => {
    expect(maskPhone(digits)).toBe(shown);
  });

  it.each(['', '1', '1234567'])(
    'shows nothing of %j, which is too short to hide anything',
    (digits) => {
      expect(maskPhone(digits)).toBe('•••');
    },
  );
});
