import { computed, reactive, ref, shallowReactive, type ComputedRef, type Ref } from 'vue';
import { newEntryId, reply } from '../../../data/actions.ts';
import type { ConversationRow } from '../../../data/conversations.ts';
import { onSessionEnd } from '../../../data/session.ts';
import { uploadFile } from '../../../data/uploads.ts';
import {
  captioned,
  isSendable,
  judgeAttachment,
  needsPicture,
  PHOTO_LIMIT,
  takesCaption,
  TRAY_LIMIT,
  typeOfFile,
  type Attachment,
  type AttachmentProblem,
} from '../model/attachment.ts';
import { asJpeg } from './picture.ts';

/** Longest name of a file that a message carries, UTF-16 units. */
const NAME_LIMIT = 240;

/** The files of one conversation that are about to be sent. They stay while the session lasts. */
export interface Tray {
  readonly files: readonly Attachment[];
  /** Files are on their way. */
  readonly busy: Readonly<Ref<boolean>>;
  /** How many the last choice had too many. */
  readonly leftOut: Readonly<Ref<number>>;
  /** The file whose caption the composer's text becomes. */
  readonly captioned: ComputedRef<Attachment | undefined>;
  readonly sendable: ComputedRef<boolean>;
  readonly add: (files: Iterable<File>, voice?: boolean) => void;
  readonly remove: (id: string) => void;
  /** Stops one that is on its way; it stays. */
  readonly cancel: (id: string) => void;
  /**
   * Sends all that can be sent, in order, under the fence that the conversation shows as each is
   * written. The first answers `quoted`. What fails stays with its reason, and what would come after
   * it stays too. `only` names the one file that is tried again. Answers whether anything was sent.
   */
  readonly send: (
    conversation: () => ConversationRow,
    quoted?: string,
    only?: string,
  ) => Promise<boolean>;
}

/** Refusals of one file, after which others may still go. */
const ITS_OWN: ReadonlySet<string> = new Set(['refused', 'ready']);

function takeOut(files: Attachment[], id: string): void {
  const at = files.findIndex((one) => one.id === id);
  const [gone] = at === -1 ? [] : files.splice(at, 1);
  if (gone?.preview) URL.revokeObjectURL(gone.preview);
}

/** Puts in as many as there is room for; answers how many are left out. */
function putIn(files: Attachment[], chosen: readonly File[], voice: boolean): number {
  const room = TRAY_LIMIT - files.length;
  for (const file of chosen.slice(0, room)) {
    const one = reactive(begin(file, voice));
    files.push(one);
    void prepare(one);
  }
  return Math.max(0, chosen.length - room);
}

function makeTray() {
  const files = shallowReactive<Attachment[]>([]);
  const busy = ref(false);
  const leftOut = ref(0);
  const stops = new Map<string, AbortController>();

  function drop(id: string): void {
    takeOut(files, id);
    stops.get(id)?.abort();
  }

  /** One file: to us, then into a message. True where the message is written. */
  async function sendOne(one: Attachment, seen: () => ConversationRow, quoted?: string) {
    const stop = new AbortController();
    stops.set(one.id, stop);
    if (await uploaded(one, seen().id, stop.signal)) await queued(one, seen(), quoted);
    stops.delete(one.id);
    if (one.state === 'sent') drop(one.id);
    return one.state;
  }

  async function send(
    seen: () => ConversationRow,
    quoted?: string,
    only?: string,
  ): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    leftOut.value = 0;
    const going = files.filter((one) => isSendable(one) && (only ?? one.id) === one.id);
    for (const one of going) Object.assign(one, { state: 'waiting', problem: null, progress: 0 });
    let sent = 0;
    for (const one of going) {
      // Taken out, or called back, while others went.
      if (one.state !== 'waiting' || !files.includes(one)) continue;
      const state = await sendOne(one, seen, sent === 0 ? quoted : undefined);
      if (state === 'sent') sent += 1;
      else if (!ITS_OWN.has(state)) break;
    }
    for (const one of going) if (one.state === 'waiting') one.state = 'ready';
    busy.value = false;
    return sent > 0;
  }

  const tray: Tray = {
    files,
    busy,
    leftOut,
    captioned: computed(() => captioned(files)),
    sendable: computed(() => files.some(isSendable)),
    add(chosen, voice = false) {
      leftOut.value = putIn(files, [...chosen], voice);
    },
    remove: drop,
    cancel(id) {
      const one = files.find((each) => each.id === id);
      if (one?.state === 'waiting') one.state = 'ready';
      stops.get(id)?.abort();
    },
    send,
  };
  return { tray, clear: () => [...files].forEach(({ id }) => drop(id)) };
}

const begin = (file: File, voice: boolean): Attachment => ({
  id: newEntryId(),
  mediaId: newEntryId(),
  file,
  name: file.name,
  voice,
  type: null,
  preview: null,
  caption: '',
  converted: false,
  state: 'preparing',
  problem: null,
  progress: 0,
  media: null,
});

/** Makes of a file what WhatsApp takes, where that can be done, and judges it. */
async function prepare(one: Attachment): Promise<void> {
  if (needsPicture(one.file)) {
    const made = await asJpeg(one.file, PHOTO_LIMIT);
    if (made) Object.assign(one, { file: made, converted: true });
  }
  const verdict = judgeAttachment(one.file);
  // An image that can't be read is no sticker, however small it is.
  const fits = verdict.ok && verdict.type !== 'sticker';
  if (!fits) {
    const problem = verdict.ok ? ({ ok: false, problem: 'kind' } as const) : verdict;
    return void Object.assign(one, { state: 'refused', problem });
  }
  const shown = verdict.type !== 'document';
  Object.assign(one, {
    state: 'ready',
    type: verdict.type,
    preview: shown ? URL.createObjectURL(one.file) : null,
  });
}

const refusedAs = (code: Extract<AttachmentProblem, { problem: 'refused' }>['code']) =>
  ({ ok: false, problem: 'refused', code }) as const;

/** Brings the bytes to us, once. What they turn out to be decides as what they are sent. */
async function uploaded(
  one: Attachment,
  conversationId: string,
  signal: AbortSignal,
): Promise<boolean> {
  one.state = 'uploading';
  if (one.media === null) {
    // Under the type that WhatsApp knows it by: where its beginning leaves it open, that counts.
    const { mediaId } = one;
    const file = new File([one.file], one.file.name, { type: typeOfFile(one.file) });
    const onProgress = (bytes: number): void => {
      one.progress = bytes / file.size;
    };
    const result = await uploadFile({ conversationId, mediaId, file }, onProgress, signal);
    if (!result.ok) {
      if (result.code === 'cancelled') Object.assign(one, { state: 'ready', progress: 0 });
      else Object.assign(one, { state: 'failed', problem: refusedAs(result.code) });
      // What does not fit what was begun under this id is begun under another.
      if (result.code === 'bad-input') one.mediaId = newEntryId();
      return false;
    }
    one.media = result.media;
  }
  const verdict = judgeAttachment({ type: one.media.mimeType ?? '', size: one.media.size ?? 0 });
  if (verdict.ok) one.type = verdict.type;
  else Object.assign(one, { state: 'refused', problem: verdict });
  return verdict.ok;
}

/** Writes the message that carries it. */
async function queued(one: Attachment, seen: ConversationRow, quoted?: string): Promise<void> {
  one.state = 'queueing';
  const { id, voice, file, caption, type, media } = one;
  const result = await reply(seen, {
    id,
    type: type ?? undefined,
    text: takesCaption(one) && caption.trim() !== '' ? caption : undefined,
    content: voice ? { voice } : { filename: file.name.slice(0, NAME_LIMIT) },
    media: media ?? undefined,
    contextEntryId: quoted,
  });
  if (result.ok) one.state = 'sent';
  else Object.assign(one, { state: 'failed', problem: refusedAs(result.code) });
}

const trays = new Map<string, ReturnType<typeof makeTray>>();

/** The tray of a conversation: the same for as long as the session lasts. */
export function trayOf(conversationId: string): Tray {
  const known = trays.get(conversationId) ?? makeTray();
  trays.set(conversationId, known);
  return known.tray;
}

onSessionEnd(() => {
  for (const { clear } of trays.values()) clear();
  trays.clear();
});

// Files live in this page alone: whoever is about to leave it is asked first.
addEventListener('beforeunload', (event) => {
  if ([...trays.values()].some(({ tray }) => tray.files.length > 0)) event.preventDefault();
});
