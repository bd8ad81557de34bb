import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';

interface Tree {
  readonly [key: string]: string | Tree;
}

const LOCALES = fileURLToPath(new URL('../src/i18n/locales/', import.meta.url));
const LOCALE = /\/src\/i18n\/locales\/([a-z]{2})\.json(\?rest)?$/;

/** The id must not end in `.json`, or Vite's own plugin reads the result as JSON. */
const ID = /^\0messages-([a-z]{2})(-rest)?$/;

/** What stands on the screen before anybody is signed in; the rest travels beside Firestore. */
const FIRST = ['app', 'session'];

/** Characters with a meaning in the message syntax: without them a message is its own text. */
const SYNTAX = /[{}@|]/;

/** The messages of a catalogue by their whole key. */
function flatten(tree: Tree, at = ''): readonly (readonly [key: string, message: string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[at + key, value] as const] : flatten(value, `${at}${key}.`),
  );
}

function compileMessage(message: string, key: string): string {
  if (!SYNTAX.test(message)) return JSON.stringify(message);
  return baseCompile(message, {
    mode: 'arrow',
    onError: (error) => {
      throw new Error(`Message "${key}" cannot be read: ${error.message}`);
    },
  }).code;
}

/** The code of a catalogue: texts stay strings, messages with values or forms become functions. */
export function compileMessages(tree: Tree): string {
  const members = flatten(tree).map(
    ([key, message]) => `${JSON.stringify(key)}:${compileMessage(message, key)}`,
  );
  return `{${members.join(',')}}`;
}

/**
 * Compiles `src/i18n/locales/*.json` (the message syntax of Vue I18n) at build time: the app ships
 * no message compiler and makes no code from strings, which its content security policy forbids.
 * `xx.json` is the part for the sign-in, `xx.json?rest` all others.
 */
export function messages(): Plugin {
  return {
    name: 'switchboard:messages',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!/\.json(\?rest)?$/.test(source)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const [, locale, rest] = LOCALE.exec(resolved?.id ?? '') ?? [];
      return locale === undefined ? null : `\0messages-${locale}${rest ? '-rest' : ''}`;
    },
    async load(id) {
      const [, locale, rest] = ID.exec(id) ?? [];
      if (locale === undefined) return null;
      const file = `${LOCALES}${locale}.json`;
      this.addWatchFile(file);
      const whole = Object.entries(JSON.parse(await readFile(file, 'utf8')) as Tree);
      const part = whole.filter(([key]) => FIRST.includes(key) === (rest === undefined));
      return { code: `export default ${compileMessages(Object.fromEntries(part))};`, map: null };
    },
  };
}
