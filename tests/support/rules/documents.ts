import {
  DOCUMENTS,
  agentPath,
  contactPath,
  may,
  type Access,
  type Conversation,
  type DocumentOperation,
  type DocumentPattern,
} from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import { byToken, type Actor } from './actors.ts';
import {
  SERVER_TIME,
  commit,
  everythingIn,
  get,
  list,
  remove,
  set,
  stored,
  update,
  type Fields,
  type Probe,
  type Request,
  type Seed,
} from './requests.ts';
import { conversation, conversationSeed, uidOf } from './world.ts';

const OURS = 'doc-ours';
const THEIRS = ['doc-theirs-1', 'doc-theirs-2', 'doc-theirs-3', 'doc-theirs-4', 'doc-theirs-5'];
const THEIR = 'doc-theirs-1';

/** One of the matrix's team, with the guest in it; the others of a team that nobody here works in. */
const CONVERSATIONS: Readonly<Record<string, Conversation>> = {
  [OURS]: conversation({ teamId: 'support' }),
  ...Object.fromEntries(THEIRS.map((id) => [id, conversation({ teamId: 'billing', guests: [] })])),
};

const NTH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

const CONTACTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    NTH.map((nth, n) => [
      `whose ${nth} conversation is of the team`,
      [...THEIRS.slice(0, n), OURS],
    ]),
  ),
  'with conversations of other teams only': [THEIR],
  'without a conversation': [],
};

/** How many of a contact's conversations the rules look at. */
const LOOKS = 5;

/** One document, or kind of document, that a pattern stands for. */
interface Target {
  readonly name: string;
  /** Values of the pattern's variables. */
  readonly ids: (actor: Actor) => Readonly<Record<string, string>>;
  /** The conversations that decide. */
  readonly conversations: readonly Conversation[];
  /** The variable `uid` is the asking person. */
  readonly own: boolean;
}

const target = (name: string, ids: Target['ids'], over: Partial<Target> = {}): Target => ({
  name,
  ids,
  conversations: [],
  own: false,
  ...over,
});

const chosen = (ids: readonly string[]): readonly Conversation[] =>
  ids.flatMap((id) => CONVERSATIONS[id] ?? []);

const slug = (name: string): string => name.replace(/ /g, '-');

const TARGETS: readonly (readonly [prefix: string, targets: readonly Target[]])[] = [
  [
    'agents/',
    [
      target('of the own', (actor) => ({ uid: uidOf(actor) }), { own: true }),
      target('of a colleague', () => ({ uid: 'a-colleague' })),
    ],
  ],
  [
    'scheduled/',
    [
      target('of the own', (actor) => ({ scheduledId: `${uidOf(actor)}-own` }), { own: true }),
      target('of a colleague', () => ({ scheduledId: 'of-a-colleague' })),
    ],
  ],
  [
    'contacts/',
    Object.entries(CONTACTS).map(([name, ids]) =>
      target(name, () => ({ contactId: slug(name) }), {
        conversations: chosen(ids.slice(0, LOOKS)),
      }),
    ),
  ],
  [
    'conversations/',
    [
      target('of the team', () => ({ conversationId: OURS }), { conversations: chosen([OURS]) }),
      target('of another team', () => ({ conversationId: THEIR }), {
        conversations: chosen([THEIR]),
      }),
    ],
  ],
  ['', [target('', () => ({}))]],
];

const targetsOf = (pattern: DocumentPattern): readonly Target[] =>
  TARGETS.find(([prefix]) => pattern.startsWith(prefix))?.[1] ?? [];

/** The path of a pattern; variables that the target leaves open get `rest`. */
const fill = (pattern: string, ids: Readonly<Record<string, string>>, rest: string): string =>
  pattern.replace(/\{(\w+)\}/g, (_, variable: string) => ids[variable] ?? rest);

const collectionOf = (path: string): string => path.split('/').slice(0, -1).join('/');

const DRAFTS = 'agents/{uid}/drafts/{conversationId}';
const ROWS = 'conversations/{conversationId}';
const PLANNED = 'scheduled/{scheduledId}';

/** Content that is valid where the pattern has a shape that any client may write. */
const contentOf = (pattern: DocumentPattern): Fields =>
  pattern === DRAFTS ? { reply: 'Half a sentence', updatedAt: SERVER_TIME } : { name: 'changed' };

/** The document that a probe finds. Each operation has its own, so that none takes it from another. */
const existing = (
  pattern: DocumentPattern,
  operation: DocumentOperation,
  to: Target,
  actor: Actor,
): string => fill(pattern, to.ids(actor), `for-${operation}`);

function requestOf(
  pattern: DocumentPattern,
  operation: DocumentOperation,
  to: Target,
  actor: Actor,
): Request {
  const path = existing(pattern, operation, to, actor);
  switch (operation) {
    case 'get':
      return get(path);
    case 'list':
      if (pattern === PLANNED) return list(plannedBy(authorIn(to, actor)));
      return list(pattern === ROWS ? rowsOf(to) : everythingIn(collectionOf(path)));
    case 'create':
      return commit(set(`${collectionOf(path)}/new-${uidOf(actor)}`, contentOf(pattern)));
    case 'update':
      return commit(update(path, contentOf(pattern)));
    case 'delete':
      return commit(remove(path));
  }
}

/** Lists of conversations are proven from the query: all of one team. */
const rowsOf = (to: Target) => ({
  collection: 'conversations',
  where: [{ field: 'teamId', op: '==' as const, value: to.conversations[0]?.teamId ?? '' }],
  limit: 10,
});

/** Who wrote the documents of a target that differ by their author. */
const authorIn = (to: Target, actor: Actor): string => (to.own ? uidOf(actor) : 'a-colleague');

/** Lists of planned messages are proven from the query too: all of one author. */
const plannedBy = (by: string) => ({
  collection: 'scheduled',
  where: [{ field: 'by', op: '==' as const, value: by }],
  limit: 10,
});

/** Whether the table lets this person in. */
function admits(
  pattern: DocumentPattern,
  operation: DocumentOperation,
  actor: Actor,
  to: Target,
): boolean {
  const access: Access = DOCUMENTS[pattern][operation];
  const person = byToken(actor);
  const writes = operation !== 'get' && operation !== 'list';
  const staff = person.role !== null && (!writes || person.active);
  const reads = (c: Conversation): boolean => may('conversation.read', person, c, Date.now());
  const readsContact = staff && (person.all || to.conversations.some(reads));
  switch (access) {
    case 'nobody':
    case 'judged':
      return false;
    case 'staff':
      return staff;
    case 'supervisor':
      return staff && person.role !== 'agent';
    case 'staffOrSelf':
      return staff || (actor.uid !== null && to.own);
    case 'self':
    case 'author':
      return staff && to.own;
    case 'conversationReader':
      return to.conversations.some((c) =>
        // By team the team is let in; a guest's own query is another one.
        reads(pattern === ROWS && operation === 'list' ? { ...c, guests: [] } : c),
      );
    case 'contactReader':
      return readsContact;
    case 'contactSupervisor':
      return readsContact && person.role !== 'agent';
  }
}

export const PATTERNS = Object.keys(DOCUMENTS) as readonly DocumentPattern[];
export const DOCUMENT_OPERATIONS: readonly DocumentOperation[] = [
  'get',
  'list',
  'create',
  'update',
  'delete',
];

const WORLD: readonly Seed[] = [
  { path: agentPath('a-colleague'), data: stored(anAgent()) },
  ...Object.entries(CONVERSATIONS).map(([id, c]) => conversationSeed(id, c)),
  ...Object.entries(CONTACTS).map(([name, conversationIds]) => ({
    path: contactPath(slug(name)),
    data: { name: 'Marta Oliveira', conversationIds, createdAt: new Date(0) },
  })),
];
const IN_WORLD = new Set(WORLD.map(({ path }) => path));

/** What a document of a pattern says before anybody touches it. */
function found(pattern: DocumentPattern, by: string): Seed['data'] {
  if (pattern === DRAFTS) return { reply: '', updatedAt: new Date(0) };
  return pattern === PLANNED ? { by } : { name: 'as found' };
}

/** Agent documents, rows and contacts are in the world already; anything else is planted as found. */
function seedsOf(
  pattern: DocumentPattern,
  operation: DocumentOperation,
  to: Target,
  actor: Actor,
): readonly Seed[] {
  const path = existing(pattern, operation, to, actor);
  if (IN_WORLD.has(path) || pattern === 'agents/{uid}') return WORLD;
  return [...WORLD, { path, data: found(pattern, authorIn(to, actor)) }];
}

/** One operation of one person on a pattern, on each document that makes a difference. */
export const documentProbes = (
  pattern: DocumentPattern,
  operation: DocumentOperation,
  actor: Actor,
): readonly Probe[] =>
  targetsOf(pattern).map((to) => ({
    name: `${actor.name}: ${operation} ${pattern} ${to.name}`.trimEnd(),
    actor,
    request: requestOf(pattern, operation, to, actor),
    expect: admits(pattern, operation, actor, to) ? 'allowed' : 'permission-denied',
    seeds: seedsOf(pattern, operation, to, actor),
  }));
