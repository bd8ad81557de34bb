import en from '../locales/en.json';
import type { Translate } from '../index.ts';

type Tree = { readonly [key: string]: string | Tree };

function lookup(key: string): string {
  let found: string | Tree | undefined = en;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`No text under ${key}`);
  return found;
}

/** The English texts as they are written, for tests: what the build compiles, read here. */
export const english: Translate = (
  key: string,
  first?: number | Readonly<Record<string, string | number>>,
  second?: Readonly<Record<string, string | number>>,
): string => {
  const count = typeof first === 'number' ? first : 1;
  const values = { ...(typeof first === 'number' ? { n: first } : first), ...second };
  const forms = lookup(key).split(' | ');
  const text = forms[forms.length === 3 ? Math.min(count, 2) : 0] ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name: keyof typeof values) => String(values[name] ?? ''));
};
