import {
  partSize,
  UPLOAD_PART,
  uploadedMedia,
  uploadParts,
  type EntryMedia,
  type RefusalCode,
} from '@switchboard/domain';
import * as v from 'valibot';
import { watch } from 'vue';
import { media } from './callables.ts';
import { isOffline, useConnection } from './connection.ts';

/** Pauses between tries of what did not arrive, ms; after the last of them it is given up. */
export const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** A part of which nothing more leaves, or whose answer does not come, for this long is lost, ms. */
export const STALLED_AFTER = 60_000;

/** What is uploaded, and for which conversation. `mediaId` is chosen once per file: it names it in every try. */
export interface FileUpload {
  readonly conversationId: string;
  readonly mediaId: string;
  readonly file: File;
}

/** What an upload came to: the media that a reply may carry, or why there is none. */
export type UploadResult =
  | { readonly ok: true; readonly media: EntryMedia }
  | { readonly ok: false; readonly code: RefusalCode | 'unknown' | 'cancelled' };

/** Refusals that pass by themselves. */
const PASSING: ReadonlySet<RefusalCode> = new Set(['offline', 'busy', 'internal']);

const partAnswer = v.object({
  code: v.string(),
  next: v.optional(v.number()),
  media: v.optional(v.object({ mimeType: v.string(), size: v.number() })),
});
type PartAnswer = v.InferOutput<typeof partAnswer>;

/** What became of one step: the end of all, or the part to go on with, or nothing that is known. */
type Step =
  | { readonly kind: 'over'; readonly result: UploadResult }
  | { readonly kind: 'on'; readonly part: number }
  | { readonly kind: 'lost' };

/**
 * Uploads a file part by part. What is lost on the way is sent again after a pause, going on at the part
 * that the server asks for; without a connection it waits for one. `onProgress` hears of bytes that
 * have left, counted from the file's beginning. Never rejects.
 */
export async function uploadFile(
  upload: FileUpload,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<UploadResult> {
  const stopped = { ok: false, code: 'cancelled' } as const;
  for (let lost = 0; lost <= PAUSES.length; lost += 1) {
    await connected(signal);
    if (signal.aborted) return stopped;
    const { step, moved } = await tryOn(upload, onProgress, signal);
    if (step.kind === 'over') return step.result;
    // What moves is not given up, however often it breaks off; nor what waits for a connection.
    if (moved || isOffline()) lost = 0;
    await pause(PAUSES[lost] ?? 0, signal);
    if (signal.aborted) return stopped;
  }
  return { ok: false, code: 'unknown' };
}

/** Begins, or goes on where the server says, until all is there or something is lost. */
async function tryOn(
  upload: FileUpload,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<{ readonly step: Step; readonly moved: boolean }> {
  const { conversationId, mediaId, file } = upload;
  const { name: filename, type: mimeType, size } = file;
  const input = { conversationId, mediaId, filename, mimeType, size };
  const begun = await media({ type: 'upload', ...input });
  if (begun.code !== 'ok') {
    const lost: Step = { kind: 'lost' };
    const refused: Step = { kind: 'over', result: { ok: false, code: begun.code } };
    return { step: PASSING.has(begun.code) ? lost : refused, moved: false };
  }
  const url = begun.addresses[mediaId];
  if (!url?.startsWith('/upload/'))
    return { step: { kind: 'over', result: { ok: false, code: 'internal' } }, moved: false };
  // All may be there without their end having been heard: the last part, sent again, tells it.
  let part = Math.min(begun.next ?? 0, uploadParts(size) - 1);
  for (let moved = false; ; moved = true) {
    const step = await sendPart(`${url}&part=${part}`, upload, part, onProgress, signal);
    if (step.kind !== 'on') return { step, moved };
    part = step.part;
  }
}

async function sendPart(
  url: string,
  { mediaId, file }: FileUpload,
  part: number,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Step> {
  const from = part * UPLOAD_PART;
  // Without a type the body is no body to the server's framework.
  const end = from + partSize(file.size, part);
  const bytes = file.slice(from, end, 'application/octet-stream');
  onProgress(from);
  const answer = await put(url, bytes, (sent) => onProgress(from + sent), signal);
  if (answer?.code === 'bad-part')
    return { kind: 'over', result: { ok: false, code: 'bad-input' } };
  // An address that is over, an upload that was thrown away: it is begun again.
  if (answer?.code !== 'ok') return { kind: 'lost' };
  if (answer.media) {
    const { mimeType, size } = answer.media;
    onProgress(size);
    return { kind: 'over', result: { ok: true, media: uploadedMedia(mediaId, mimeType, size) } };
  }
  return answer.next === undefined || answer.next >= uploadParts(file.size)
    ? { kind: 'lost' }
    : { kind: 'on', part: answer.next };
}

/** Sends bytes; `null` where no answer of ours comes. `fetch` tells nothing of what has left. */
function put(
  url: string,
  bytes: Blob,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<PartAnswer | null> {
  const request = new XMLHttpRequest();
  const abort = (): void => request.abort();
  let stalled = setTimeout(abort, STALLED_AFTER);
  return new Promise<PartAnswer | null>((resolve) => {
    request.open('PUT', url);
    request.upload.addEventListener('progress', ({ loaded }) => {
      clearTimeout(stalled);
      stalled = setTimeout(abort, STALLED_AFTER);
      onSent(Math.min(loaded, bytes.size));
    });
    request.addEventListener('loadend', () => resolve(read(request.responseText)));
    signal.addEventListener('abort', abort);
    if (signal.aborted) resolve(null);
    else request.send(bytes);
  }).finally(() => {
    clearTimeout(stalled);
    signal.removeEventListener('abort', abort);
  });
}

function read(body: string): PartAnswer | null {
  try {
    return v.parse(partAnswer, JSON.parse(body));
  } catch {
    return null;
  }
}

/** Resolves when `begin`'s callback is called, or when the signal says stop; what it returned is undone. */
function until(signal: AbortSignal, begin: (done: () => void) => () => void): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      undo();
      resolve();
    };
    signal.addEventListener('abort', done);
    const undo = begin(done);
  });
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  until(signal, (done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  });

const connected = (signal: AbortSignal): Promise<void> =>
  isOffline()
    ? until(signal, (done) =>
        watch(useConnection().truth, () => {
          if (!isOffline()) done();
        }),
      )
    : Promise.resolve();
