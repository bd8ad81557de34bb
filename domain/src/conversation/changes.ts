import type { Ahead, Conversation, Preview } from '../documents/conversation.ts';
import { compact } from '../shared/read.ts';
import { compareEntries } from '../timeline/order.ts';
import { previewText } from '../text/preview.ts';
import type { MessageItem } from '../whatsapp/delivery-body.ts';

/** What of a row edits and deletions change. */
type Shown = Pick<Conversation, 'preview' | 'ahead'>;

/** Most changes that one conversation keeps for messages that have not come. */
export const AHEAD_LIMIT = 20;

/** True for a message that changes another one. */
export const isChange = (type: string): type is Ahead['type'] =>
  type === 'edit' || type === 'revoke';

/** The edit or deletion that a message is, of the entry it is about. */
export const changeOf = (
  {
    id,
    at,
    seq,
    item,
  }: {
    readonly id: string;
    readonly at: number;
    readonly seq: number;
    readonly item: Pick<MessageItem, 'type' | 'body'>;
  },
  entryId: string | undefined,
): Ahead | null =>
  entryId !== undefined && isChange(item.type)
    ? compact({
        entryId,
        type: item.type,
        text: item.body.text === undefined ? undefined : previewText(item.body.text),
        at,
        seq,
        id,
      })
    : null;

/**
 * A row after an edit or deletion: its words where it shows the message, else a note for when that
 * comes. A row keeps no words that their author took back.
 */
export function withChange<T extends Shown>(row: T, change: Ahead): T {
  if (row.preview?.entryId === change.entryId)
    return { ...row, preview: changed(row.preview, change) };
  const known = row.ahead?.find(({ entryId }) => entryId === change.entryId);
  const others = (row.ahead ?? []).filter((one) => one !== known);
  const ahead = [...others, known ? stronger(known, change) : change]
    .toSorted(compareEntries)
    .slice(-AHEAD_LIMIT);
  return { ...row, ahead };
}

/** A row after the message of this entry came: what was said of it before holds for it now. */
export function arrived<T extends Shown>(row: T, entryId: string): T {
  const change = row.ahead?.find((one) => one.entryId === entryId);
  if (change === undefined) return row;
  const ahead = (row.ahead ?? []).filter((one) => one !== change);
  const { preview } = row;
  return {
    ...row,
    ahead,
    preview: preview?.entryId === entryId ? changed(preview, change) : preview,
  };
}

/** What was deleted stays deleted (Meta, "Revoke messages webhook"); of edits the last counts. */
function changed({ changed: before, ...preview }: Preview, change: Ahead): Preview {
  const { at, seq, id, type, text } = change;
  if (preview.type === 'revoke') return preview;
  if (type === 'revoke') return { ...preview, type, text: '' };
  const outdated = before !== undefined && compareEntries(change, before) < 0;
  // An edit whose words can't be read leaves the old ones.
  if (outdated || text === undefined) return before ? { ...preview, changed: before } : preview;
  return { ...preview, text, changed: { at, seq, id } };
}

function stronger(a: Ahead, b: Ahead): Ahead {
  if (a.type !== b.type) return a.type === 'revoke' ? a : b;
  const [earlier, later] = compareEntries(a, b) < 0 ? [a, b] : [b, a];
  return later.text === undefined && later.type === 'edit' ? earlier : later;
}
