export { applyTheme } from './theme.ts';
export { default as YouSheet } from './YouSheet.vue';
