import {
  decideAtMeta,
  idAtMeta,
  judgeAnswer,
  judgeFile,
  mediaPath,
  mediaSchema,
  ownFailure,
  retryDelay,
  SEND_ATTEMPTS,
  type DeliveryError,
  type EntryId,
  type Media,
  type OutboundEntry,
  type OwnFailure,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';
import { renew } from './lock.ts';

/**
 * The file of a message: Meta's id of it, `null` for a message without one, or why it can't be had.
 * `held`: not before its number is connected again.
 */
export type FileAtMeta =
  | { readonly ok: true; readonly mediaId: string | null }
  | { readonly ok: false; readonly held: boolean; readonly error: DeliveryError };

const never = (failure: OwnFailure): FileAtMeta => ({
  ok: false,
  held: false,
  error: ownFailure(failure),
});

/**
 * Brings the file of a queued message to Meta, where it is not there already. It happens before the
 * message is marked as being sent: whoever dies in it leaves a message that certainly did not leave.
 */
export async function bringFile(
  ports: Ports,
  id: EntryId,
  entry: OutboundEntry,
  worker: string,
): Promise<FileAtMeta> {
  if (entry.media === undefined) return { ok: true, mediaId: null };
  const [found] = await ports.store.read([mediaPath(entry.media.id)]);
  const media = readable(found, mediaSchema);
  // Another conversation's file is as if it were not there: its id may have been guessed.
  if (media?.state !== 'stored' || media.conversationId !== id.conversationId)
    return never('no-media');
  if (!fits(entry.type, media)) return never('bad-file');
  const known = idAtMeta(media, ports.clock.now());
  return known === null ? upload(ports, id, media, worker) : { ok: true, mediaId: known };
}

/** A template's header has its own kinds, which Meta compares itself. */
function fits(type: string, { mimeType, size }: Media): boolean {
  const verdict = judgeFile(mimeType ?? '', size ?? 0);
  return verdict.ok && (type === 'template' || verdict.type === type);
}

async function upload(
  ports: Ports,
  id: EntryId,
  media: Media,
  worker: string,
): Promise<FileAtMeta> {
  for (let tries = 1; ; tries += 1) {
    const size = media.size ?? 0;
    const bytes = await ports.media.open(media.entryId, { start: 0, end: size - 1 });
    if (bytes === null) return never('no-media');
    const mimeType = media.mimeType ?? 'application/octet-stream';
    const filename = media.filename ?? media.type;
    const answer = await ports.graph.upload(media.channelId, { bytes, size, mimeType, filename });
    if (answer.kind === 'uploaded') {
      await rememberUpload(ports, media, answer.id);
      await renew(ports, id.conversationId, worker, 0);
      return { ok: true, mediaId: answer.id };
    }
    const outcome = judgeAnswer(answer);
    const error = ('error' in outcome && outcome.error) || ownFailure('unreachable');
    const held = outcome.state === 'held';
    // Nobody sees an upload: unlike a message it may be tried again whatever became of it.
    if (held || outcome.state === 'failed' || tries >= SEND_ATTEMPTS)
      return { ok: false, held, error };
    const pause = retryDelay(tries);
    await renew(ports, id.conversationId, worker, pause);
    await ports.clock.wait(pause);
  }
}

/** Kept on the media, so that a second try, and a second message with the same file, upload nothing. */
const rememberUpload = (ports: Ports, media: Media, metaId: string): Promise<void> =>
  ports.store.guarded(async ({ read }) => {
    const [found] = await read([mediaPath(media.entryId)]);
    const now = parsed(found, mediaSchema);
    const writes = now === null ? [] : decideAtMeta(now, metaId, ports.clock.now());
    return { writes, value: undefined };
  });
