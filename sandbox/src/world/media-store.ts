import { createHash } from 'node:crypto';
import { addressedMedia, mediaAddress } from '../graph/media-address.ts';
import { isAnimated, type MediaFile } from '../graph/media-rules.ts';
import { mediaIdOf } from '../ids.ts';
import { isObject, textOf, type BusinessNumber, type JsonObject } from '../model.ts';

/** How long an uploaded id lives, and one from a webhook (Meta, "Media"): milliseconds. */
export const UPLOADED_MS = 30 * 24 * 60 * 60_000;
/** See {@link UPLOADED_MS}. */
export const FROM_CUSTOMER_MS = 7 * 24 * 60 * 60_000;

/** How many bytes are kept in all; the oldest files go first. */
const CAPACITY = 200 * 1024 * 1024;

/** A file that Meta keeps for a business number until `expiresAt`, epoch milliseconds. */
export interface Media {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  filename: string | null;
  bytes: Uint8Array<ArrayBuffer>;
  sha256: Buffer;
  expiresAt: number;
}

/** What the media store needs from around it. */
export interface MediaStorePorts {
  now: () => number;
  /** Ten random bytes. */
  entropy: () => Uint8Array;
}

/** The files of both sides, in memory. */
export class MediaStore {
  private readonly ports: MediaStorePorts;
  private readonly key: Uint8Array;
  /** Oldest first. */
  private readonly files = new Map<string, Media>();

  constructor(ports: MediaStorePorts) {
    this.ports = ports;
    this.key = ports.entropy();
  }

  /** Keeps a file for so many milliseconds, in place of what has its id; older ones make room. */
  keep(
    number: BusinessNumber,
    file: MediaFile,
    lifetime: number,
    id = mediaIdOf(this.ports.entropy()),
  ): Media {
    this.files.delete(id);
    this.makeRoom(file.bytes.byteLength);
    const media: Media = {
      id,
      phoneNumberId: number.phoneNumberId,
      mimeType: file.mimeType,
      filename: file.filename ?? null,
      bytes: file.bytes,
      sha256: createHash('sha256').update(file.bytes).digest(),
      expiresAt: this.ports.now() + lifetime,
    };
    this.files.set(media.id, media);
    return media;
  }

  /** The file with this id, of this number where one is named, as long as it lives. */
  find(id: string, phoneNumberId?: string): Media | undefined {
    const media = this.files.get(id);
    if (media === undefined || media.expiresAt <= this.ports.now()) return undefined;
    return phoneNumberId === undefined || phoneNumberId === media.phoneNumberId ? media : undefined;
  }

  /** Forgets a file. */
  delete(id: string): void {
    this.files.delete(id);
  }

  /** Forgets all. */
  clear(): void {
    this.files.clear();
  }

  /** Path and query of its download, which end after five minutes. */
  addressOf(media: Media): string {
    return mediaAddress(this.key, media.id, this.ports.now());
  }

  /** The file that the query of such an address names, as long as both live. */
  at(query: Record<string, string>): Media | undefined {
    const id = addressedMedia(this.key, query, this.ports.now());
    return id === null ? undefined : this.find(id);
  }

  private makeRoom(size: number): void {
    let free = CAPACITY - size;
    for (const { bytes } of this.files.values()) free -= bytes.byteLength;
    for (const { id, bytes } of this.files.values()) {
      if (free >= 0) return;
      this.files.delete(id);
      free += bytes.byteLength;
    }
  }
}

const MEDIA_TYPES = new Set(['image', 'video', 'audio', 'document', 'sticker']);

/** The media id in a message of this type; null where it has none, as with a link. */
export function mediaIdIn(type: string, message: JsonObject): string | null {
  const body = message[type];
  return MEDIA_TYPES.has(type) && isObject(body) && typeof body.id === 'string' ? body.id : null;
}

/**
 * A customer's item with what webhooks tell about its media: MIME type, SHA-256 (base64 here, hex in
 * the lookup), file name of a document, whether a sticker moves, that a sound is no voice message. What
 * the item says itself stays, and so does an id that names nothing.
 */
export function withMediaFacts(
  item: JsonObject,
  find: (id: string) => Media | undefined,
): JsonObject {
  const type = textOf(item.type);
  const body = item[type];
  if (!isObject(body)) return item;
  if (type === 'edit' && isObject(body.message))
    return { ...item, edit: { ...body, message: withMediaFacts(body.message, find) } };
  const id = mediaIdIn(type, item);
  const media = id === null ? undefined : find(id);
  return media === undefined ? item : { ...item, [type]: { ...factsOf(media, type), ...body } };
}

function factsOf(media: Media, type: string): JsonObject {
  return {
    mime_type: media.mimeType,
    sha256: media.sha256.toString('base64'),
    ...(type === 'document' && media.filename !== null ? { filename: media.filename } : {}),
    ...(type === 'audio' ? { voice: false } : {}),
    ...(type === 'sticker' ? { animated: isAnimated(media.bytes) } : {}),
  };
}
