import * as v from 'valibot';
import { ACCESS_LIMIT } from '../documents/media.ts';
import { MEDIA_LIMIT } from './media.ts';

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

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
  // Begins an upload, or says where one that broke off goes on.
  v.object({
    type: v.literal('upload'),
    conversationId: id,
    mediaId: v.pipe(v.string(), v.regex(/^[a-f0-9]{32}$/)),
    filename: v.nullish(v.pipe(v.string(), v.maxLength(1_000)), null),
    mimeType: v.pipe(v.string(), v.maxLength(200)),
    size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MEDIA_LIMIT)),
  }),
]);
/** A command that fits {@link mediaCommandSchema}. Both may be repeated without harm. */
export type MediaCommand = v.InferOutput<typeof mediaCommandSchema>;
