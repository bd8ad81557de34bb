import { asText, type EntryMedia } from '@switchboard/domain';
import type { MessageEntry } from './rows.ts';

/** What becomes of media on the screen; `file` is whatever no browser shows by itself. */
export type MediaKind = 'image' | 'sticker' | 'video' | 'audio' | 'file';

/** Images that every browser of today draws, with the ending of their files. */
const IMAGES: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
};

/** Endings of other files; one that is not here keeps the ending of its name. */
const ENDINGS: Readonly<Record<string, string>> = {
  ...IMAGES,
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/** The media of a message: of what came in, and of what a colleague sent from a phone beside us. */
export const mediaOf = (entry: MessageEntry): EntryMedia | undefined => entry.media;

/** The widest and the highest tile of a picture, as width by height: beyond it the picture is cut. */
const WIDEST = 16 / 9;
const HIGHEST = 4 / 5;

/** The shape of a picture's tile, width by height; 4 by 3 where its size is not known. */
export const shapeOf = (media: EntryMedia | undefined): number =>
  media?.width && media.height
    ? Math.min(WIDEST, Math.max(HIGHEST, media.width / media.height))
    : 4 / 3;

/** The type that the bytes have, without its parameters. */
const typeOf = (entry: MessageEntry): string =>
  mediaOf(entry)?.mimeType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** How stored media is shown: by what its bytes are, and as a file where that is not what was promised. */
export function mediaKind(entry: MessageEntry): MediaKind {
  const type = typeOf(entry);
  switch (entry.type) {
    case 'image':
    case 'sticker':
      return Object.hasOwn(IMAGES, type) ? entry.type : 'file';
    case 'video':
      return type.startsWith('video/') ? 'video' : 'file';
    case 'audio':
    case 'voice':
      return type.startsWith('audio/') ? 'audio' : 'file';
    default:
      return 'file';
  }
}

/** What turns the direction of a text or hides in it can make one ending look like another. */
const DISGUISE = /[\p{Cc}\p{Cf}]/gu;

/** A file as a card names it and a device keeps it. */
export interface FileFacts {
  readonly name: string;
  /** In capitals, such as `PDF`; empty where nothing says. */
  readonly ending: string;
  /** Bytes, where they are known. */
  readonly size: number | undefined;
  /** What it is, for its picture. */
  readonly family: 'image' | 'video' | 'audio' | 'other';
}

/** The facts of a message's file; without a name of its own it has the word for its kind. */
export function fileFacts(entry: MessageEntry, word: string): FileFacts {
  const given = (asText(entry.content?.['filename']) ?? '').replace(DISGUISE, '').trim();
  const type = typeOf(entry);
  const known = Object.hasOwn(ENDINGS, type) ? (ENDINGS[type] ?? '') : '';
  const named = /\.([a-z0-9]{1,5})$/i.exec(given)?.[1] ?? '';
  const day = new Date(entry.at).toISOString().slice(0, 10);
  return {
    name: given || `${word} ${day}${known && `.${known}`}`,
    ending: (known || named).toUpperCase(),
    size: mediaOf(entry)?.size,
    family:
      (['image', 'video', 'audio'] as const).find((top) => type.startsWith(`${top}/`)) ?? 'other',
  };
}

/** A number of bytes as a person reads it: `212 kB`, `1.4 MB`. */
export function sizeText(bytes: number, locale: string): string {
  const [unit, value] =
    bytes < 1_000
      ? (['byte', bytes] as const)
      : bytes < 1_000_000
        ? (['kilobyte', Math.round(bytes / 1_000)] as const)
        : (['megabyte', bytes / 1_000_000] as const);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(value);
}

/** A length of time as players show it: `0:31`, `1:02:03`. Seconds; what is not known is 0. */
export function playTime(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.floor(seconds) : 0;
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
