import { describe, expect, it } from 'vitest';
import { rangeOf } from './range.ts';

describe('the part of a file that is asked for', () => {
  it.each([
    ['bytes=0-', { first: 0, last: 9 }],
    ['bytes=4-6', { first: 4, last: 6 }],
    ['bytes=4-99', { first: 4, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-99', { first: 0, last: 9 }],
  ])('%s of ten bytes', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range);
  });

  it.each([undefined, '', 'bytes=-', 'bytes=10-', 'bytes=6-4', 'bytes=0-1,4-5', 'lines=0-1'])(
    '%j is the whole file',
    (header) => {
      expect(rangeOf(header, 10)).toBeNull();
    },
  );
});
