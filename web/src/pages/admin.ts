import type { Component } from 'vue';
import { allTexts } from '../i18n/index.ts';
import PeoplePage from './PeoplePage.vue';

/*
 * The pages of admins, and of supervisors, by the names of their routes, each with its texts. One module: what the router
 * knows of files is loaded by everybody.
 */

/** Colleagues: who they are and what they may do. */
export const people = (): Promise<Component> => allTexts().then(() => PeoplePage);

/** The ledger; its code is kept on a device once it was opened, its figures never. */
export const ledger = (): Promise<Component> =>
  import('./ledger.ts').then(({ ledgerPage }) => ledgerPage());

/** What needs somebody; its code is kept on a device once it was opened. */
export const alerts = (): Promise<Component> =>
  import('./alerts.ts').then(({ alertsPage }) => alertsPage());
