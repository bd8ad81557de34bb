import { DRAFT_REASONS, draftPath, draftSchema, type Draft } from '@switchboard/domain';
import * as v from 'valibot';
import {
  getCurrentScope,
  onScopeDispose,
  readonly,
  ref,
  toValue,
  watch,
  type DeepReadonly,
  type MaybeRefOrGetter,
  type Ref,
} from 'vue';
import { listLocal, readLocal, removeLocal, writeLocal } from './local.ts';
import { beforeSignOut, currentPerson } from './session.ts';
import { openStore, SERVER_TIME, type DocSnapshot, type Stop } from './store.ts';

/** Which of the two texts: they never mix. */
export type DraftKind = 'reply' | 'note';

/** Rest after the last key before a draft is sent to the server, ms. */
export const SYNC_AFTER = 1_200;

/** A draft as this device keeps it. */
export interface LocalDraft {
  readonly reply: string;
  readonly note: string;
  readonly reason: Draft['reason'];
  /** `updatedAt` of the server's draft that this one continues; `null` where there was none. */
  readonly base: number | null;
  /** True while the server does not have this text. */
  readonly dirty: boolean;
  /** What this device last sent: its echo is no news. */
  readonly sent: Pick<LocalDraft, 'reply' | 'note' | 'reason'> | null;
}

/** A draft of which neither this device nor the server knows anything. */
export const EMPTY_DRAFT: LocalDraft = {
  reply: '',
  note: '',
  reason: null,
  base: null,
  dirty: false,
  sent: null,
};

const texts = {
  reply: v.string(),
  note: v.string(),
  reason: v.nullish(v.picklist(DRAFT_REASONS), null),
};
const localSchema = v.object({
  ...texts,
  base: v.nullable(v.number()),
  dirty: v.boolean(),
  sent: v.nullable(v.object(texts)),
});

/** Both texts, where neither holds the other already: the one that came first, then the other. */
const both = (first: string, second: string): string => {
  if (first.includes(second)) return first;
  if (second.includes(first)) return second;
  return `${first}\n\n${second}`;
};

/**
 * The draft after news from the server. What is newer wins; text that the server has not seen is
 * never dropped for it but kept below.
 */
export function mergeDraft(local: LocalDraft, remote: Draft | null): LocalDraft {
  const updatedAt = remote?.updatedAt ?? null;
  if (updatedAt === local.base) return local;
  const { reply, note, reason } = remote ?? EMPTY_DRAFT;
  const base = updatedAt;
  if (local.sent?.reply === reply && local.sent.note === note && local.sent.reason === reason)
    return { ...local, base };
  if (!local.dirty) return { ...EMPTY_DRAFT, reply, note, reason, base };
  const merged = { reply: both(reply, local.reply), note: both(note, local.note) };
  const dirty = merged.reply !== reply || merged.note !== note;
  return { ...EMPTY_DRAFT, ...merged, reason, base, dirty };
}

const keyOf = (uid: string, conversationId: string): string => `draft/${uid}/${conversationId}`;

async function readDraft(key: string): Promise<LocalDraft> {
  const kept = v.safeParse(localSchema, await readLocal(key));
  return kept.success ? kept.output : EMPTY_DRAFT;
}

/**
 * The tabs of this device show one draft: what is typed in one stands in the others at once. What the
 * server says each of them hears itself: told to one that is typing, it would be older than the text.
 */
const tabs = new BroadcastChannel('switchboard-drafts');

const mirroredSchema = v.object({ key: v.string(), draft: localSchema });

const isEmpty = (draft: LocalDraft): boolean =>
  draft.reply === '' && draft.note === '' && draft.reason === null;

const keepDraft = (key: string, draft: LocalDraft): Promise<unknown> =>
  isEmpty(draft) && !draft.dirty ? removeLocal(key) : writeLocal(key, draft);

/** Brings a draft to the server. Rejects where the server can't be reached or refuses. */
async function send(uid: string, conversationId: string, draft: LocalDraft): Promise<void> {
  const store = await openStore();
  const path = draftPath(uid, conversationId);
  if (isEmpty(draft)) return store.remove(path);
  await store.put(path, {
    schemaVersion: 1,
    reply: draft.reply,
    note: draft.note,
    reason: draft.reason,
    updatedAt: SERVER_TIME,
  });
}

/** Brings every unsent draft of this device to the server; what can't be brought stays for its author. */
async function flushDrafts(): Promise<void> {
  const uid = currentPerson()?.uid;
  if (uid === undefined) return;
  const prefix = `draft/${uid}/`;
  const kept = await listLocal(prefix);
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, 3_000));
  const sent = kept.map(async ([key, value]) => {
    const draft = v.safeParse(localSchema, value);
    if (draft.success && draft.output.dirty)
      await send(uid, key.slice(prefix.length), draft.output);
    await removeLocal(key);
  });
  await Promise.race([Promise.allSettled(sent), deadline]);
}
beforeSignOut(flushDrafts);

/**
 * One conversation's two texts for its author. Where the server can't be reached, the next change,
 * visit or sign-out tries again.
 */
export interface DraftHandle {
  /** Unsent text; writing to it keeps it at once. */
  readonly reply: Ref<string>;
  readonly note: Ref<string>;
  /** Why a reply came back instead of being sent; `null` for ordinary text. */
  readonly reason: DeepReadonly<Ref<Draft['reason']>>;
  /** False until what this device keeps is read; text typed before is kept too. */
  readonly ready: DeepReadonly<Ref<boolean>>;
  /** The text was sent or thrown away. */
  readonly clear: (kind: DraftKind) => void;
  /** When the server last heard of it, epoch ms; `null` where it never did. */
  readonly keptAt: () => number | null;
  /** Says why it is here instead of sent; `null` once the person has read that. */
  readonly explain: (reason: Draft['reason']) => void;
}

/** Whose text, in which conversation. */
interface Owner {
  readonly uid: string;
  readonly id: string;
}

/** A draft in a composer: what is shown, whose it is, and how it is kept on this device. */
function draftInHand() {
  const reply = ref('');
  const note = ref('');
  const reason = ref<Draft['reason']>(null);
  const hand = {
    reply,
    note,
    reason,
    owner: null as Owner | null,
    now: EMPTY_DRAFT,
    show(next: LocalDraft): void {
      hand.now = next;
      reply.value = next.reply;
      note.value = next.note;
      reason.value = next.reason;
    },
    keep(next: LocalDraft): void {
      hand.show(next);
      if (hand.owner) void keepDraft(keyOf(hand.owner.uid, hand.owner.id), next);
    },
  };
  return hand;
}
type Hand = ReturnType<typeof draftInHand>;

/** Brings the draft in hand to the server, a rest after the last change or at once. */
function syncing(hand: Hand) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sync = async (): Promise<void> => {
    const { owner } = hand;
    if (owner === null || !hand.now.dirty) return;
    const { reply, note, reason } = hand.now;
    // Its echo must be known as such, however soon it comes.
    hand.keep({ ...hand.now, sent: { reply, note, reason } });
    try {
      await send(owner.uid, owner.id, hand.now);
    } catch {
      return;
    }
    if (hand.owner !== owner) return;
    const { now } = hand;
    const dirty = now.reply !== reply || now.note !== note || now.reason !== reason;
    hand.keep({ ...now, dirty });
  };
  return {
    soon(): void {
      clearTimeout(timer);
      timer = setTimeout(() => void sync(), SYNC_AFTER);
    },
    atOnce(): void {
      clearTimeout(timer);
      void sync();
    },
  };
}

/** Shows in every tab of this device what is typed in one. */
function mirroring(hand: Hand) {
  const onMirrored = ({ data }: MessageEvent): void => {
    const { owner } = hand;
    const told = v.safeParse(mirroredSchema, data);
    if (owner && told.success && told.output.key === keyOf(owner.uid, owner.id))
      hand.show(told.output.draft);
  };
  tabs.addEventListener('message', onMirrored);
  return {
    tell(): void {
      const { owner, now } = hand;
      if (owner) tabs.postMessage({ key: keyOf(owner.uid, owner.id), draft: now });
    },
    stop: () => tabs.removeEventListener('message', onMirrored),
  };
}

/** Listens to what other devices, and the dispatcher, make of the draft in hand. */
async function listenTo(hand: Hand, owner: Owner, changed: () => void): Promise<Stop | null> {
  const store = await openStore();
  if (hand.owner !== owner) return null;
  const onRemote = ({ data, pending, fromCache }: DocSnapshot): void => {
    if (pending || fromCache) return;
    const parsed = v.safeParse(v.nullable(draftSchema), data);
    if (!parsed.success) return;
    const merged = mergeDraft(hand.now, parsed.output);
    if (merged === hand.now) return;
    hand.keep(merged);
    if (merged.dirty) changed();
  };
  return store.listenDoc(draftPath(owner.uid, owner.id), onRemote, () => undefined);
}

/** Reads what this device keeps; text typed while it was being read continues it. */
async function pickUp(hand: Hand, owner: Owner): Promise<void> {
  const kept = await readDraft(keyOf(owner.uid, owner.id));
  if (hand.owner !== owner) return;
  const typed = hand.now;
  if (!typed.dirty) return hand.show(kept);
  const reply = both(kept.reply, typed.reply);
  hand.keep({ ...kept, reply, note: both(kept.note, typed.note), dirty: true });
}

/** The unsent text of one conversation: kept on this device at once, and on the server soon after. */
export function useDraft(conversationId: MaybeRefOrGetter<string>): DraftHandle {
  const hand = draftInHand();
  const { reply, note, reason } = hand;
  const ready = ref(false);
  const sync = syncing(hand);
  let stopRemote: Stop | null = null;

  const tabsOf = mirroring(hand);

  const change = (part: Partial<LocalDraft>): void => {
    hand.keep({ ...hand.now, ...part, dirty: true });
    tabsOf.tell();
    sync.soon();
  };
  const leave = (): void => {
    sync.atOnce();
    stopRemote?.();
    stopRemote = null;
    hand.owner = null;
  };
  const enter = async (id: string): Promise<void> => {
    const uid = currentPerson()?.uid;
    if (uid === undefined) return;
    const owner = (hand.owner = { uid, id });
    ready.value = false;
    hand.show(EMPTY_DRAFT);
    await pickUp(hand, owner);
    if (hand.owner !== owner) return;
    ready.value = true;
    const stop = await listenTo(hand, owner, sync.soon);
    if (hand.owner !== owner) return stop?.();
    stopRemote = stop;
    if (hand.now.dirty) sync.soon();
  };

  watch(reply, (text) => text !== hand.now.reply && change({ reply: text }), { flush: 'sync' });
  watch(note, (text) => text !== hand.now.note && change({ note: text }), { flush: 'sync' });
  const stopWatching = watch(
    () => toValue(conversationId),
    (id) => {
      leave();
      void enter(id);
    },
    { immediate: true },
  );
  if (getCurrentScope())
    onScopeDispose(() => {
      stopWatching();
      leave();
      tabsOf.stop();
    });

  return {
    reply,
    note,
    reason: readonly(reason),
    ready: readonly(ready),
    clear: (kind) => change(kind === 'reply' ? { reply: '', reason: null } : { note: '' }),
    keptAt: () => hand.now.base,
    explain: (reason) => change({ reason }),
  };
}
