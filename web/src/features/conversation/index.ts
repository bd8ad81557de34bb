/** One conversation: its thread, its holder and the place to write. */
export { default as ConversationView } from './ConversationView.vue';
