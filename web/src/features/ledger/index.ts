export { default as LedgerScreen } from './LedgerScreen.vue';
