import {
  CAPTION_LIMIT,
  judgeFile,
  replyTextLimit,
  type EntryMedia,
  type FileVerdict,
  type RefusalCode,
} from '@switchboard/domain';

/** The type of message as which a file is sent. */
type FileType = Extract<FileVerdict, { ok: true }>['type'];

/** Most files that stand in a tray at a time: as many as WhatsApp's own apps take at once. */
export const TRAY_LIMIT = 10;

/**
 * Where a file of the tray is.
 *
 * - `preparing`: a picture of it is being made that WhatsApp takes.
 * - `ready`: it may be sent.
 * - `refused`: it can't be sent as it is, whatever one does.
 * - `waiting`: others before it are being sent.
 * - `uploading`: on its way to us.
 * - `queueing`: it is here, and the message with it is being written.
 * - `failed`: it was not sent, for a reason that may pass.
 * - `sent`: its message is in the thread.
 */
export const ATTACHMENT_TRANSITIONS = {
  preparing: ['ready', 'refused'],
  ready: ['waiting'],
  refused: [],
  waiting: ['uploading', 'ready'],
  uploading: ['queueing', 'refused', 'failed', 'ready'],
  queueing: ['sent', 'failed'],
  failed: ['waiting'],
  sent: [],
} as const satisfies Record<string, readonly string[]>;
/** A state in {@link ATTACHMENT_TRANSITIONS}. */
export type AttachmentState = keyof typeof ATTACHMENT_TRANSITIONS;

/** Why a file is not sent; `limit` in bytes. */
export type AttachmentProblem =
  | Exclude<FileVerdict, { ok: true }>
  | { readonly ok: false; readonly problem: 'empty' }
  | { readonly ok: false; readonly problem: 'refused'; readonly code: RefusalCode | 'unknown' };

/** A file that is about to be sent. */
export interface Attachment {
  /** The id of its message, so that one whose answer was lost can't become two. */
  readonly id: string;
  /** The id of its media. */
  mediaId: string;
  /** As it is sent. */
  file: File;
  /** As its owner calls it. */
  readonly name: string;
  readonly voice: boolean;
  /** `null` while that is not known. */
  type: FileType | null;
  /** An address of its picture or sound on this device; `null` where there is nothing to show. */
  preview: string | null;
  caption: string;
  /** It was made into a picture that WhatsApp takes. */
  converted: boolean;
  state: AttachmentState;
  problem: AttachmentProblem | null;
  /** How much of it has left, from 0 to 1. */
  progress: number;
  /** Its bytes are ours. */
  media: EntryMedia | null;
}

/** Other names of types that WhatsApp takes, as browsers give them. */
const ALSO: Readonly<Record<string, string>> = {
  'audio/mp3': 'audio/mpeg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'image/jpg': 'image/jpeg',
};

/** The type of a file as WhatsApp calls it; empty where the browser knows none. */
export function typeOfFile({ type }: Pick<File, 'type'>): string {
  const bare = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return ALSO[bare] ?? bare;
}

/** Most bytes of a photo (Meta, "Media", "Supported media types"). */
const PHOTO_LIMIT = (() => {
  const verdict = judgeFile('image/jpeg', Number.MAX_SAFE_INTEGER);
  return !verdict.ok && verdict.problem === 'too-large' ? verdict.limit : 0;
})();

/** True where a picture must be made of a file first: WhatsApp does not take it as it is. */
export const needsPicture = (file: Pick<File, 'type' | 'size'>): boolean => {
  const type = typeOfFile(file);
  if (!type.startsWith('image/')) return false;
  const verdict = judgeFile(type, file.size);
  return !verdict.ok || verdict.type !== 'image';
};
export { PHOTO_LIMIT };

/** Whether a file can be sent, and as what. */
export function judgeAttachment(
  file: Pick<File, 'type' | 'size'>,
): Extract<FileVerdict, { ok: true }> | AttachmentProblem {
  if (file.size === 0) return { ok: false, problem: 'empty' };
  return judgeFile(typeOfFile(file), file.size);
}

/** True where its message may carry words. */
export const takesCaption = ({ type }: Pick<Attachment, 'type'>): boolean =>
  type !== null && replyTextLimit(type) === CAPTION_LIMIT;

const SENDABLE: ReadonlySet<AttachmentState> = new Set(['ready', 'failed']);

/** True where a press on Send takes it along. */
export const isSendable = ({ state }: Pick<Attachment, 'state'>): boolean => SENDABLE.has(state);

/**
 * The file whose caption the text of the composer becomes: the first that may have one and has none of
 * its own. `undefined` where the text is a message of its own.
 */
export const captioned = <T extends Pick<Attachment, 'type' | 'state' | 'caption'>>(
  tray: readonly T[],
): T | undefined =>
  tray.find((one) => isSendable(one) && takesCaption(one) && one.caption.trim() === '');
