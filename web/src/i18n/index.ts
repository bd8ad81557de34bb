import { readonly, ref, shallowRef, type Ref } from 'vue';
import { readSetting, writeSetting } from '../data/storage.ts';
import { byKey, say, type Groups, type Messages, type Values } from './say.ts';
import type en from './locales/en.json';

/** The languages there are, by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español', pt: 'Português' } as const;
export type Language = keyof typeof LANGUAGES;

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** A path in the catalogue. `en.json` is the schema; a test holds the others to it. */
export type MessageKey = Leaves<typeof en>;

/**
 * The text of a key in the present language. A number picks the form of a message whose forms are
 * parted by `|`, and is `{n}` in it.
 */
export interface Translate {
  (key: MessageKey, values?: Values): string;
  (key: MessageKey, plural: number, values?: Values): string;
}

/** Brings a part of the texts. */
export type Part = () => Promise<{ default: unknown }>;

/** Each language is three chunks; `build/messages.ts` says what is in which. */
const CATALOGUES: Record<Language, Record<'first' | 'rest' | 'later', Part>> = {
  en: {
    first: () => import('./locales/en.json'),
    rest: () => import('./locales/en.json?rest'),
    later: () => import('./locales/en.json?later'),
  },
  es: {
    first: () => import('./locales/es.json'),
    rest: () => import('./locales/es.json?rest'),
    later: () => import('./locales/es.json?later'),
  },
  pt: {
    first: () => import('./locales/pt.json'),
    rest: () => import('./locales/pt.json?rest'),
    later: () => import('./locales/pt.json?later'),
  },
};

const language = ref<Language>('en');
const messages = shallowRef<Messages>({});
let inbox: Promise<void> | null = null;

const isLanguage = (value: string | null): value is Language =>
  value !== null && Object.hasOwn(LANGUAGES, value);

/** The language chosen on this device, else the browser's first that there is, else English. */
export function preferredLanguage(): Language {
  const chosen = readSetting('language');
  if (isLanguage(chosen)) return chosen;
  const offered = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return offered.find(isLanguage) ?? 'en';
}

const load = async (part: Part) => byKey((await part()).default as Groups);

function speak(next: Language, texts: Messages): void {
  messages.value = texts;
  language.value = next;
  document.documentElement.lang = next;
}

/** Begins with a language: resolves with the sign-in's texts, while {@link inboxTexts} still loads. */
export async function startLanguage(next: Language): Promise<void> {
  const { first, rest } = CATALOGUES[next];
  const opening = load(first);
  inbox = load(rest).then(async (texts) => speak(next, { ...(await opening), ...texts }));
  // Whoever needs these texts waits for them and hears of the failure.
  inbox.catch(() => undefined);
  speak(next, await opening);
}

/** Resolves when the texts of list, thread and composer are there. */
export const inboxTexts = (): Promise<void> =>
  inbox ?? startLanguage(preferredLanguage()).then(inboxTexts);

/** Resolves when every text of the present language is there. */
export const allTexts = (): Promise<void> => moreTexts((spoken) => CATALOGUES[spoken].later);

/** Adds a part of the present language's texts; not where another language was chosen meanwhile. */
export async function moreTexts(partOf: (spoken: Language) => Part): Promise<void> {
  await inboxTexts();
  const spoken = language.value;
  const texts = await load(partOf(spoken));
  if (language.value === spoken) speak(spoken, { ...messages.value, ...texts });
}

/**
 * Switches to a language, once all of it is there, and remembers it on this device. What was added by
 * {@link moreTexts} stays in the old one until it is added anew.
 */
export async function chooseLanguage(next: Language): Promise<void> {
  writeSetting('language', next);
  const parts = await Promise.all(Object.values(CATALOGUES[next]).map(load));
  speak(next, Object.assign({}, messages.value, ...parts) as Messages);
}

const t: Translate = (key: MessageKey, first?: number | Values, second?: Values) =>
  typeof first === 'number'
    ? say(messages.value, key, { n: first, ...second }, first)
    : say(messages.value, key, first ?? {}, 1);

/** Texts and the present language, anywhere: components, router, toasts. */
export function useI18n(): { readonly t: Translate; readonly language: Readonly<Ref<Language>> } {
  return { t, language: readonly(language) };
}
