import { describe, expect, it } from 'vitest';
import { pictureOf, SCREENS, sizesOf } from './catalogue.ts';

const states = SCREENS.flatMap((screen) => screen.states.map((state) => ({ screen, state })));

describe('the list of screens', () => {
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
