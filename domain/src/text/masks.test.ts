import { describe, expect, it } from 'vitest';
import { maskPhone } from './masks.ts';

describe('a number on a row', () => {
  it.each([
    ['351912345408', '+351912 ••• 408'],
    ['15550123456', '+15550 ••• 456'],
    ['12345678', '+12 ••• 678'],
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
