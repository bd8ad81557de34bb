export { default as AlertsScreen } from './AlertsScreen.vue';
