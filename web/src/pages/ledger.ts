import type { Component } from 'vue';
import { ledgerTexts } from '../i18n/ledger.ts';
import LedgerPage from './LedgerPage.vue';

/** The ledger's page, once its texts are there. */
export const ledgerPage = (): Promise<Component> => ledgerTexts().then(() => LedgerPage);
