export { default as PeopleScreen } from './PeopleScreen.vue';
