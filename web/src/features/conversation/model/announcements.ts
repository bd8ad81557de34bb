import { compareEntries, isAgent } from '@switchboard/domain';
import type { ListedEntry } from './rows.ts';

/** What a screen reader is told about a change of the thread. */
export interface Announcements {
  /** Entries that came in at the newest end, oldest first; not what the reader wrote. */
  readonly arrived: readonly ListedEntry[];
  /** The reader's messages that have just failed, are in doubt, or were refused. */
  readonly failed: readonly ListedEntry[];
}

const TROUBLE: ReadonlySet<string> = new Set(['failed', 'unknown', 'refused']);
const inTrouble = (entry: ListedEntry): boolean =>
  entry.kind === 'outbound' && TROUBLE.has(entry.state);

/** Compares two states of a timeline. The first state, and older pages, are no news. */
export function announcements(
  before: readonly ListedEntry[],
  after: readonly ListedEntry[],
  me: string,
): Announcements {
  const newest = before.toSorted(compareEntries).at(-1);
  if (newest === undefined) return { arrived: [], failed: [] };
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const mine = (entry: ListedEntry) => isAgent(entry.author, me);
  return {
    arrived: after.filter(
      (entry) => !known.has(entry.id) && !mine(entry) && compareEntries(entry, newest) > 0,
    ),
    failed: after.filter((entry) => {
      const earlier = known.get(entry.id);
      return mine(entry) && inTrouble(entry) && earlier !== undefined && !inTrouble(earlier);
    }),
  };
}
