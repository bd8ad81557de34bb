import { readFile } from 'node:fs/promises';
import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';

interface Tree {
  readonly [key: string]: string | Tree;
}

const LOCALE = /\/src\/i18n\/locales\/([a-z]{2})\.json$/;
const ID = '\0messages:';

/** Characters with a meaning in the message syntax: without them a message is its own text. */
const SYNTAX = /[{}@|]/;

/** The code of a catalogue: plain strings stay strings, messages with parts become functions. */
export function compileMessages(tree: Tree, at: readonly string[] = []): string {
  const members = Object.entries(tree).map(([key, value]) => {
    const code =
      typeof value === 'string'
        ? compileMessage(value, [...at, key].join('.'))
        : compileMessages(value, [...at, key]);
    return `${JSON.stringify(key)}:${code}`;
  });
  return `{${members.join(',')}}`;
}

function compileMessage(message: string, key: string): string {
  if (!SYNTAX.test(message)) return JSON.stringify(message);
  const { code } = baseCompile(message, {
    mode: 'arrow',
    onError: (error) => {
      throw new Error(`Message "${key}" cannot be read: ${error.message}`);
    },
  });
  return code;
}

/**
 * Compiles `src/i18n/locales/*.json` at build time, so that the app ships neither the message
 * compiler (7 kB) nor code made from strings, which its content security policy forbids.
 */
export function messages(): Plugin {
  return {
    name: 'switchboard:messages',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!source.endsWith('.json')) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      // The id must not end in `.json`, or Vite's own plugin reads the result as JSON.
      return resolved && LOCALE.test(resolved.id) ? `${ID}${resolved.id}.js` : null;
    },
    async load(id) {
      if (!id.startsWith(ID)) return null;
      const file = id.slice(ID.length, -'.js'.length);
      this.addWatchFile(file);
      const tree = JSON.parse(await readFile(file, 'utf8')) as Tree;
      return { code: `export default ${compileMessages(tree)};`, map: null };
    },
  };
}
