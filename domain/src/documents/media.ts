import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/** Entries whose media one call may ask for: a page of a thread and some. */
export const ACCESS_LIMIT = 60;

/**
 * Where the bytes of a message's media are.
 *
 * - `pending`: nobody has asked Meta for them yet.
 * - `retrying`: asked for and not got; asked again at `retryAt`.
 * - `stored`: ours.
 * - `failed`: given up; a person may have it tried again.
 * - `expired`: Meta says that it has none. It says so too where our token may not see them, so a person
 *   may have it tried again.
 */
export const MEDIA_STATES = ['pending', 'retrying', 'stored', 'failed', 'expired'] as const;
/** One of the {@link MEDIA_STATES}; {@link MEDIA_TRANSITIONS} has what may follow it. */
export type MediaState = (typeof MEDIA_STATES)[number];

/** What may become of media. What is stored stays; what failed or expired is begun again by a person alone. */
export const MEDIA_TRANSITIONS: Readonly<Record<MediaState, readonly MediaState[]>> = {
  pending: ['stored', 'retrying', 'failed', 'expired'],
  retrying: ['stored', 'retrying', 'failed', 'expired'],
  failed: ['retrying'],
  stored: [],
  expired: ['retrying'],
};

/**
 * Why media is not there. `gone`: Meta says that it has none; `not-kept`: it came, and our own store
 * did not take it; `no-id`: the message named none.
 */
export const MEDIA_FAILURES = [
  'unreachable',
  'not-kept',
  'refused',
  'foreign-host',
  'too-large',
  'corrupt',
  'gone',
  'no-id',
] as const;
/** One of the {@link MEDIA_FAILURES}. */
export type MediaFailure = (typeof MEDIA_FAILURES)[number];

/**
 * Media as its entry shows it. `id` is ours, the name under which its bytes lie; `mimeType` is what
 * the bytes are, by their own beginning, and `size` their number, both known once they are stored.
 * `width` and `height` are a picture's own, upright, in pixels, once somebody has looked at it.
 */
export const entryMediaSchema = v.object({
  id: v.string(),
  state: v.picklist(MEDIA_STATES),
  mimeType: v.optional(v.string()),
  size: v.optional(v.number()),
  width: v.optional(v.number()),
  height: v.optional(v.number()),
  failure: v.optional(v.picklist(MEDIA_FAILURES)),
});
/** See {@link entryMediaSchema}. */
export type EntryMedia = v.InferOutput<typeof entryMediaSchema>;

/** `media/{id}`: the task of bringing one message's media. Server only. */
export const mediaSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  conversationId: v.string(),
  entryId: v.string(),
  channelId: v.string(),
  /** The message's type at Meta: it decides how large the media may be. */
  type: v.string(),
  /** Meta's id of it; empty where the message named none. */
  metaId: v.string(),
  /** SHA-256 as the webhook gave it, base64; `null` where it gave none. */
  sha256: v.nullish(v.string(), null),
  filename: v.nullish(v.string(), null),
  state: v.picklist(MEDIA_STATES),
  tries: v.optional(v.number(), 0),
  /** When it is asked for (again); `null` where it is not. Epoch ms. */
  retryAt: v.nullish(v.number(), null),
  mimeType: v.nullish(v.string(), null),
  size: v.nullish(v.number(), null),
  /** Of a picture, upright, in pixels; `null` until it was looked at, and where it can't be read. */
  width: v.nullish(v.number(), null),
  height: v.nullish(v.number(), null),
  /** Bytes of its small picture; `null` where it has none. */
  thumbnail: v.nullish(v.number(), null),
  failure: v.nullish(v.picklist(MEDIA_FAILURES), null),
  /** The colleague who uploaded it; `null` for what a customer sent. */
  by: v.nullish(v.string(), null),
  /** Meta's id of it where it was sent from here, and until when Meta keeps it (epoch ms). */
  atMeta: v.nullish(v.object({ id: v.string(), until: v.number() }), null),
  /** When it is thrown away unless a message carries it, epoch ms; `null` for what one is known to carry. */
  expiresAt: timeOrNull,
});
/** See {@link mediaSchema}. */
export type Media = v.InferOutput<typeof mediaSchema>;
