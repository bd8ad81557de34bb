import { graphError, invalidParameter, type GraphError } from './errors.ts';

/** A file on its way into the media store. `mimeType` may carry parameters (`; codecs=opus`). */
export interface MediaFile {
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
  filename?: string | undefined;
}

const KB = 1024;
const MB = 1024 * KB;

/** The largest file that a customer can send; beyond it the webhook carries error 131052. */
export const LARGEST_FROM_CUSTOMER = 100 * MB;

const DOCUMENTS = [
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/** What media are in a message. */
export type MediaKind = 'audio' | 'document' | 'image' | 'sticker' | 'video';

/** What may be uploaded, and how large (Meta, "Media", supported media types). */
const KINDS: { name: MediaKind; types: string[]; max: number }[] = [
  {
    name: 'audio',
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    max: 16 * MB,
  },
  { name: 'document', types: DOCUMENTS, max: 100 * MB },
  { name: 'image', types: ['image/jpeg', 'image/png'], max: 5 * MB },
  { name: 'sticker', types: ['image/webp'], max: 100 * KB },
  { name: 'video', types: ['video/mp4', 'video/3gpp'], max: 16 * MB },
];
const ANIMATED_STICKER_MAX = 500 * KB;

/** A MIME type without its parameters, in small letters. */
export const bareType = (mimeType: string): string =>
  (mimeType.split(';')[0] ?? '').trim().toLowerCase();

/**
 * Whether media of this MIME type can be sent as this kind. A file may always go as a document; a
 * voice message is Ogg alone (Meta, "Audio messages").
 */
export function canBeSent(mimeType: string, kind: MediaKind, voice: boolean): boolean {
  if (kind === 'document') return true;
  if (voice) return bareType(mimeType) === 'audio/ogg';
  return KINDS.some(({ name, types }) => name === kind && types.includes(bareType(mimeType)));
}

/** Whether a WebP file holds an animation (its header says so: VP8X, flag 2). */
export function isAnimated(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 21)).toString('latin1');
  return head.slice(8, 16) === 'WEBPVP8X' && ((bytes[20] ?? 0) & 2) !== 0;
}

/** An upload that may be kept, or the Graph error that refuses it. */
export type JudgedUpload = { ok: true; file: MediaFile } | { ok: false; error: GraphError };

const refuse = (error: GraphError): JudgedUpload => ({ ok: false, error });

/**
 * Judges an upload as Meta does: the product, then the file, its type and its size. What the bytes
 * really are is not looked at.
 */
export function judgeUpload(product: unknown, file: MediaFile | null): JudgedUpload {
  if (product !== 'whatsapp')
    return refuse(invalidParameter('The parameter messaging_product is required.'));
  if (file === null) return refuse(invalidParameter('The parameter file is required.'));
  const kind = KINDS.find(({ types }) => types.includes(bareType(file.mimeType)));
  if (kind === undefined) return refuse(wrongType(file.mimeType));
  const max = kind.name === 'sticker' && isAnimated(file.bytes) ? ANIMATED_STICKER_MAX : kind.max;
  if (file.bytes.byteLength <= max) return { ok: true, file };
  return refuse(graphError(131053, `The largest ${kind.name} of this kind has ${max} bytes.`));
}

function wrongType(mimeType: string): GraphError {
  const known = KINDS.flatMap(({ types }) => types).sort();
  return invalidParameter(
    `Param file must be a file with one of the following types: ${known.join(', ')}. Received file of type '${mimeType}'.`,
  );
}
