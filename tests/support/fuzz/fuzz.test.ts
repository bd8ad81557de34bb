import { describe, expect, it } from 'vitest';
import { fuzzBodies } from './bodies.ts';
import { unsafe } from './firestore-safe.ts';
import { fuzz } from './fuzz.ts';

/* The small of `npm run fuzz`; a failure names the seed of each body that went wrong. */
const SEED = 20_261_123;

const { bodies, numbers, from } = fuzzBodies();

describe(`mutated bodies (${from})`, () => {
  it('are taken and kept where they are signed, refused where they are not, and fit Firestore', async () => {
    const { found, signed, unsigned } = await fuzz({ seed: SEED, count: 2_000, bodies, numbers });
    expect(found).toEqual([]);
    expect(signed).toBeGreaterThan(1_500);
    expect(unsigned).toBeGreaterThan(100);
  }, 120_000);
});

describe('what Firestore refuses', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) });

  it.each([
    ['a list in a list', { a: [[1]] }],
    ['a reserved name', { a: { __x__: 1 } }],
    ['an empty name', { '': 1 }],
    ['nothing at all', { a: undefined }],
    ['half a character', { a: 'x\ud800' }],
    ['a time in no year', { at: { toMillis: () => 1e15 } }],
    ['more than 20 levels', { a: deep(21) }],
    ['a function', { a: () => 1 }],
    ['an object of a class', { a: new Map() }],
    ['more than a mebibyte', { a: 'x'.repeat(1_048_576) }],
  ])('is found: %s', (_, data) => {
    expect(unsafe('a/1', data)).not.toEqual([]);
  });

  it.each(['a', 'a/', 'a/..', 'a/__b__', `a/${'x'.repeat(1_501)}`])(
    'is found: the path %s',
    (path) => {
      expect(unsafe(path, {})).not.toEqual([]);
    },
  );

  it('is not found in what it takes', () => {
    const data = { a: deep(19), b: [1, { c: [2] }], d: null, e: new Uint8Array(9), f: 'ü🙂' };
    expect(unsafe('a/1/b/2', data)).toEqual([]);
  });
});
