import { createHash } from 'node:crypto';
import {
  claimMedia,
  COLLECTIONS,
  decideBrought,
  entryPath,
  idOf,
  MEDIA_LIMIT,
  mediaPath,
  mediaSchema,
  type Brought,
  type Media,
  type MediaFailure,
  type MediaState,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Bytes, Gather, Ports } from '../ports.ts';
import { HEAD, sniff } from './sniff.ts';
import { makeThumbnail } from './thumbnail.ts';

/**
 * Brings the bytes of one message's media from Meta to us, where it is time for that. Safe to run any
 * number of times and by several at once: one of them claims it.
 */
export async function bringMedia(ports: Ports, mediaId: string): Promise<void> {
  const media = await claim(ports, mediaId);
  if (media === null) return;
  const brought = await bring(ports, media);
  await ports.store.guarded(async (gather) => {
    const now = await readMedia(gather, mediaId);
    const writes = now === null ? [] : decideBrought(now, brought, ports.clock.now());
    // The entry is changed too, so the commit is guarded by what it is now.
    if (writes.length > 0) await gather.read([entryPath(media.conversationId, media.entryId)]);
    return { writes, value: null };
  });
  const { conversationId, entryId, tries } = media;
  const failure = brought.kind === 'failed' ? brought.failure : null;
  ports.log.info('media.brought', { conversationId, entryId, tries: tries + 1, failure });
  if (failure === null) await makeThumbnail(ports, mediaId);
}

const readMedia = async (gather: Gather, mediaId: string): Promise<Media | null> => {
  const [found] = await gather.read([mediaPath(mediaId)]);
  return parsed(found, mediaSchema);
};

/** Takes the task for a while; `null` where it is not due, or in somebody's hands. */
const claim = (ports: Ports, mediaId: string): Promise<Media | null> =>
  ports.store.guarded(async (gather) => {
    const media = await readMedia(gather, mediaId);
    const writes = media && claimMedia(media, ports.clock.now());
    return { writes: writes ?? [], value: writes ? media : null };
  });

const failed = (failure: MediaFailure): Brought => ({ kind: 'failed', failure });

/** One try, from Meta's answer to bytes that are ours. Never throws. */
async function bring(
  ports: Ports,
  { channelId, metaId, entryId, sha256 }: Media,
): Promise<Brought> {
  const found = await ports.source.find(channelId, metaId);
  if (found.kind === 'failed') return found;
  if ((found.size ?? 0) > MEDIA_LIMIT) return failed('too-large');
  const opened = await ports.source.open(channelId, found.url);
  if (opened.kind === 'failed') return opened;
  const inspected = inspect(opened.bytes, sha256 ?? base64Of(found.sha256));
  try {
    await ports.media.put(entryId, inspected.bytes);
  } catch (error) {
    return failed(error instanceof Broken ? error.failure : 'not-kept');
  }
  const { head, size } = inspected.seen();
  return { kind: 'stored', mimeType: await sniff(head, found.mimeType), size };
}

/** Bytes that did not come whole, or must not be kept. What else fails is our own store's doing. */
class Broken extends Error {
  readonly failure: MediaFailure;
  constructor(failure: MediaFailure) {
    super(failure);
    this.failure = failure;
  }
}

async function* coming(bytes: Bytes): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw new Broken('unreachable');
  }
}

/** Webhooks give the hash in base64, the API in hex (Meta, "Media"). */
const base64Of = (hex: string | null): string | null =>
  hex === null ? null : Buffer.from(hex, 'hex').toString('base64');

/**
 * The same bytes, looked at while they pass: they break off with {@link Broken} where they are too many,
 * or at their end where they are not the ones that were promised (`sha256` in base64).
 */
function inspect(bytes: Bytes, sha256: string | null) {
  const hash = createHash('sha256');
  const beginning: Uint8Array[] = [];
  let size = 0;
  async function* passing() {
    for await (const piece of coming(bytes)) {
      if (size < HEAD) beginning.push(piece);
      size += piece.length;
      if (size > MEDIA_LIMIT) throw new Broken('too-large');
      hash.update(piece);
      yield piece;
    }
    if (size === 0 || (sha256 !== null && hash.digest('base64') !== sha256))
      throw new Broken('corrupt');
  }
  return {
    bytes: passing(),
    seen: () => ({ head: Buffer.concat(beginning).subarray(0, HEAD), size }),
  };
}

/** How long media may wait for its task before the sweep brings it, ms. */
const PATIENCE_MS = 30_000;
/** Media of either state that one sweep brings; the next one goes on. */
const AT_ONCE = 50;

/** Media whose task did not come, and media whose time for another try has. */
export async function findDueMedia(ports: Ports): Promise<readonly string[]> {
  const now = ports.clock.now();
  const due = (state: MediaState, before: number) =>
    ports.store.query({
      collection: COLLECTIONS.media,
      where: [
        ['state', '==', state],
        ['retryAt', '<', before],
      ],
      orderBy: [['retryAt', 'asc']],
      limit: AT_ONCE,
    });
  const [waiting, again] = await Promise.all([
    due('pending', now - PATIENCE_MS),
    due('retrying', now),
  ]);
  return [...waiting, ...again].map(({ path }) => idOf(path));
}
