import {
  beginUpload,
  COLLECTIONS,
  conversationPath,
  conversationSchema,
  create,
  decidePart,
  decideUnsent,
  decideUploaded,
  entryPath,
  entrySchema,
  idOf,
  mediaPath,
  mediaSchema,
  nextPart,
  partSize,
  refusal,
  refuses,
  scheduledSchema,
  timelinePath,
  UNSENT_MS,
  uploadParts,
  uploadPath,
  uploadSchema,
  type CallableAnswer,
  type Carriage,
  type Media,
  type MediaCommand,
  type RefusalCode,
  type Upload,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import { findPerson, type Caller } from '../platform/person.ts';
import type { Bytes, Gather, Ports, Snapshot } from '../ports.ts';
import { readUploadAddress, uploadAddressOf } from './address.ts';
import { HEAD, sniff } from './sniff.ts';
import { makeThumbnail } from './thumbnail.ts';

type Begin = Extract<MediaCommand, { type: 'upload' }>;

/**
 * Begins the upload of a file for a reply, or says where one that broke off goes on. Only the holder
 * of the conversation may; the id is chosen by the client, so that asking again begins nothing twice.
 */
export async function begin(
  ports: Ports,
  caller: Caller,
  input: Begin,
): Promise<CallableAnswer<'media'>> {
  const now = ports.clock.now();
  const began = await ports.store.guarded<number | RefusalCode>(async (gather) => {
    const allowed = await mayUpload(gather, caller, input.conversationId, now);
    if (!allowed.ok) return { writes: [], value: allowed.why };
    const [uploadDoc, mediaDoc, entryDoc] = await gather.read([
      uploadPath(input.mediaId),
      mediaPath(input.mediaId),
      entryPath(input.conversationId, input.mediaId),
    ]);
    const given = { ...input, channelId: allowed.channelId, by: caller.uid };
    const before = readable(uploadDoc, uploadSchema);
    if (before !== null)
      return { writes: [], value: isSame(before, given) ? nextPart(before) : 'bad-input' };
    const media = readable(mediaDoc, mediaSchema);
    if (media !== null)
      return {
        writes: [],
        value:
          media.by === caller.uid && media.conversationId === input.conversationId
            ? uploadParts(input.size)
            : 'bad-input',
      };
    if (entryDoc?.data) return { writes: [], value: 'bad-input' };
    const { conversationId, channelId, by, filename, mimeType, size } = given;
    const upload = beginUpload({ conversationId, channelId, by, filename, mimeType, size }, now);
    return { writes: [create(uploadPath(input.mediaId), upload)], value: 0 };
  });
  if (typeof began === 'string') return refusal(began);
  const address = { mediaId: input.mediaId, uid: caller.uid };
  const { url, until } = await uploadAddressOf(ports.hash, address, now);
  return { code: 'ok', addresses: { [input.mediaId]: url }, until, next: began };
}

const isSame = (before: Upload, given: Pick<Upload, 'conversationId' | 'by' | 'size'>): boolean =>
  before.conversationId === given.conversationId &&
  before.by === given.by &&
  before.size === given.size;

async function mayUpload(
  gather: Gather,
  caller: Caller,
  conversationId: string,
  now: number,
): Promise<
  | { readonly ok: true; readonly channelId: string }
  | { readonly ok: false; readonly why: RefusalCode }
> {
  const person = await findPerson(gather, caller);
  const [found] = await gather.read([conversationPath(conversationId)]);
  const conversation = parsed(found, conversationSchema);
  if (conversation === null) return { ok: false, why: 'not-found' };
  const why = refuses('media.upload', person, conversation, now);
  return why === null ? { ok: true, channelId: conversation.channelId } : { ok: false, why };
}

/** What the upload server needs of an HTTP request. `url` is path and query; `body` one part, whole. */
export interface PartRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Uint8Array;
}

/** What it answers: `next` is the part to go on with; once all are here, what the file is. */
export interface PartAnswer {
  readonly status: number;
  readonly body: {
    readonly code: 'ok' | 'refused' | 'gone' | 'bad-part' | 'not-kept';
    readonly next?: number;
    readonly media?: { readonly mimeType: string; readonly size: number };
  };
}

const says = (
  status: number,
  code: PartAnswer['body']['code'],
  rest: Omit<PartAnswer['body'], 'code'> = {},
): PartAnswer => ({ status, body: { code, ...rest } });

/**
 * `PUT /upload/{id}?…&part=n` at a signed address: one part of a file. The same part again is the same
 * part; with the last one the file becomes media that a reply may carry.
 */
export async function uploadPart(ports: Ports, request: PartRequest): Promise<PartAnswer> {
  const url = new URL(`http://upload${request.url}`);
  const address = await readUploadAddress(ports.hash, url);
  if (request.method !== 'PUT' || address === null || address.until <= ports.clock.now())
    return says(403, 'refused');
  const { mediaId, uid } = address;
  const [uploadDoc, mediaDoc] = await ports.store.read([uploadPath(mediaId), mediaPath(mediaId)]);
  const media = readable(mediaDoc, mediaSchema);
  if (media?.state === 'stored' && media.by === uid)
    return says(200, 'ok', { media: { mimeType: media.mimeType ?? '', size: media.size ?? 0 } });
  const upload = readable(uploadDoc, uploadSchema);
  if (upload?.by !== uid) return says(404, 'gone');
  const part = Number(url.searchParams.get('part') ?? NaN);
  const whole = Number.isInteger(part) && part >= 0 && part < uploadParts(upload.size);
  if (!whole || request.body.length !== partSize(upload.size, part)) return says(400, 'bad-part');
  try {
    return await keep(ports, mediaId, upload, part, request.body);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.error('upload.not-kept', { mediaId, part, error: name });
    return says(503, 'not-kept');
  }
}

async function keep(
  ports: Ports,
  mediaId: string,
  upload: Upload,
  part: number,
  body: Uint8Array,
): Promise<PartAnswer> {
  await ports.media.put(partId(mediaId, part), once(body));
  const now = await ports.store.guarded(async ({ read }) => {
    const [found] = await read([uploadPath(mediaId)]);
    const before = readable(found, uploadSchema) ?? upload;
    const parts = [...new Set([...before.parts, part])];
    return { writes: decidePart(mediaId, before, part), value: { ...before, parts } };
  });
  const next = nextPart(now);
  if (next < uploadParts(upload.size)) return says(200, 'ok', { next });
  return says(200, 'ok', { next, media: await finish(ports, mediaId, now) });
}

/** Makes one file of all parts. Whoever does it a second time makes the same of them. */
async function finish(ports: Ports, mediaId: string, upload: Upload) {
  const head: Uint8Array[] = [];
  let seen = 0;
  async function* whole() {
    for (let n = 0; n < uploadParts(upload.size); n += 1) {
      const range = { start: 0, end: partSize(upload.size, n) - 1 };
      const piece = await ports.media.open(partId(mediaId, n), range);
      if (piece === null) throw new Error('A part is not there');
      for await (const bytes of piece) {
        if (seen < HEAD) head.push(bytes);
        seen += bytes.length;
        yield bytes;
      }
    }
    if (seen !== upload.size) throw new Error('A part is not whole');
  }
  await ports.media.put(mediaId, whole());
  const at = ports.clock.now();
  const mimeType = await sniff(Buffer.concat(head).subarray(0, HEAD), upload.mimeType);
  await ports.store.guarded(async ({ read }) => {
    const [there] = await read([mediaPath(mediaId)]);
    return {
      writes: there?.data ? [] : decideUploaded(mediaId, upload, mimeType, at),
      value: null,
    };
  });
  await throwAway(ports, mediaId, upload);
  await ports.store.remove([uploadPath(mediaId)]);
  await makeThumbnail(ports, mediaId);
  return { mimeType, size: upload.size };
}

/** The parts are of no use any more; what can't be thrown away now, the sweep throws away. */
async function throwAway(ports: Ports, mediaId: string, upload: Upload): Promise<void> {
  for (let n = 0; n < uploadParts(upload.size); n += 1)
    await ports.media.remove(partId(mediaId, n)).catch(() => undefined);
}

/** Unfinished uploads thrown away by one sweep. */
const AT_ONCE = 50;

/** Throws away what came of uploads that nobody goes on with. */
export async function sweepUploads(ports: Ports): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.uploads,
    where: [['expiresAt', '<', ports.clock.now()]],
    orderBy: [['expiresAt', 'asc']],
    limit: AT_ONCE,
  });
  for (const one of found) {
    const upload = readable(one, uploadSchema);
    if (upload !== null) await throwAway(ports, idOf(one.path), upload);
  }
  if (found.length > 0) await ports.store.remove(found.map(({ path }) => path));
}

/** So much later than its file may a message seem to be written, ms: another clock wrote it down. */
const SKEW_MS = 60_000;
/** Messages of a day, and messages for later, in which a file is looked for. */
const CARRIERS = 1_000;

/** Throws away files that came whole and that no message carries, a day after. */
export async function sweepUnsent(ports: Ports): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.media,
    where: [['expiresAt', '<', ports.clock.now()]],
    orderBy: [['expiresAt', 'asc']],
    limit: AT_ONCE,
  });
  for (const one of found) {
    const media = readable(one, mediaSchema);
    if (media !== null) await keepOrThrow(ports, idOf(one.path), media);
  }
}

async function keepOrThrow(ports: Ports, mediaId: string, media: Media): Promise<void> {
  const stays = await ports.store.guarded(async (gather) => {
    await gather.read([mediaPath(mediaId)]);
    const carriage = await findCarriage(gather, mediaId, media);
    const writes = decideUnsent(mediaId, carriage, ports.clock.now());
    return { writes: writes ?? [], value: writes !== null };
  });
  if (stays) return;
  await ports.media.remove(mediaId);
  await ports.store.remove([mediaPath(mediaId)]);
  ports.log.info('upload.unsent', { mediaId, conversationId: media.conversationId });
}

/** Where a look is cut short it counts as found: what is kept in vain costs less than what is missing. */
async function findCarriage(
  gather: Gather,
  mediaId: string,
  { conversationId, expiresAt }: Media,
): Promise<Carriage> {
  const entries = await gather.query({
    collection: timelinePath(conversationId),
    where: [
      ['kind', '==', 'outbound'],
      ['at', '>', (expiresAt ?? 0) - UNSENT_MS - SKEW_MS],
    ],
    orderBy: [['at', 'asc']],
    limit: CARRIERS,
  });
  const planned = await gather.query({
    collection: COLLECTIONS.scheduled,
    where: [
      ['conversationId', '==', conversationId],
      ['state', '==', 'waiting'],
    ],
    limit: CARRIERS,
  });
  const carries = (found: Snapshot): boolean => {
    const entry = readable(found, entrySchema);
    return entry?.kind === 'outbound' && entry.media?.id === mediaId;
  };
  const plans = (found: Snapshot): boolean => {
    const scheduled = readable(found, scheduledSchema);
    const messages = [scheduled?.message, scheduled?.fallback];
    return messages.some((message) => message?.media?.id === mediaId);
  };
  return {
    sent: entries.some(carries),
    planned: entries.length === CARRIERS || planned.length === CARRIERS || planned.some(plans),
  };
}

const partId = (mediaId: string, part: number): string => `${mediaId}-part-${part}`;

async function* once(bytes: Uint8Array): Bytes {
  yield bytes;
}
