import type { Component } from 'vue';
import { allTexts } from '../i18n/index.ts';
import PeoplePage from './PeoplePage.vue';

/*
 * The pages of admins by the names of their routes, each with its texts. One module: what the router
 * knows of files is loaded by everybody.
 */

export const people = (): Promise<Component> => allTexts().then(() => PeoplePage);

/** Never from this device: without a connection there is nothing to read. */
export const ledger = (): Promise<Component> =>
  import('./ledger.ts').then(({ ledgerPage }) => ledgerPage());
