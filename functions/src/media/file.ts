import { mediaPath, mediaSchema, shownInPlace, type Media } from '@switchboard/domain';
import { readable } from '../platform/parsed.ts';
import type { Bytes, Ports } from '../ports.ts';
import { readAddress } from './address.ts';
import { THUMBNAIL_TYPE, thumbnailId } from './thumbnail.ts';

/** What the file server needs of an HTTP request. `url` is path and query. */
export interface FileRequest {
  readonly method: string;
  readonly url: string;
  readonly range: string | undefined;
}

/** The answer: `body` is a sentence, bytes, or nothing. */
export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | string | null;
}

/** On every answer: nothing that comes from here ever runs in our page's name. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

const says = (status: number, body: string, headers: Record<string, string> = {}): FileAnswer => ({
  status,
  headers: {
    ...ALWAYS,
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  },
  body,
});

/**
 * `GET /media/{id}` at a signed address: the bytes of media or of its small picture, whole or the part that `Range` asks for (RFC 9110,
 * "Range Requests"). What browsers can't show safely in a page comes as a file to save.
 */
export async function mediaFile(ports: Ports, request: FileRequest): Promise<FileAnswer> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return says(405, 'Use GET or HEAD', { allow: 'GET, HEAD' });
  const address = await readAddress(ports.hash, new URL(`http://media${request.url}`));
  if (address === null) return says(403, 'Nobody signed this address');
  const left = address.until - ports.clock.now();
  if (left <= 0) return says(410, 'This address has run out: ask for a new one');
  const [found] = await ports.store.read([mediaPath(address.mediaId)]);
  const media = readable(found, mediaSchema);
  const file = media?.state === 'stored' ? fileOf(media, address.small) : null;
  if (file === null) return says(404, 'There is no such file');
  const { size } = file;
  const range = readRange(request.range, size);
  if (range === null) return says(416, 'No such range', { 'content-range': `bytes */${size}` });
  const bytes = request.method === 'HEAD' ? null : await ports.media.open(file.id, range);
  if (bytes === null && request.method === 'GET') {
    ports.log.error('media.lost', { mediaId: address.mediaId });
    return says(404, 'There is no such file');
  }
  return { ...headOf(file, range, left), body: bytes };
}

/** What lies at an address: the name of its bytes, their number, and what they are. */
interface File {
  readonly id: string;
  readonly size: number;
  readonly mimeType: string;
  readonly filename: string | null;
}

/** Stored media, or the small picture of it; `null` where there is none. */
function fileOf(media: Media, small: boolean): File | null {
  const { entryId, size, mimeType, filename, thumbnail } = media;
  const file = small
    ? {
        id: thumbnailId(entryId),
        size: thumbnail ?? 0,
        mimeType: THUMBNAIL_TYPE,
        filename: null,
      }
    : {
        id: entryId,
        size: size ?? 0,
        mimeType: mimeType ?? 'application/octet-stream',
        filename: filename ?? null,
      };
  return file.size > 0 ? file : null;
}

/** Above so many bytes an answer has to come in chunks (Cloud Run, "Quotas": 32 MiB over HTTP/1). */
const MOST_AT_ONCE = 30 * 1024 * 1024;

interface Range {
  readonly start: number;
  readonly end: number;
  /** It is less than the whole. */
  readonly partial: boolean;
}

/** The bytes that are asked for; `null` where there are none such. Several ranges are answered by the whole. */
export function readRange(header: string | undefined, size: number): Range | null {
  const whole = { start: 0, end: size - 1, partial: false };
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return whole;
  const [, from = '', to = ''] = match;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? null : { start, end, partial: true };
}

function headOf(
  { mimeType, filename, size }: File,
  { start, end, partial }: Range,
  left: number,
): Omit<FileAnswer, 'body'> {
  const shown = shownInPlace(mimeType);
  return {
    status: partial ? 206 : 200,
    headers: {
      ...ALWAYS,
      'content-type': mimeType,
      ...(end - start < MOST_AT_ONCE ? { 'content-length': String(end - start + 1) } : {}),
      'content-disposition': disposition(shown ? 'inline' : 'attachment', filename),
      'accept-ranges': 'bytes',
      // As long as the address itself: after it the browser has nothing that it may still show.
      'cache-control': `private, max-age=${Math.floor(left / 1000)}, immutable`,
      ...(partial ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    },
  };
}

/**
 * A name of a file for any browser (RFC 6266): without what a path or a header could be broken with, or
 * what turns its letters around. The screen has a better name for what has none.
 */
export function disposition(kind: 'inline' | 'attachment', filename: string | null): string {
  if (filename === null) return kind;
  const name = filename.replace(/\p{Cf}/gu, '').replace(/[\p{Cc}/\\]/gu, '_');
  const plain = name.replace(/[^\w. ()-]/gu, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
