import type { OutboundEntry } from '@switchboard/domain';
import type { Listed, ListedEntry } from './rows.ts';

/** States in which a message did not simply go out: a card under it says why. */
const TROUBLED: ReadonlySet<OutboundEntry['state']> = new Set(['failed', 'unknown', 'refused']);

/** Whether a message needs words of its own, and perhaps another attempt. */
export const troubled = ({ state }: OutboundEntry): boolean => TROUBLED.has(state);

/**
 * The later attempt of each message that needs one, by the id of the message: the next outbound entry
 * with the same text. It answers "did somebody press Retry already" also after a reload.
 */
export function laterAttempts(
  entries: readonly ListedEntry[],
): ReadonlyMap<string, Listed<OutboundEntry>> {
  const found = new Map<string, Listed<OutboundEntry>>();
  const waiting = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.kind !== 'outbound' || entry.text === undefined) continue;
    for (const id of waiting.get(entry.text) ?? []) found.set(id, entry);
    waiting.set(entry.text, troubled(entry) ? [entry.id] : []);
  }
  return found;
}
