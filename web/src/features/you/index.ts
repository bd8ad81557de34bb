export { default as YouSheet } from './YouSheet.vue';
