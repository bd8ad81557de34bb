import { describe, expect, it } from 'vitest';
import { plain } from './format.js';

describe('the words of a formatted text', () => {
  it.each([
    ['*Now*, _please_: ~ten~', 'Now, please: ten'],
    ['*_both_*', 'both'],
    ['`K20418` and ```two\nlines```', 'K20418 and two\nlines'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* a * and *open', '* a * and *open'],
    ['*over\na line*', '*over\na line*'],
  ])('%j reads %j', (text, words) => {
    expect(plain(text)).toBe(words);
  });
});
