import { onDemand } from '../../../composables/on-demand.ts';

/** The plain bubble; most threads need none. */
export const PlainBubble = onDemand(() => import('./PlainBubble.vue'));
