import { ref } from 'vue';

/** The open thread shows what was shared in it. */
export const galleryOpen = ref(false);
