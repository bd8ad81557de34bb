import { createI18n } from 'vue-i18n';
import { readSetting, writeSetting } from '../data/storage.ts';
import type en from './locales/en.json';

/** The languages there are, by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español', pt: 'Português' } as const;
export type Language = keyof typeof LANGUAGES;

type Catalogue = typeof en;
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** A path in the catalogue. `en.json` is the schema; a test holds the others to it. */
export type MessageKey = Leaves<Catalogue>;

type Values = Record<string, string | number>;

/**
 * The text of a key in the present language. A number picks the form of a message whose forms are
 * parted by `|`, and is `{n}` in it.
 */
export interface Translate {
  (key: MessageKey, values?: Values): string;
  (key: MessageKey, plural: number, values?: Values): string;
}

const catalogues: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import('./locales/en.json'),
  es: () => import('./locales/es.json'),
  pt: () => import('./locales/pt.json'),
};

const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: false,
  missingWarn: false,
  fallbackWarn: false,
});

const isLanguage = (value: string | null | undefined): value is Language =>
  value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);

/** The language chosen on this device, else the browser's first that there is, else English. */
export function preferredLanguage(): Language {
  const chosen = readSetting('language');
  if (isLanguage(chosen)) return chosen;
  const offered = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return offered.find(isLanguage) ?? 'en';
}

/** Loads a language's messages (a chunk of their own) and switches to it. */
export async function useLanguage(language: Language): Promise<void> {
  const { default: messages } = await catalogues[language]();
  i18n.global.setLocaleMessage(language, messages as Record<string, never>);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

/** Switches to a language and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  writeSetting('language', language);
  await useLanguage(language);
}

const translate = i18n.global.t as (...args: unknown[]) => string;

const t: Translate = (key: MessageKey, first?: number | Values, second?: Values) =>
  typeof first === 'number'
    ? translate(key, { n: first, ...second }, first)
    : translate(key, first ?? {});

/** Texts and the present language, anywhere: components, router, toasts. */
export function useI18n() {
  return { t, language: i18n.global.locale as unknown as { readonly value: Language } };
}

/** The plugin for `app.use`. */
export const i18nPlugin = i18n;
