import type { Component } from 'vue';
import { ledgerTexts } from '../i18n/ledger.ts';
import AlertsPage from './AlertsPage.vue';

/** The alerts' page, once its texts are there. */
export const alertsPage = (): Promise<Component> => ledgerTexts().then(() => AlertsPage);
