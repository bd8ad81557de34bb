import {
  agentActor,
  agentPath,
  agentSchema,
  conversationPath,
  conversationSchema,
  entryPath,
  personOf,
  refuses,
  releaseEntryId,
  takeEntryId,
  type Assignee,
  type Conversation,
  type Operation,
  type RefusalCode,
} from '@switchboard/domain';
import * as v from 'valibot';
import { serverNow } from './clock.ts';
import { isOffline } from './connection.ts';
import type { ConversationRow } from './conversations.ts';
import { currentPerson, type SignedIn } from './session.ts';
import {
  inTime,
  openStore,
  SERVER_TIME,
  StoreFailure,
  type Store,
  type StoreWrite,
} from './store.ts';

/**
 * What an act came to. `unknown`: no answer came and the server could not be asked; doing the same
 * again with the same id is safe. `holder`: who holds the conversation now, where that was read.
 */
export type ActionResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: RefusalCode | 'unknown';
      readonly holder?: Assignee | null;
    };

const DONE: ActionResult = { ok: true };
const no = (code: RefusalCode | 'unknown', holder?: Assignee | null): ActionResult =>
  holder === undefined ? { ok: false, code } : { ok: false, code, holder };

/** An act that the rules judge: its writes, and the entry by which its outcome is known. */
interface Act {
  readonly operation: Operation;
  readonly conversationId: string;
  readonly entryId: string;
  readonly writes: readonly StoreWrite[];
  /** `assignment.version` that the writes were made for. */
  readonly version: number;
}

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
  operation: 'timeline.reply' | 'timeline.note',
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

/** The conversation as the server has it now; `null` where this person may not read it or it is gone. */
async function readConversation(store: Store, id: string): Promise<Conversation | null> {
  try {
    const parsed = v.safeParse(
      conversationSchema,
      await inTime(store.readServer(conversationPath(id))),
    );
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (error instanceof StoreFailure && error.code === 'denied') return null;
    throw error;
  }
}

/** True where the act's entry is there and this person's: it happened, whatever the answer was. */
async function happened(store: Store, act: Act, uid: string): Promise<boolean> {
  const entry = await inTime(store.readServer(entryPath(act.conversationId, act.entryId)));
  const author = entry?.['author'] as { id?: unknown } | undefined;
  return author?.id === uid;
}

/** The person as the server has it now: a refusal may be about them. */
async function readPerson(store: Store, person: SignedIn): Promise<SignedIn> {
  const agent = v.safeParse(agentSchema, await inTime(store.readServer(agentPath(person.uid))));
  if (!agent.success) return person;
  const { uid, role, teams, all } = person;
  const claims = role === null ? null : { r: role, t: [...teams], all };
  return { ...person, ...personOf(uid, claims, agent.output) };
}

/**
 * Why an act did not happen. The rules have no words, so the same table that made them is asked.
 * Only a denial is proof: after any other failure, what nothing explains is `unknown`.
 */
async function explain(
  store: Store,
  act: Act,
  person: SignedIn,
  denied: boolean,
): Promise<ActionResult> {
  const done = happened(store, act, person.uid);
  if (await (denied ? done.catch(() => false) : done)) return DONE;
  const [conversation, present] = await Promise.all([
    readConversation(store, act.conversationId),
    readPerson(store, person),
  ]);
  if (!present.active) return no('deactivated');
  if (conversation === null) return no('not-permitted');
  const code = refuses(act.operation, present, conversation, serverNow());
  if (code !== null) return no(code, conversation.assignee);
  const moved = conversation.assignment.version !== act.version;
  return no(moved ? 'stale' : denied ? 'not-permitted' : 'unknown', conversation.assignee);
}

async function settle(store: Store, act: Act, person: SignedIn): Promise<ActionResult> {
  try {
    return (await happened(store, act, person.uid)) ? DONE : no('unknown');
  } catch {
    return no('unknown');
  }
}

/**
 * A reply to be queued. It is sent once the dispatcher has found its fence and the service window
 * still good.
 */
export interface ReplyInput {
  /** The entry's id, chosen once per message: sending it again can't make a second one. */
  readonly id: string;
  readonly text: string;
  /** The entry that is quoted. */
  readonly contextEntryId?: string;
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
    if (code === 'unreachable') return settle(store, act, person);
    const denied = code === 'denied';
    try {
      return await explain(store, act, person, denied);
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
  const now = store && (await readConversation(store, conversation.id).catch(() => null));
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
  type: 'text',
  text: input.text,
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
      messageAct('timeline.reply', conversation, input.id, replyData(conversation, input, uid)),
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
