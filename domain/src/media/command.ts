import * as v from 'valibot';
import { refusedSchema } from '../shared/refused.ts';

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** Entries whose media one call may ask for: a page of a thread and some. */
export const ACCESS_LIMIT = 60;

/**
 * What the callable `media` takes: addresses under which a reader of the conversation gets the media
 * of its entries, or another try at media that was given up.
 */
export const mediaCommandSchema = v.variant('type', [
  v.object({
    type: v.literal('access'),
    conversationId: id,
    entryIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(ACCESS_LIMIT)),
  }),
  v.object({ type: v.literal('retry'), conversationId: id, entryId: id }),
]);
/** A command that fits {@link mediaCommandSchema}. Both may be repeated without harm. */
export type MediaCommand = v.InferOutput<typeof mediaCommandSchema>;

/**
 * What the callable `media` answers. `addresses` by entry id, for this origin, without those whose
 * media is not stored; they work until `until`, epoch ms, and stay the same for some minutes, so that
 * caches know them again.
 */
export const mediaAnswerSchema = v.union([
  v.object({
    code: v.literal('ok'),
    addresses: v.record(v.string(), v.string()),
    until: v.number(),
  }),
  refusedSchema,
]);
