export { default as InboxList } from './InboxList.vue';
export { useListCounts } from './counts.ts';
