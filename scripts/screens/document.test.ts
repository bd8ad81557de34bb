import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pictureOf, SCREENS, sizesOf } from './catalogue.ts';
import { screensDocument } from './document.ts';

const states = SCREENS.flatMap((screen) => screen.states.map((state) => ({ screen, state })));

describe('the list of screens', () => {
  it('is what docs/screens.md says (else: node scripts/screens-doc.ts)', () => {
    const written = readFileSync(new URL('../../docs/screens.md', import.meta.url), 'utf8');
    expect(written).toBe(screensDocument());
  });

  it('gives every picture a name of its own', () => {
    const names = states.flatMap(({ screen, state }) =>
      sizesOf(state).map((size) => pictureOf(screen, state, size, 'light')),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of every screen that is drawn how it differs', () => {
    const silent = SCREENS.filter(({ drawing, differs }) => drawing !== null && differs === '');
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
