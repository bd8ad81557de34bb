import { describe, expect, it } from 'vitest';
import enText from './locales/en.json?raw';
import esText from './locales/es.json?raw';
import ptText from './locales/pt.json?raw';

type Tree = { readonly [key: string]: string | Tree };

const [en, es, pt] = [enText, esText, ptText].map((text) => JSON.parse(text) as Tree) as [
  Tree,
  Tree,
  Tree,
];

const leaves = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${at}${key}`, value]] : leaves(value, `${at}${key}.`),
  );

const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

const english = new Map(leaves(en));

describe.each([
  ['es', es],
  ['pt', pt],
])('the catalogue %s', (_, catalogue) => {
  const texts = new Map(leaves(catalogue));

  it('has the keys of the English one, none less and none more', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('uses the same values and as many plural forms in every message', () => {
    for (const [key, text] of texts) {
      const original = english.get(key) ?? '';
      expect([key, placeholders(text)]).toEqual([key, placeholders(original)]);
      expect([key, text.split('|').length]).toEqual([key, original.split('|').length]);
    }
  });
});

describe('every catalogue', () => {
  it('says something under each key', () => {
    for (const catalogue of [en, es, pt]) {
      for (const [key, text] of leaves(catalogue))
        expect([key, text.trim()]).not.toEqual([key, '']);
    }
  });

  it('shouts nowhere', () => {
    for (const catalogue of [en, es, pt]) {
      for (const [key, text] of leaves(catalogue))
        expect([key, text]).not.toEqual([key, expect.stringMatching(/!/)]);
    }
  });
});
