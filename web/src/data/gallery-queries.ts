import { timelinePath } from '@switchboard/domain';
import type { Cursor, QuerySpec } from './queries.ts';

/** What the gallery of a conversation shows, each a list of its own. */
export const GALLERIES = ['pictures', 'files', 'voice'] as const;
/** One of the {@link GALLERIES}. */
export type Gallery = (typeof GALLERIES)[number];

/** What was edited or deleted since stands later in the timeline, so it is read before what it changes. */
const CHANGES = ['edit', 'revoke'];

const TYPES: Readonly<Record<Gallery, readonly string[]>> = {
  pictures: ['image', 'video', ...CHANGES],
  files: ['document', ...CHANGES],
  voice: ['voice', 'audio', ...CHANGES],
};

/** Entries of a page of the gallery. */
export const GALLERY_PAGE = 48;

/** A page of what was shared in a conversation, newest first; with `after`, the next older ones. */
export const galleryQuery = (
  conversationId: string,
  gallery: Gallery,
  after?: Cursor,
): QuerySpec => ({
  collection: timelinePath(conversationId),
  where: [{ field: 'type', op: 'in', value: TYPES[gallery] }],
  orderBy: { field: 'at', direction: 'desc' },
  limit: GALLERY_PAGE,
  ...(after ? { after } : {}),
});
