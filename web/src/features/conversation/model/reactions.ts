import { asText, compareEntries } from '@switchboard/domain';
import { whoOf, type ListedEntry, type MessageEntry } from './rows.ts';
import { troubled } from './trouble.ts';

/** What somebody put on a message, and has not taken off again. */
export interface Reaction {
  readonly emoji: string;
  readonly author: MessageEntry['author'];
  /** The last entry with which its author put it there. */
  readonly by: MessageEntry;
}

/** Where the reactions of a thread stand. */
export interface Reactions {
  /** By the id of the entry that they stand on, in the order in which their authors first reacted. */
  readonly on: ReadonlyMap<string, readonly Reaction[]>;
  /** Ids of entries that are seen on another one, and so stand nowhere by themselves. */
  readonly placed: ReadonlySet<string>;
}

/**
 * Puts reactions on the messages they belong to. The last word of each author counts, whatever the
 * order of arrival; no emoji takes it back (Meta, "Reaction messages webhook"). A reaction is never
 * older than its message, so that of what is read from the newest on none is missing; one whose
 * message is not read yet, or never came, stands by itself. So does one of ours that did not go out, with
 * what can be done about it; where it may have arrived, it is on its message too.
 */
export function reactionsOf(entries: readonly ListedEntry[]): Reactions {
  const words = entries.filter(isReaction).toSorted(compareEntries);
  const targets = words.length > 0 ? idsByWamid(entries) : NO_TARGETS;
  const on = new Map<string, Map<string, Reaction>>();
  const placed = new Set<string>();
  for (const by of words) {
    const { id, author, content } = by;
    const target = targets.get(asText(content?.['wamid']) ?? '');
    if (target === undefined) continue;
    const stuck = by.kind === 'outbound' && troubled(by);
    if (!stuck) placed.add(id);
    else if (by.state !== 'unknown') continue;
    const standing = on.get(target) ?? new Map<string, Reaction>();
    const emoji = asText(content?.['emoji']) ?? '';
    if (emoji === '') standing.delete(whoOf(by));
    else standing.set(whoOf(by), { emoji, author, by });
    on.set(target, standing);
  }
  return {
    on: new Map([...on].map(([target, standing]) => [target, [...standing.values()]])),
    placed,
  };
}

const NO_TARGETS: ReadonlyMap<string, string> = new Map();

const isReaction = (entry: ListedEntry): entry is MessageEntry =>
  (entry.kind === 'inbound' || entry.kind === 'outbound') && entry.type === 'reaction';

/** The ids of messages by the ids that WhatsApp knows them by. */
export const idsByWamid = (entries: readonly ListedEntry[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap((entry) =>
      'wamid' in entry && entry.wamid !== undefined ? [[entry.wamid, entry.id] as const] : [],
    ),
  );
