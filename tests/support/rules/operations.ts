import {
  CONVERSATION_STATUSES,
  agentActor,
  conversationPath,
  entryPath,
  may,
  releaseEntryId,
  takeEntryId,
  type Conversation,
  type Operation,
  type Person,
} from '@switchboard/domain';
import { byDocument, byToken, type Actor } from './actors.ts';
import { commit, get, set, type Outcome, type Probe, type Request } from './requests.ts';
import {
  WINDOWS,
  conversation,
  conversationSeed,
  markRead,
  note,
  release,
  releasedEvent,
  reply,
  template,
  take,
  takenEvent,
} from './world.ts';

/** Who holds the conversation, seen from the person who asks. */
const HOLDERS = {
  'held by nobody': () => null,
  'held by this person': (actor: Actor) => agentActor(actor.uid ?? 'nobody'),
  'held by a colleague': () => agentActor('a-colleague'),
  'held by a bot': () => ({ kind: 'bot', id: 'greeter' }) as const,
} as const satisfies Record<string, (actor: Actor) => Conversation['assignee']>;

export interface State {
  /** Reads after "in a conversation". */
  readonly name: string;
  readonly of: (actor: Actor) => Conversation;
}

const PARTNERS = { 'with a person': {}, 'with a group': { kind: 'group' } } as const;

/** Every state that permissions tell apart: holder × status × window × with whom. */
export const STATES: readonly State[] = Object.entries(HOLDERS).flatMap(([holder, assignee]) =>
  CONVERSATION_STATUSES.flatMap((status) =>
    Object.entries(WINDOWS).flatMap(([window, windowExpiresAt]) =>
      Object.entries(PARTNERS).map(([partner, kind]) => ({
        name: `${holder}, ${status}, ${window}, ${partner}`,
        of: (actor: Actor) =>
          conversation({
            status,
            active: status === 'open' || status === 'pending',
            assignee: assignee(actor),
            windowExpiresAt,
            ...kind,
          }),
      })),
    ),
  ),
);

interface Judged {
  /** What the domain calls it; `null` for what nobody may do in any state. */
  readonly operation: Operation | null;
  /** The token says who reads; the agent document of this moment says who writes. */
  readonly as: (actor: Actor) => Person;
  readonly request: (id: string, actor: Actor, state: Conversation) => Request;
}

/** Everything about a conversation that the rules judge by {@link PERMISSIONS}. */
export const JUDGED = {
  read: {
    operation: 'conversation.read',
    as: byToken,
    request: (id) => get(conversationPath(id)),
  },
  take: {
    operation: 'conversation.take',
    as: byDocument,
    request: (id, actor, { assignment }) => take(id, actor, assignment.version + 1),
  },
  release: {
    operation: 'conversation.release',
    as: byDocument,
    request: (id, actor, { assignment }) => release(id, actor, assignment.version + 1),
  },
  'mark as read': {
    operation: 'conversation.markRead',
    as: byToken,
    request: (id, _, { inboundCount }) => markRead(id, inboundCount),
  },
  reply: {
    operation: 'timeline.reply',
    as: byDocument,
    request: (id, actor, { assignment }) => reply(id, actor, assignment.version),
  },
  'send a template': {
    operation: 'timeline.template',
    as: byDocument,
    request: (id, actor, { assignment }) => template(id, actor, assignment.version),
  },
  note: {
    operation: 'timeline.note',
    as: byToken,
    request: (id, actor) => note(id, actor),
  },
  'record a take that is not in the commit': {
    operation: null,
    as: byDocument,
    request: (id, actor, { assignment }) =>
      commit(set(entryPath(id, takeEntryId(assignment.version)), takenEvent(actor))),
  },
  'record a release that is not in the commit': {
    operation: null,
    as: byDocument,
    request: (id, actor, { assignment }) =>
      commit(set(entryPath(id, releaseEntryId(assignment.version)), releasedEvent(actor))),
  },
} as const satisfies Record<string, Judged>;
export type JudgedName = keyof typeof JUDGED;
export const JUDGED_NAMES = Object.keys(JUDGED) as readonly JudgedName[];

/** What the domain says to it. */
export function verdict(name: JudgedName, actor: Actor, state: Conversation): Outcome {
  const { operation, as }: Judged = JUDGED[name];
  if (actor.uid === null || operation === null) return 'permission-denied';
  return may(operation, as(actor), state, Date.now()) ? 'allowed' : 'permission-denied';
}

/** One operation by one person in some states, each in a conversation of its own. */
export const operationProbes = (
  name: JudgedName,
  actor: Actor,
  states: readonly State[] = STATES,
): readonly Probe[] =>
  states.map((state) => {
    const before = state.of(actor);
    const id = `${name}-${actor.uid ?? 'nobody'}-${state.name}`.replace(/[^a-z0-9]+/g, '-');
    return {
      name: `${actor.name}: ${name}, ${state.name}`,
      actor,
      request: JUDGED[name].request(id, actor, before),
      expect: verdict(name, actor, before),
      seeds: [conversationSeed(id, before)],
    };
  });
