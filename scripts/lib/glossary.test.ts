import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './paths.mjs';

type Texts = { readonly [key: string]: string | Texts };

const page = readFileSync(path.join(ROOT, 'docs/glossary.md'), 'utf8');
const texts = flat(
  JSON.parse(readFileSync(path.join(ROOT, 'web/src/i18n/locales/en.json'), 'utf8')) as Texts,
);
const domain = path.join(ROOT, 'domain/src');
const source = readdirSync(domain, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(domain, file), 'utf8'))
  .join('\n');

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| in code'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const words = (column: number, mark: RegExp) =>
  rows.flatMap((cells) => [...(cells[column] ?? '').matchAll(mark)].map(([, word]) => word!));
const word = (text: string) => new RegExp(`\\b${text.replace('…', '')}`, 'i');

/** Every text of a catalogue by its whole key. */
function flat(tree: Texts, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flat(value, `${prefix}${key}.`),
  );
}

describe('docs/glossary.md', () => {
  it.each(words(1, /`([^`]+)`/g))('“%s” is a word of the code', (term) => {
    expect(source).toMatch(new RegExp(`\\b${term}\\b`));
  });

  it.each(words(3, /\*\*([^*]+)\*\*/g))('“%s” is a word of the screens', (term) => {
    expect(texts.some(([, text]) => word(term).test(text))).toBe(true);
  });

  it.each([...page.matchAll(/~~([^~]+)~~/g)].map(([, term]) => term!))(
    'no text says “%s”',
    (term) => {
      expect(texts.filter(([, text]) => word(term).test(text))).toEqual([]);
    },
  );

  it('“chat” is said of WhatsApp’s own alone', () => {
    const said = texts.filter(([, text]) => word('chat').test(text)).map(([key]) => key);
    expect(said.filter((key) => !/^(types|failures)\./.test(key))).toEqual([]);
  });
});
