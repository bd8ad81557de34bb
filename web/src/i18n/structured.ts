import { moreTexts, type Language, type Part } from './index.ts';

const TEXTS: Readonly<Record<Language, Part>> = {
  en: () => import('./locales/en.json?structured'),
  es: () => import('./locales/es.json?structured'),
  pt: () => import('./locales/pt.json?structured'),
};

/** Resolves when the texts of what is written beside words are there in the present language. */
export const structuredTexts = (): Promise<void> => moreTexts((spoken) => TEXTS[spoken]);
