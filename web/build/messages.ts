import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { compileMessages, type Tree } from './compile-messages.ts';

const LOCALES = fileURLToPath(new URL('../src/i18n/locales/', import.meta.url));
const LOCALE = /\/src\/i18n\/locales\/([a-z]{2})\.json(?:\?(.*))?$/;

/** The id must not end in `.json`, or Vite's own plugin reads the result as JSON. */
const ID = /^\0messages-([a-z]{2})-(first|rest|later|ledger|structured)$/;

/**
 * Which groups of texts travel when. `first` stands on the screen before anybody is signed in;
 * `later` is said by what is opened on demand, and comes with it; `ledger` comes with the ledger and the alerts, and no
 * device keeps it; `structured` with the sheets of what is more
 * than words; `rest` is all others and travels beside Firestore.
 */
export const PARTS = {
  first: ['app', 'session'],
  later: [
    'people',
    'you',
    'failures',
    'conversation.assign',
    'conversation.away',
    'conversation.composer.resolved',
    'conversation.composer.resolvedOther',
    'conversation.composer.unheld',
    'conversation.composer.unheldOther',
    'conversation.composer.windowClosed',
    'conversation.composer.windowNever',
    'conversation.count',
    'conversation.done.copied',
    'conversation.done.notCopied',
    'conversation.draftReason',
    'conversation.event',
    'conversation.failure',
    'conversation.files',
    'conversation.gallery',
    'conversation.held',
    'conversation.kept',
    'conversation.keys',
    'conversation.kinds',
    'conversation.lost',
    'conversation.media',
    'conversation.message.copy',
    'conversation.message.menu',
    'conversation.message.quote',
    'conversation.panel',
    'conversation.plain',
    'conversation.react',
    'conversation.template',
    'conversation.state',
    'conversation.timeline.failedSaid',
    'conversation.timeline.noted',
    'conversation.timeline.reacted',
    'conversation.timeline.said',
    'inbox.empty',
    'inbox.keys',
    'inbox.skipped',
    'inbox.state',
    // What only a sheet or a page of its own is refused with.
    'refusals.last-admin',
    'refusals.not-assignable',
  ],
  ledger: ['ledger', 'alerts'],
  structured: ['conversation.structured'],
} as const;

/** The part that a key belongs to: its own, or that of a group around it. */
export function partOf(key: string): keyof typeof PARTS | 'rest' {
  const parts = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const within = (groups: readonly string[]) =>
    groups.some((group) => key === group || key.startsWith(`${group}.`));
  return parts.find((part) => within(PARTS[part])) ?? 'rest';
}

/**
 * Compiles `src/i18n/locales/*.json` (the message syntax of Vue I18n) at build time: the app ships
 * no message compiler and makes no code from strings, which its content security policy forbids.
 * `xx.json`, `xx.json?rest`, `xx.json?later`, `xx.json?ledger` and `xx.json?structured` are its {@link PARTS}, `xx.json?raw`
 * is the file.
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
      const [part = 'first'] = /\b(rest|later|ledger|structured)\b/.exec(query) ?? [];
      return `\0messages-${locale}-${part}`;
    },
    async load(id) {
      const [, locale, part] = ID.exec(id) ?? [];
      if (locale === undefined) return null;
      const file = `${LOCALES}${locale}.json`;
      this.addWatchFile(file);
      const whole = JSON.parse(await readFile(file, 'utf8')) as Tree;
      const code = compileMessages(whole, (key) => partOf(key) === part);
      return { code: `export default ${code};`, map: null };
    },
  };
}
