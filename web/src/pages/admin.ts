/** The pages of admins: one chunk, so that the router knows of one more page and not of its files. */
export { default as LedgerPage } from './LedgerPage.vue';
export { default as PeoplePage } from './PeoplePage.vue';
