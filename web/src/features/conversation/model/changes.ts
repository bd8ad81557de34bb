import { asText, compareEntries } from '@switchboard/domain';
import { idsByWamid } from './reactions.ts';
import type { ListedEntry, MessageEntry } from './rows.ts';

/** A thread as it reads after the edits and deletions of those who wrote it. */
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
 * stands by itself; so does one of the other side's message, which nobody can change.
 */
export function changesOf(entries: readonly ListedEntry[]): Changes {
  const changes = entries.filter(isChange).toSorted(compareEntries);
  const targets = changes.length > 0 ? idsByWamid(entries) : null;
  const now = new Map(entries.map((entry) => [entry.id, entry]));
  const before = new Map<string, readonly MessageEntry[]>();
  for (const change of changes) {
    const id = targets?.get(asText(change.content?.['wamid']) ?? '');
    const target = now.get(id ?? '');
    if (target === undefined || !('type' in target) || target.kind !== change.kind) continue;
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

const isChange = (entry: ListedEntry): entry is MessageEntry =>
  (entry.kind === 'inbound' || entry.kind === 'outbound') && CHANGES.has(entry.type);

/** With the new words; an edit whose words can't be read leaves the old ones. */
const edited = (target: MessageEntry, { text = target.text, ...change }: MessageEntry) => ({
  ...target,
  text,
  truncated: 'truncated' in change && change.truncated,
});

const deleted = ({ text: _, content: __, ...rest }: MessageEntry): MessageEntry => ({
  ...rest,
  type: 'revoke',
});
