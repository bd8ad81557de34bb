import {
  MEDIA_TRANSITIONS,
  type EntryMedia,
  type Media,
  type MediaFailure,
  type MediaState,
} from '../documents/media.ts';
import { entryPath, mediaPath } from '../paths.ts';
import { create, update, type Write } from '../shared/plan.ts';
import { asText, compact, cutText, type Json } from '../shared/read.ts';

/** Types of messages whose content is bytes at Meta (Meta, "Media messages"). */
const MEDIA_TYPES: ReadonlySet<string> = new Set([
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
]);

/** Most bytes of one message's media: above it Meta itself hands nothing over (error 131052). */
export const MEDIA_LIMIT = 100 * 1024 * 1024;

/** Longest name of a file that is kept, UTF-16 units. */
export const FILENAME_LIMIT = 240;

/** What of a message its media follows from. */
export interface MediaMessage {
  readonly id: string;
  readonly type: string;
  readonly content: Json | undefined;
  /** Epoch ms. */
  readonly receivedAt: number;
}

/** Where the message is that media belongs to. */
export interface MediaPlace {
  readonly conversationId: string;
  readonly channelId: string;
}

/**
 * What a message's media begins as: the entry's part, and the task that brings it, in the commit of
 * the entry. `null` for a message without media. One that names none (Meta could not hand it over)
 * has nothing to be asked for, and no task.
 */
export function beginMedia(
  { id, type, content, receivedAt }: MediaMessage,
  { conversationId, channelId }: MediaPlace,
): { readonly media: EntryMedia; readonly writes: readonly Write[] } | null {
  if (!MEDIA_TYPES.has(type)) return null;
  const metaId = asText(content?.['mediaId']);
  if (metaId === undefined) return { media: { id, state: 'failed', failure: 'no-id' }, writes: [] };
  const task: Media = {
    schemaVersion: 1,
    conversationId,
    entryId: id,
    channelId,
    type,
    metaId,
    sha256: asText(content?.['sha256']) ?? null,
    filename: cutText(asText(content?.['filename']), FILENAME_LIMIT) ?? null,
    state: 'pending',
    tries: 0,
    retryAt: receivedAt,
    mimeType: null,
    size: null,
    width: null,
    height: null,
    thumbnail: null,
    failure: null,
    by: null,
    atMeta: null,
    expiresAt: null,
  };
  return { media: { id, state: 'pending' }, writes: [create(mediaPath(id), task)] };
}

/** How a try to bring media ended. */
export type Brought =
  | { readonly kind: 'stored'; readonly mimeType: string; readonly size: number }
  | { readonly kind: 'failed'; readonly failure: MediaFailure };

/** Pauses between tries, ms: from seconds to a day, three days and a third in all; Meta keeps media for seven. */
const PAUSES = [10, 60, 300, 1_800, 7_200, 21_600, 43_200, 43_200, 86_400, 86_400].map(
  (seconds) => seconds * 1_000,
);
/** Tries where the bytes came whole and were wrong: they hardly get better. */
const CORRUPT_TRIES = 3;

/** Failures that no further try mends. */
const FINAL: ReadonlySet<MediaFailure> = new Set(['too-large', 'foreign-host', 'no-id']);

/** The state after a try that failed, the `tries`-th of all. */
function stateAfter(failure: MediaFailure, tries: number): MediaState {
  if (failure === 'gone') return 'expired';
  const most = failure === 'corrupt' ? CORRUPT_TRIES : PAUSES.length;
  return FINAL.has(failure) || tries > most ? 'failed' : 'retrying';
}

/** How long one process may be at it before another begins, ms: the largest media on a slow line. */
const CLAIM_MS = 10 * 60 * 1000;

/**
 * The claim of a process that is about to ask for the bytes: until it is done or {@link CLAIM_MS}
 * have passed, nobody else does. It counts as a try, also where the process dies. `null` where it is not
 * time, or somebody is at it.
 */
export const claimMedia = (media: Media, now: number): readonly Write[] | null =>
  (media.state === 'pending' || media.state === 'retrying') && (media.retryAt ?? 0) <= now
    ? [update(mediaPath(media.entryId), { retryAt: now + CLAIM_MS, tries: media.tries + 1 })]
    : null;

/**
 * What a try makes of the task and of the entry that shows it. Nothing where the task has gone on in
 * the meantime: of two who bring the same bytes one is enough.
 */
export function decideBrought(media: Media, brought: Brought, now: number): readonly Write[] {
  const tries = Math.max(1, media.tries);
  const state = brought.kind === 'stored' ? 'stored' : stateAfter(brought.failure, tries);
  if (!MEDIA_TRANSITIONS[media.state].includes(state)) return [];
  const found =
    brought.kind === 'stored'
      ? { mimeType: brought.mimeType, size: brought.size, failure: null }
      : { failure: brought.failure };
  const pause = PAUSES[Math.min(tries, PAUSES.length) - 1] ?? 0;
  const retryAt = state === 'retrying' ? now + pause : null;
  return changed(media, { ...found, state, retryAt });
}

/** A person wants another try of what was given up: begins anew. Nothing where nothing was. */
export function decideMediaRetry(media: Media, now: number): readonly Write[] {
  return media.state === 'failed' || media.state === 'expired'
    ? changed(media, { state: 'retrying', tries: 0, retryAt: now })
    : [];
}

/** What somebody who looked at a picture knows of it. */
export interface Pictured {
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** Bytes of the small picture that was made of it; `null` where the picture itself is small enough. */
  readonly thumbnail: number | null;
}

/**
 * Keeps how large a stored picture is and whether there is a small one of it. A colleague's upload has
 * no entry yet, and its own entry says nothing of this: there the task alone knows.
 */
export function decidePictured(media: Media, pictured: Pictured): readonly Write[] {
  if (media.state !== 'stored') return [];
  return media.by === null
    ? changed(media, { ...pictured })
    : [update(mediaPath(media.entryId), { ...pictured })];
}

function changed(media: Media, fields: Partial<Media>): readonly Write[] {
  const { entryId, conversationId } = media;
  const { state, mimeType, size, width, height, failure } = { ...media, ...fields };
  const shown: EntryMedia = compact({
    id: entryId,
    state,
    mimeType: mimeType ?? undefined,
    size: size ?? undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    failure: failure ?? undefined,
  });
  return [
    update(mediaPath(entryId), fields),
    update(entryPath(conversationId, entryId), { media: shown }),
  ];
}

/** Types of bytes that a browser may show inside our page. Anything else is a file to save. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/amr',
  'video/mp4',
  'video/3gpp',
]);

/** True where media of this type is shown in its place; else it is offered as a file. */
export const shownInPlace = (mimeType: string): boolean => SHOWN.has(mimeType);

/** Pictures of which a small one is made: those that every browser draws. */
const PICTURES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
]);

/** Most bytes of a picture that is looked at: Meta takes 5 MB, a colleague's own phone sends no more. */
const PICTURE_LIMIT = 16 * 1024 * 1024;

/** True where a small picture is made of stored media: of photos, and of nothing that only claims to be one. */
export const isPictured = ({ type, state, mimeType, size }: Media): boolean =>
  type === 'image' &&
  state === 'stored' &&
  PICTURES.has(mimeType ?? '') &&
  size !== null &&
  size <= PICTURE_LIMIT;

/** How long an address of media works at most, ms. */
export const ADDRESS_MS = 10 * 60 * 1000;
/** How long the same person gets the same address, ms: what a browser has of it, it has again. */
const ADDRESS_STEP_MS = ADDRESS_MS / 2;

/** Until when an address works that is asked for now, epoch ms: five to ten minutes ahead. */
export const addressUntil = (now: number): number =>
  Math.floor(now / ADDRESS_STEP_MS) * ADDRESS_STEP_MS + ADDRESS_MS;
