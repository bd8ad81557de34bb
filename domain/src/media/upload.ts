import type { EntryMedia, Media } from '../documents/media.ts';
import type { Upload } from '../documents/upload.ts';
import { mediaPath, uploadPath } from '../paths.ts';
import { create, update, type Write } from '../shared/plan.ts';
import { cutText } from '../shared/read.ts';
import type { ReplyType } from '../whatsapp/reply.ts';
import { FILENAME_LIMIT, MEDIA_LIMIT } from './media.ts';

/** Bytes of one part of an upload; the last one may have less. */
export const UPLOAD_PART = 4 * 1024 * 1024;

/** How long an unfinished upload can be gone on with, ms. */
export const UPLOAD_MS = 24 * 60 * 60 * 1000;

/** How long a file that no message carries is kept once it has come whole, ms. */
export const UNSENT_MS = 24 * 60 * 60 * 1000;

/** Number of parts of a file of so many bytes. */
export const uploadParts = (size: number): number => Math.ceil(size / UPLOAD_PART);

/** Number of bytes of the `n`th part, counted from 0. */
export const partSize = (size: number, n: number): number =>
  Math.min(UPLOAD_PART, size - n * UPLOAD_PART);

type FileType = Extract<ReplyType, 'image' | 'video' | 'audio' | 'document' | 'sticker'>;

const MB = 1024 * 1024;

/** What WhatsApp takes as what, and how much of it (Meta, "Media", "Supported media types"). */
const TAKEN: Readonly<Record<FileType, { readonly most: number; readonly kinds: RegExp }>> = {
  image: { most: 5 * MB, kinds: /^image\/(jpeg|png)$/ },
  video: { most: 16 * MB, kinds: /^video\/(mp4|3gpp)$/ },
  audio: { most: 16 * MB, kinds: /^audio\/(aac|amr|mpeg|mp4|ogg)$/ },
  sticker: { most: 500 * 1024, kinds: /^image\/webp$/ },
  document: {
    most: MEDIA_LIMIT,
    kinds:
      /^(text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)))$/,
  },
};

/** The type as which a file is sent, or why WhatsApp does not take it; `limit` in bytes. */
export type FileVerdict =
  | { readonly ok: true; readonly type: FileType }
  | { readonly ok: false; readonly problem: 'kind' }
  | { readonly ok: false; readonly problem: 'too-large'; readonly limit: number };

/** Judges a file by its MIME type and its number of bytes. */
export function judgeFile(mimeType: string, size: number): FileVerdict {
  const types = Object.keys(TAKEN) as FileType[];
  const type = types.find((one) => TAKEN[one].kinds.test(mimeType));
  if (type === undefined) return { ok: false, problem: 'kind' };
  const { most } = TAKEN[type];
  return size > most ? { ok: false, problem: 'too-large', limit: most } : { ok: true, type };
}

/** The upload as it begins. */
export const beginUpload = (
  given: Pick<Upload, 'conversationId' | 'channelId' | 'by' | 'filename' | 'mimeType' | 'size'>,
  now: number,
): Upload => ({
  schemaVersion: 1,
  ...given,
  filename: cutText(given.filename ?? undefined, FILENAME_LIMIT) ?? null,
  parts: [],
  expiresAt: now + UPLOAD_MS,
});

/** The first part that is not here yet; as many as there are where all are. */
export const nextPart = ({ parts, size }: Pick<Upload, 'parts' | 'size'>): number => {
  const all = Array.from({ length: uploadParts(size) }, (_, n) => n);
  return all.find((n) => !parts.includes(n)) ?? all.length;
};

/** Notes that a part is here. Nothing where it was already. */
export const decidePart = (id: string, { parts }: Upload, n: number): readonly Write[] =>
  parts.includes(n) ? [] : [update(uploadPath(id), { parts: [...parts, n].sort((a, b) => a - b) })];

/** Media that has come whole, as an entry shows it. */
export const uploadedMedia = (id: string, mimeType: string, size: number): EntryMedia => ({
  id,
  state: 'stored',
  mimeType,
  size,
});

/** The media of an upload that has come whole: `mimeType` is what its bytes are. */
export const decideUploaded = (
  id: string,
  upload: Upload,
  mimeType: string,
  now: number,
): readonly Write[] => {
  const { conversationId, channelId, by, filename, size } = upload;
  const verdict = judgeFile(mimeType, size);
  const media: Media = {
    schemaVersion: 1,
    conversationId,
    entryId: id,
    channelId,
    type: verdict.ok ? verdict.type : 'document',
    metaId: '',
    sha256: null,
    filename,
    state: 'stored',
    tries: 0,
    retryAt: null,
    mimeType,
    size,
    width: null,
    height: null,
    thumbnail: null,
    failure: null,
    by,
    atMeta: null,
    expiresAt: now + UNSENT_MS,
  };
  return [create(mediaPath(id), media)];
};

/** What is known of a file that nobody sent for a day: whether a message carries it, or will. */
export interface Carriage {
  readonly sent: boolean;
  readonly planned: boolean;
}

/**
 * What becomes of such a file: kept for good with its message, for another day while one is planned;
 * `null`, where it is to be thrown away.
 */
export function decideUnsent(
  id: string,
  { sent, planned }: Carriage,
  now: number,
): readonly Write[] | null {
  if (sent) return [update(mediaPath(id), { expiresAt: null })];
  return planned ? [update(mediaPath(id), { expiresAt: now + UNSENT_MS })] : null;
}

/** How long Meta keeps an uploaded file (Meta, "Media": 30 days), with a day to spare. */
const AT_META_MS = 29 * 24 * 60 * 60 * 1000;

/** Meta's id of media while it can still be sent by it; `null` where it must be uploaded (again). */
export const idAtMeta = ({ atMeta }: Pick<Media, 'atMeta'>, now: number): string | null =>
  atMeta !== null && atMeta.until > now ? atMeta.id : null;

/** Remembers Meta's id of media, so that another try need not upload it again. */
export const decideAtMeta = (media: Media, metaId: string, now: number): readonly Write[] => [
  update(mediaPath(media.entryId), { atMeta: { id: metaId, until: now + AT_META_MS } }),
];
