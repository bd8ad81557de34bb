import { describe, expect, it } from 'vitest';
import { callingCodeOf, profileNameOf, userIdOf, wamidOf } from './ids.ts';

describe('business-scoped user ids', () => {
  it('are country and twenty digits, the same for the same person and account', () => {
    expect(userIdOf('200', '351912000001')).toMatch(/^PT\.\d{20}$/);
    expect(userIdOf('200', '15550123456')).toMatch(/^US\.\d{20}$/);
    expect(userIdOf('200', '15550123456')).toBe(userIdOf('200', '15550123456'));
    expect(userIdOf('201', '15550123456')).not.toBe(userIdOf('200', '15550123456'));
  });
});

describe('calling codes', () => {
  it('are the longest that is known, or none', () => {
    expect(callingCodeOf('351912000001')).toBe('351');
    expect(callingCodeOf('15550100100')).toBe('1');
    expect(callingCodeOf('99900000')).toBe('');
  });
});

describe('message ids', () => {
  it('look like those of Meta and differ by their entropy', () => {
    const id = (byte: number) => wamidOf('15550123456', 'in', new Uint8Array(10).fill(byte));
    expect(id(1)).toMatch(/^wamid\.HBgLMTU1NTAxMjM0NTYVAgASGBQ[A-Za-z0-9+/]+=*$/);
    expect(id(1)).not.toBe(id(2));
  });
});

describe('profile names', () => {
  it('stay with their number', () => {
    expect(profileNameOf('15550123456')).toBe(profileNameOf('15550123456'));
    expect(profileNameOf('15550123456')).not.toMatch(/\d/);
  });
});
