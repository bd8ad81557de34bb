export { default as InboxList } from './InboxList.vue';
export { useListCounts, type ListCount } from './counts.ts';
