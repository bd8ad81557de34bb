/** The signed-in app's one chunk: its frame, a list and a thread come together. */
export { default as AppShell } from '../shell/AppShell.vue';
export { default as ConversationPage } from './ConversationPage.vue';
export { default as InboxPage } from './InboxPage.vue';
