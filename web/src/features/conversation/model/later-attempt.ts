import { compareEntries, type OutboundEntry } from '@switchboard/domain';
import { againOf } from './again.ts';
import type { Listed, ListedEntry } from './rows.ts';

/**
 * The next message of ours that says the same as one that needed another attempt. It answers "did
 * somebody press Retry already" also after a reload.
 */
export function laterAttempt(
  entry: Listed<OutboundEntry>,
  entries: readonly ListedEntry[],
): Listed<OutboundEntry> | null {
  const said = saying(entry);
  if (said === null) return null;
  const later = entries.filter(
    (one): one is Listed<OutboundEntry> =>
      one.kind === 'outbound' && compareEntries(one, entry) > 0 && saying(one) === said,
  );
  return later.toSorted(compareEntries)[0] ?? null;
}

/** What a message says, to compare it with others; `null` for one that can't be said again. */
function saying(entry: OutboundEntry): string | null {
  const again = againOf(entry);
  if (again === null) return null;
  const { type = 'text', text, content, media, contextEntryId } = again;
  const about = type === 'reaction' ? contextEntryId : undefined;
  // The words of a template are written anew when it leaves.
  return JSON.stringify([type, type === 'template' || text, content, media?.id, about]);
}
