import * as v from 'valibot';

/** `uploads/{id}`: a file on its way from a colleague to us, by the id that its media will have. Server only. */
export const uploadSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  conversationId: v.string(),
  channelId: v.string(),
  /** The colleague. */
  by: v.string(),
  filename: v.nullish(v.string(), null),
  /** What the browser says that it is. */
  mimeType: v.string(),
  /** Number of bytes in all. */
  size: v.number(),
  /** Which parts are here, counted from 0. */
  parts: v.array(v.number()),
  /** When what came of it is thrown away, epoch ms. */
  expiresAt: v.number(),
});
/** See {@link uploadSchema}. */
export type Upload = v.InferOutput<typeof uploadSchema>;
