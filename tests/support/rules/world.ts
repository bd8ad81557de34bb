import {
  WINDOW_MS,
  agentActor,
  agentPath,
  conversationPath,
  entryPath,
  releaseEntryId,
  takeEntryId,
  type Conversation,
} from '@switchboard/domain';
import { aConversation } from '@switchboard/domain/testing';
import { ACTORS, GUESTS, type Actor } from './actors.ts';
import {
  SERVER_TIME,
  commit,
  set,
  stored,
  update,
  type Fields,
  type Request,
  type Seed,
  type Write,
} from './requests.ts';

/** The emulator's clock is the machine's. */
const now = Date.now();

/** When the window of a conversation ends. */
export const WINDOWS = {
  'window open': now + WINDOW_MS,
  'window closed': now - 60_000,
  'no window yet': null,
} as const;

/** A conversation of support with an open window and two unread messages, one of them read. */
export const conversation = (over: Partial<Conversation> = {}): Conversation =>
  aConversation({
    windowExpiresAt: WINDOWS['window open'],
    inboundCount: 3,
    readCount: 1,
    caseNumber: 2,
    guests: [...GUESTS],
    ...over,
  });

export const conversationSeed = (id: string, over: Partial<Conversation> = {}): Seed => ({
  path: conversationPath(id),
  data: stored(conversation(over)),
});

/** Everybody's agent documents. */
export const agentSeeds = (actors: readonly Actor[] = ACTORS): readonly Seed[] =>
  actors.flatMap(({ uid, agent }) =>
    uid !== null && agent !== null ? [{ path: agentPath(uid), data: stored(agent) }] : [],
  );

const NOBODY = 'nobody';
export const uidOf = (actor: Actor): string => actor.uid ?? NOBODY;
export const authorOf = (actor: Actor): Fields => ({ ...agentActor(uidOf(actor)) });

// The writes that the rules judge, in the smallest shape that the app may send.

export const takeUpdate = (id: string, actor: Actor, version: number): Write =>
  update(conversationPath(id), {
    assignee: authorOf(actor),
    assignment: { version, at: SERVER_TIME, by: uidOf(actor) },
  });

export const releaseUpdate = (id: string, actor: Actor, version: number): Write =>
  update(conversationPath(id), {
    assignee: null,
    assignment: { version, at: SERVER_TIME, by: uidOf(actor) },
  });

const event = (type: string, actor: Actor): Fields => ({
  kind: 'event',
  type,
  at: SERVER_TIME,
  author: authorOf(actor),
});
export const takenEvent = (actor: Actor): Fields => event('taken', actor);
export const releasedEvent = (actor: Actor): Fields => event('released', actor);

export const replyData = (actor: Actor, fence: number): Fields => ({
  kind: 'outbound',
  state: 'queued',
  fence,
  at: SERVER_TIME,
  author: authorOf(actor),
  type: 'text',
  text: 'We are on our way',
});

export const noteData = (actor: Actor): Fields => ({
  kind: 'note',
  at: SERVER_TIME,
  author: authorOf(actor),
  text: 'Rang twice, no answer',
});

export const take = (id: string, actor: Actor, version: number): Request =>
  commit(
    takeUpdate(id, actor, version),
    set(entryPath(id, takeEntryId(version)), takenEvent(actor)),
  );

export const release = (id: string, actor: Actor, version: number): Request =>
  commit(
    releaseUpdate(id, actor, version),
    set(entryPath(id, releaseEntryId(version)), releasedEvent(actor)),
  );

export const markRead = (id: string, readCount: number): Request =>
  commit(update(conversationPath(id), { readCount }));

/** An id as the app makes one for an entry. */
export const CLIENT_ENTRY_ID = 'r4Zq0aVx9kT2mB7c';

export const reply = (id: string, actor: Actor, fence: number): Request =>
  commit(set(entryPath(id, CLIENT_ENTRY_ID), replyData(actor, fence)));

export const template = (id: string, actor: Actor, fence: number): Request => {
  const { text: _, ...reply } = replyData(actor, fence);
  const content = { templateId: '7', values: {} };
  return commit(set(entryPath(id, CLIENT_ENTRY_ID), { ...reply, type: 'template', content }));
};

export const note = (id: string, actor: Actor): Request =>
  commit(set(entryPath(id, CLIENT_ENTRY_ID), noteData(actor)));
