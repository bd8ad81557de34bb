import { shallowRef } from 'vue';

/** The entry whose photo the open thread shows large, by its id; `null` for none. */
export const viewed = shallowRef<string | null>(null);
