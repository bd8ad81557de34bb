import type { Json } from '../shared/read.ts';
import type { Identifier } from '../documents/channel.ts';
import type { EntryId } from '../paths.ts';

/**
 * Longest text of a message (Meta, "Text messages": 4096 characters), and of a note. The app counts
 * UTF-16 units, of which a character has one or two, so that it never lets through what Meta or the
 * rules refuse.
 */
export const TEXT_LIMIT = 4096;

/** Longest caption of a photo, video or file (Meta, "Image messages"), counted alike. */
export const CAPTION_LIMIT = 1024;

/** What stands before a text where the customer is to know who wrote it: the name in bold, on its own line. */
export const namePrefix = (name: string): string => {
  const bare = name.replace(/[*\s]+/g, ' ').trim();
  return bare === '' ? '' : `*${bare}:*\n`;
};

/** Prefix of our `biz_opaque_callback_data`; other apps of the same account see it too. */
const CALLBACK = 'sb1:';

/** What a send carries so that its statuses find the entry, whichever comes first. At most 512 characters. */
export const callbackData = (conversationId: string, entryId: string): string =>
  `${CALLBACK}${conversationId}/${entryId}`;

/** The entry that callback data names, or `null` where it is not ours. */
export function parseCallbackData(value: string | null): EntryId | null {
  if (!value?.startsWith(CALLBACK)) return null;
  const [conversationId, entryId, ...rest] = value.slice(CALLBACK.length).split('/');
  return conversationId && entryId && rest.length === 0 ? { conversationId, entryId } : null;
}

/**
 * Whom a message goes to: a phone number wins over a user id, and carries its `+`, without which Meta
 * puts the business's own country code before it (Meta, "Send messages"). Of several of one kind the
 * one that became known last wins: an older number may be somebody else's by now. `null` where
 * no identifier can be sent to.
 */
export function recipient(identifiers: readonly Identifier[]): Json | null {
  const of = (kind: Identifier['kind']) => identifiers.findLast((id) => id.kind === kind)?.value;
  const group = of('group');
  if (group) return { recipient_type: 'group', to: group };
  const phone = of('phone');
  if (phone) return { recipient_type: 'individual', to: `+${phone}` };
  const user = of('bsuid') ?? of('parent');
  return user ? { recipient_type: 'individual', recipient: user } : null;
}
