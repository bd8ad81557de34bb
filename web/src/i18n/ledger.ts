import { moreTexts, type Language, type Part } from './index.ts';

const TEXTS: Readonly<Record<Language, Part>> = {
  en: () => import('./locales/en.json?ledger'),
  es: () => import('./locales/es.json?ledger'),
  pt: () => import('./locales/pt.json?ledger'),
};

/** Resolves when the ledger's texts of the present language are there. */
export const ledgerTexts = (): Promise<void> => moreTexts((spoken) => TEXTS[spoken]);
