import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pictureOf, SCREENS, SHOWN, sizesOf } from './catalogue.ts';

const states = SCREENS.flatMap((screen) => screen.states.map((state) => ({ screen, state })));

describe('the list of screens', () => {
  it('looks for texts that the app has', () => {
    const source = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
    const keys = ['catalogue.ts', 'stage.ts'].flatMap((file) =>
      [
        ...source(file).matchAll(
          /'((?:app|session|people|ledger|you|inbox|conversation)\.[\w.-]+)'/g,
        ),
      ].map(([, key = '']) => key),
    );
    const texts: unknown = JSON.parse(source('../../web/src/i18n/locales/en.json'));
    const at = (key: string) =>
      key
        .split('.')
        .reduce((found, part) => (found as Record<string, unknown> | undefined)?.[part], texts);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => typeof at(key) !== 'string')).toEqual([]);
  });

  it('gives every picture a name of its own', () => {
    const names = states.flatMap(({ screen, state }) =>
      sizesOf(state).map((size) => pictureOf(screen, state, size, 'light')),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('draws what pages of the repository show', () => {
    for (const [file, { screen, state: name, size }] of Object.entries(SHOWN)) {
      const state = screen.states.find((each) => each.name === name);
      expect(state && sizesOf(state), file).toContain(size);
    }
  });

  it('says of every screen that is drawn how it differs', () => {
    const silent = SCREENS.filter(({ drawing, differs }) => drawing !== null && differs === '');
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
