import { asText, compareEntries, type InboundEntry } from '@switchboard/domain';
import { idsByWamid } from './reactions.ts';
import type { Listed, ListedEntry, MessageEntry } from './rows.ts';

/** A thread as it reads after its customer's edits and deletions. */
export interface Changes {
  /** Messages in their newest form; a change that is seen on one is not among them. */
  readonly entries: readonly ListedEntry[];
  /** What a changed message was before, oldest first, by its entry's id. */
  readonly before: ReadonlyMap<string, readonly MessageEntry[]>;
}

/**
 * Puts edits and deletions on the messages they belong to, in the order in which they were made. A
 * deleted message becomes one of type `revoke` that refers to none. Nothing changes what was deleted
 * (Meta, "Edit" and "Revoke messages webhook"). A change whose message is not read yet, or never came,
 * stands by itself; so does one of a message of ours, which no customer can change.
 */
export function changesOf(entries: readonly ListedEntry[]): Changes {
  const changes = entries.filter(isChange).toSorted(compareEntries);
  const targets = changes.length > 0 ? idsByWamid(entries) : null;
  const now = new Map(entries.map((entry) => [entry.id, entry]));
  const before = new Map<string, readonly MessageEntry[]>();
  for (const change of changes) {
    const id = targets?.get(asText(change.content?.['wamid']) ?? '');
    const target = now.get(id ?? '');
    if (target?.kind !== 'inbound') continue;
    const earlier = before.get(target.id);
    if (CHANGES.has(target.type) && !earlier) continue;
    now.delete(change.id);
    if (target.type === 'revoke') continue;
    before.set(target.id, [...(earlier ?? []), target]);
    now.set(target.id, change.type === 'edit' ? edited(target, change) : deleted(target));
  }
  return { entries: before.size > 0 ? [...now.values()] : entries, before };
}

const CHANGES: ReadonlySet<string> = new Set(['edit', 'revoke']);

const isChange = (entry: ListedEntry): entry is Listed<InboundEntry> =>
  entry.kind === 'inbound' && CHANGES.has(entry.type);

/** With the new words; an edit whose words can't be read leaves the old ones. */
const edited = (
  target: Listed<InboundEntry>,
  { text = target.text, truncated }: InboundEntry,
): MessageEntry => ({ ...target, text, truncated });

const deleted = ({ text: _, content: __, ...rest }: Listed<InboundEntry>): MessageEntry => ({
  ...rest,
  type: 'revoke',
});
