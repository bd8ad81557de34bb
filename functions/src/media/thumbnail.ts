import {
  decidePictured,
  entryPath,
  isPictured,
  mediaPath,
  mediaSchema,
  type Media,
  type Pictured,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';

/** Longest edge of a small picture, px: a bubble's width on a dense screen. */
const EDGE = 640;

/** Most pixels of a picture that is unpacked: twice a phone's photo. A few kB can claim billions. */
const MOST_PIXELS = 30_000_000;

/** Below so many bytes a picture is its own small one. */
const SMALL = 40_000;

/** How long the making of one may take, s. */
const MOST_SECONDS = 10;

/** What `sharp` reads; every other reader of its library stays shut. */
const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`);

/** What every small picture is. */
export const THUMBNAIL_TYPE = 'image/webp';

/** The name under which the small picture of media lies. */
export const thumbnailId = (mediaId: string): string => `${mediaId}-thumbnail`;

/**
 * Makes the small picture of a stored photo, and notes how large the photo is. Comes after the photo is
 * there for everybody, and never throws: whatever goes wrong, the photo itself is shown.
 */
export async function makeThumbnail(ports: Ports, mediaId: string): Promise<void> {
  try {
    const media = await readMedia(ports.store, mediaId);
    if (media === null || !isPictured(media)) return;
    const pictured = await inTurn(() => picture(ports, media));
    await ports.store.guarded(async (gather) => {
      const now = await readMedia(gather, mediaId);
      const writes = now === null ? [] : decidePictured(now, pictured);
      // The entry is changed too, so the commit is guarded by what it is now.
      if (now?.by === null) await gather.read([entryPath(now.conversationId, now.entryId)]);
      return { writes, value: null };
    });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.info('media.no-thumbnail', { mediaId, error: name });
  }
}

const readMedia = async (
  gather: Pick<Ports['store'], 'read'>,
  mediaId: string,
): Promise<Media | null> => {
  const [found] = await gather.read([mediaPath(mediaId)]);
  return parsed(found, mediaSchema);
};

let last: Promise<unknown> = Promise.resolve();
/** One after the other: an unpacked photo has a hundred megabytes, and the process five times that. */
function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const turn = last.then(job, job);
  last = turn.catch(() => undefined);
  return turn;
}

async function picture(ports: Ports, { entryId, size }: Media): Promise<Pictured> {
  const bytes = await ports.media.open(entryId, { start: 0, end: (size ?? 0) - 1 });
  if (bytes === null) throw new Error('There are no bytes');
  const small = await shrink(await whole(bytes));
  if (small.bytes === null) return { ...small.of, thumbnail: null };
  const { bytes: made } = small;
  await ports.media.put(
    thumbnailId(entryId),
    (async function* () {
      yield made;
    })(),
  );
  return { ...small.of, thumbnail: made.length };
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** A picture's size, upright, and a small WebP of it; `bytes` is `null` where it is small already. */
export interface Shrunk {
  readonly of: { readonly width: number; readonly height: number };
  readonly bytes: Uint8Array | null;
}

/**
 * Shrinks a picture.
 *
 * @throws where it can't be read, has too many pixels or takes too long.
 */
export async function shrink(bytes: Uint8Array): Promise<Shrunk> {
  // Loaded where it is needed: every other function would wait for its native code.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
  const source = sharp(bytes, { limitInputPixels: MOST_PIXELS, pages: 1 });
  const { autoOrient: of } = await source.metadata();
  if (of.width * of.height > MOST_PIXELS) throw new Error('Too many pixels');
  const { data } = await source
    .autoOrient()
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 74 })
    .timeout({ seconds: MOST_SECONDS })
    .toBuffer({ resolveWithObject: true });
  const enough = bytes.length <= SMALL || data.length >= bytes.length;
  return { of: { width: of.width, height: of.height }, bytes: enough ? null : data };
}
