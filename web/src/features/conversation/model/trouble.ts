import type { OutboundEntry } from '@switchboard/domain';

/** States in which a message did not simply go out: a card under it says why. */
const TROUBLED: ReadonlySet<OutboundEntry['state']> = new Set(['failed', 'unknown', 'refused']);

/** Whether a message needs words of its own, and perhaps another attempt. */
export const troubled = ({ state }: OutboundEntry): boolean => TROUBLED.has(state);
