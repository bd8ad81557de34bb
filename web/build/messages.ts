import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { compileMessages, type Tree } from './compile-messages.ts';

const LOCALES = fileURLToPath(new URL('../src/i18n/locales/', import.meta.url));
const LOCALE = /\/src\/i18n\/locales\/([a-z]{2})\.json(?:\?(.*))?$/;

/** The id must not end in `.json`, or Vite's own plugin reads the result as JSON. */
const ID = /^\0messages-([a-z]{2})(-rest)?$/;

/** What stands on the screen before anybody is signed in; the rest travels beside Firestore. */
const FIRST = ['app', 'session'];

/**
 * Compiles `src/i18n/locales/*.json` (the message syntax of Vue I18n) at build time: the app ships
 * no message compiler and makes no code from strings, which its content security policy forbids.
 * `xx.json` is the part for the sign-in, `xx.json?rest` all others, `xx.json?raw` the file.
 */
export function messages(): Plugin {
  return {
    name: 'switchboard:messages',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!/\.json(\?|$)/.test(source)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const [, locale, query = ''] = LOCALE.exec(resolved?.id ?? '') ?? [];
      if (locale === undefined || /\braw\b/.test(query)) return null;
      return `\0messages-${locale}${/\brest\b/.test(query) ? '-rest' : ''}`;
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
