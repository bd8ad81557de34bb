import {
  agentActor,
  conversationPath,
  entryPath,
  refuses,
  releaseEntryId,
  takeEntryId,
  type EntryMedia,
  type ReplyType,
} from '@switchboard/domain';
import { DONE, no, type Act, type ActionResult } from './act.ts';
import { serverNow } from './clock.ts';
import { isOffline } from './connection.ts';
import type { ConversationRow } from './conversations.ts';
import { currentPerson, type SignedIn } from './session.ts';
import { inTime, openStore, SERVER_TIME, StoreFailure, type Store } from './store.ts';

export type { ActionResult } from './act.ts';

/** What an act needs to have seen of its conversation. */
export type Seen = Pick<ConversationRow, 'id' | 'assignment'>;

/** A change of holder with its event, in one commit: the rules take neither without the other. */
function assignmentAct(kind: 'take' | 'release', conversation: Seen, uid: string): Act {
  const version = conversation.assignment.version + 1;
  const entryId = kind === 'take' ? takeEntryId(version) : releaseEntryId(version);
  return {
    operation: kind === 'take' ? 'conversation.take' : 'conversation.release',
    conversationId: conversation.id,
    entryId,
    version: conversation.assignment.version,
    writes: [
      {
        op: 'update',
        path: conversationPath(conversation.id),
        data: {
          assignee: kind === 'take' ? agentActor(uid) : null,
          assignment: { version, at: SERVER_TIME, by: uid },
        },
      },
      {
        op: 'create',
        path: entryPath(conversation.id, entryId),
        data: {
          kind: 'event',
          type: kind === 'take' ? 'taken' : 'released',
          at: SERVER_TIME,
          author: agentActor(uid),
        },
      },
    ],
  };
}

function messageAct(
  operation: 'timeline.reply' | 'timeline.template' | 'timeline.note',
  conversation: Seen,
  entryId: string,
  data: Readonly<Record<string, unknown>>,
): Act {
  return {
    operation,
    conversationId: conversation.id,
    entryId,
    version: conversation.assignment.version,
    writes: [{ op: 'create', path: entryPath(conversation.id, entryId), data }],
  };
}

/**
 * A reply to be queued. It is sent once the dispatcher has found its fence and the service window
 * still good.
 */
export interface ReplyInput {
  /** The entry's id, chosen once per message: sending it again can't make a second one. */
  readonly id: string;
  /** A text where nothing is said. */
  readonly type?: ReplyType | undefined;
  readonly text?: string | undefined;
  /** As the type's schema in `REPLY_CONTENT` has it. */
  readonly content?: Readonly<Record<string, unknown>> | undefined;
  /** A file that is uploaded already (`data/uploads.ts`). */
  readonly media?: EntryMedia | undefined;
  /** The entry that is quoted, or that a reaction belongs to. */
  readonly contextEntryId?: string | undefined;
}

/** A note; `id` is chosen once per note, so that sending it again can't make a second one. */
export interface NoteInput {
  readonly id: string;
  readonly text: string;
}

/** What a read marker looks at. */
export type Marked = Pick<ConversationRow, 'id' | 'inboundCount' | 'readCount'> &
  Parameters<typeof refuses>[2];

/** Whose acts these are, and where they go. */
export interface Actor {
  readonly person: () => SignedIn | null;
  readonly store: () => Promise<Store>;
  readonly isOffline: () => boolean;
}

/**
 * What a person does to a conversation by writes that the rules judge. What the server says, or
 * fails to say, is an {@link ActionResult}; they never reject.
 */
export interface Actions {
  /**
   * Takes a conversation that nobody holds. Of any number at once exactly one succeeds; the others
   * learn `already-held` and by whom. Until this answers, screens say "taking", never "yours".
   */
  readonly take: (conversation: Seen) => Promise<ActionResult>;
  /** Gives the conversation back to the queue. Only its holder may. */
  readonly release: (conversation: Seen) => Promise<ActionResult>;
  /** Queues a reply of the holder under the fence that the conversation shows. Idempotent by `id`. */
  readonly reply: (conversation: Seen, input: ReplyInput) => Promise<ActionResult>;
  /** Writes a note that only the team sees. Idempotent by `id`. */
  readonly note: (conversation: Seen, input: NoteInput) => Promise<ActionResult>;
  /**
   * Moves the read marker up to what came in. A plain write: it may be lost or repeated. Writes
   * nothing where this person may not.
   */
  readonly markRead: (conversation: Marked) => Promise<ActionResult>;
}

/** The database; `null` where its code could not be loaded, which is the network's fault too. */
const reach = (actor: Actor): Promise<Store | null> => actor.store().catch(() => null);

/**
 * Commits an act. A refusal ends it at once and is then explained; a lost answer is settled by
 * reading the act's entry, never by sending again.
 */
async function perform(actor: Actor, makeAct: (uid: string) => Act): Promise<ActionResult> {
  const person = actor.person();
  if (person === null) return no('not-signed-in');
  if (actor.isOffline()) return no('offline');
  const store = await reach(actor);
  if (store === null) return no('offline');
  const act = makeAct(person.uid);
  try {
    await inTime(store.commit(act.writes));
    return DONE;
  } catch (error) {
    const code = error instanceof StoreFailure ? error.code : 'failed';
    const denied = code === 'denied';
    try {
      const { explain, settle } = await import('./outcome.ts');
      return code === 'unreachable'
        ? await settle(store, act, person)
        : await explain(store, act, person, denied);
    } catch {
      return no(denied ? 'not-permitted' : 'unknown');
    }
  }
}

async function take(actor: Actor, conversation: Seen): Promise<ActionResult> {
  const first = await perform(actor, (uid) => assignmentAct('take', conversation, uid));
  if (first.ok || first.code !== 'stale') return first;
  // Taken and released since the row was drawn: it is free, so the wish stands.
  const store = await reach(actor);
  if (store === null) return first;
  const { readConversation } = await import('./outcome.ts');
  const now = await readConversation(store, conversation.id).catch(() => null);
  if (now === null) return first;
  return perform(actor, (uid) => assignmentAct('take', { ...now, id: conversation.id }, uid));
}

async function markRead(actor: Actor, conversation: Marked): Promise<ActionResult> {
  const person = actor.person();
  if (person === null) return no('not-signed-in');
  if (conversation.readCount >= conversation.inboundCount) return DONE;
  const code = refuses('conversation.markRead', person, conversation, serverNow());
  if (code !== null) return no(code);
  if (actor.isOffline()) return no('offline');
  try {
    const store = await actor.store();
    await store.change(conversationPath(conversation.id), { readCount: conversation.inboundCount });
    return DONE;
  } catch (error) {
    const denied = error instanceof StoreFailure && error.code === 'denied';
    return no(denied ? 'not-permitted' : 'unknown');
  }
}

const replyData = (conversation: Seen, input: ReplyInput, uid: string) => ({
  kind: 'outbound',
  state: 'queued',
  fence: conversation.assignment.version,
  at: SERVER_TIME,
  author: agentActor(uid),
  type: input.type ?? 'text',
  text: input.text,
  content: input.content,
  media: input.media,
  context: input.contextEntryId === undefined ? undefined : { entryId: input.contextEntryId },
});

const noteData = (input: NoteInput, uid: string) => ({
  kind: 'note',
  at: SERVER_TIME,
  author: agentActor(uid),
  type: 'text',
  text: input.text,
});

/** The acts of a person over a store. */
export const actionsOf = (actor: Actor): Actions => ({
  take: (conversation) => take(actor, conversation),
  release: (conversation) => perform(actor, (uid) => assignmentAct('release', conversation, uid)),
  reply: (conversation, input) =>
    perform(actor, (uid) =>
      messageAct(
        input.type === 'template' ? 'timeline.template' : 'timeline.reply',
        conversation,
        input.id,
        replyData(conversation, input, uid),
      ),
    ),
  note: (conversation, input) =>
    perform(actor, (uid) =>
      messageAct('timeline.note', conversation, input.id, noteData(input, uid)),
    ),
  markRead: (conversation) => markRead(actor, conversation),
});

const {
  take: takeNow,
  markRead: markReadNow,
  release,
  reply,
  note,
} = actionsOf({ person: currentPerson, store: openStore, isOffline });

export { takeNow as take, markReadNow as markRead, release, reply, note };

/** An id for `reply` and `note`: 32 hexadecimal digits. */
export const newEntryId = (): string => crypto.randomUUID().replaceAll('-', '');
