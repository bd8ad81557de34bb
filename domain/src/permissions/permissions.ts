import { isAgent } from '../documents/common.ts';
import type { Conversation } from '../documents/conversation.ts';
import type { Agent, Claims, Role } from '../documents/people.ts';
import { windowOpen } from '../conversation/window.ts';
import type { RefusalCode } from '../shared/refusal.ts';

/** A signed-in person as far as permissions go. `role` is `null` for an account without claims. */
export interface Person {
  readonly uid: string;
  readonly role: Role | null;
  readonly teams: readonly string[];
  /** May read every team's conversations. Reading is no power: see `everyTeam`. */
  readonly all: boolean;
  /** Supervises every team: an admin, or a supervisor of all teams. */
  readonly everyTeam: boolean;
  /** False from the moment an admin switches the account off; reading ends with the token. */
  readonly active: boolean;
}

/** What an agent document says of this moment, as far as permissions go. */
type Standing = Pick<Agent, 'role' | 'allTeams' | 'active'> & { readonly teams: readonly string[] };

/**
 * The person that a token and an agent document describe. The document is of this moment, the token
 * up to an hour old; without claims in the token the document gives nothing (yet, or any more).
 */
export function personOf(uid: string, claims: Claims | null, agent: Standing | null): Person {
  const role = claims === null ? null : (agent?.role ?? claims.r);
  const allTeams = agent?.allTeams ?? claims?.all ?? false;
  return {
    uid,
    role,
    teams: agent?.teams ?? claims?.t ?? [],
    all: claims?.all ?? false,
    everyTeam: role === 'admin' || (role === 'supervisor' && allTeams),
    active: agent?.active ?? false,
  };
}

/** A colleague by their document alone: its claims are those in force, which any new token carries. */
export const personOfAgent = (uid: string, agent: Standing & Pick<Agent, 'claims'>): Person =>
  personOf(uid, agent.claims, agent);

type Subject = Pick<
  Conversation,
  'kind' | 'teamId' | 'assignee' | 'guests' | 'status' | 'windowExpiresAt'
>;

/** What a person is to a conversation. */
export const RELATIONS = {
  /** Holds it. */
  holder: (p: Person, c: Subject) => isAgent(c.assignee, p.uid),
  /** Works in its team. */
  teammate: (p: Person, c: Subject) => p.teams.includes(c.teamId),
  /** Was asked in by name. */
  guest: (p: Person, c: Subject) => c.guests.includes(p.uid),
  /** Reads everything. */
  seesAll: (p: Person) => p.all,
  /** Supervises its team, or all. */
  supervises: (p: Person, c: Subject) =>
    p.everyTeam || (p.role === 'supervisor' && p.teams.includes(c.teamId)),
  admin: (p: Person) => p.role === 'admin',
} as const satisfies Record<string, (p: Person, c: Subject) => boolean>;
/** One of the {@link RELATIONS}. */
export type Relation = keyof typeof RELATIONS;

/** What must be true besides, and what is answered where it is not. */
const CONDITIONS = {
  active: { holds: (p: Person) => p.active, otherwise: 'deactivated' },
  person: { holds: (_: Person, c: Subject) => c.kind !== 'group', otherwise: 'group' },
  unheld: { holds: (_: Person, c: Subject) => c.assignee === null, otherwise: 'already-held' },
  unresolved: {
    holds: (_: Person, c: Subject) => c.status !== 'resolved',
    otherwise: 'already-resolved',
  },
  resolved: {
    holds: (_: Person, c: Subject) => c.status === 'resolved',
    otherwise: 'not-resolved',
  },
  window: {
    holds: (_: Person, c: Subject, now: number) => windowOpen(c, now),
    otherwise: 'window-closed',
  },
} as const satisfies Record<
  string,
  { holds: (p: Person, c: Subject, now: number) => boolean; otherwise: RefusalCode }
>;
/**
 * What must hold besides a {@link Relation}; where one does not, the answer is its own refusal
 * code.
 */
export type Condition = keyof typeof CONDITIONS;

interface Permission {
  /** Any one of these is enough; each line may demand conditions of its own. */
  readonly who: readonly (Relation | { readonly relation: Relation; readonly when: Condition })[];
  readonly needs: readonly Condition[];
  /** The answer to somebody who is none of `who`. */
  readonly otherwise: RefusalCode;
}

const READERS: readonly Relation[] = ['holder', 'teammate', 'guest', 'seesAll'];
const MEMBERS: readonly Relation[] = ['teammate', 'supervises'];

/**
 * Who may do what with a conversation, and when. The one table: the rules' test matrix and the
 * server's guards are made from it, and screens ask it why something was refused.
 */
export const PERMISSIONS = {
  'conversation.read': { who: READERS, needs: [], otherwise: 'not-permitted' },
  'conversation.take': {
    who: MEMBERS,
    needs: ['active', 'unheld', 'unresolved'],
    otherwise: 'not-permitted',
  },
  'conversation.release': { who: ['holder'], needs: ['active'], otherwise: 'not-holder' },
  'conversation.markRead': {
    who: ['holder', ...READERS.map((relation) => ({ relation, when: 'unheld' as const }))],
    needs: ['active'],
    otherwise: 'not-permitted',
  },
  'timeline.reply': {
    who: ['holder'],
    needs: ['active', 'person', 'window'],
    otherwise: 'not-holder',
  },
  // The one message that may leave while the window is closed.
  'timeline.template': { who: ['holder'], needs: ['active', 'person'], otherwise: 'not-holder' },
  'timeline.schedule': {
    who: ['holder'],
    needs: ['active', 'person', 'unresolved'],
    otherwise: 'not-holder',
  },
  'media.upload': { who: ['holder'], needs: ['active', 'person'], otherwise: 'not-holder' },
  // Whether a customer may be told that somebody looked; the number's policy decides the rest. A group
  // can't be told (Meta, "Groups API").
  'conversation.receipt': {
    who: ['holder'],
    needs: ['active', 'person'],
    otherwise: 'not-holder',
  },
  'media.retry': { who: READERS, needs: ['active'], otherwise: 'not-permitted' },
  'timeline.note': { who: READERS, needs: ['active'], otherwise: 'not-permitted' },
  'conversation.assign': {
    who: ['supervises'],
    needs: ['active', 'unresolved'],
    otherwise: 'not-permitted',
  },
  'conversation.resolve': {
    who: ['holder', 'supervises'],
    needs: ['active', 'unresolved'],
    otherwise: 'not-holder',
  },
  'conversation.reopen': {
    who: MEMBERS,
    needs: ['active', 'resolved'],
    otherwise: 'not-permitted',
  },
} as const satisfies Record<string, Permission>;
/** What can be done with a conversation: a row of {@link PERMISSIONS}. */
export type Operation = keyof typeof PERMISSIONS;

/**
 * Whether a person may do this now: `null` means yes, a code says why not. `now` is epoch ms.
 * Somebody without claims may do nothing; somebody switched off may still read until the token ends.
 */
export function refuses(
  operation: Operation,
  person: Person,
  conversation: Subject,
  now: number,
): RefusalCode | null {
  const permission: Permission = PERMISSIONS[operation];
  if (person.role === null) return 'not-permitted';
  const failed = permission.needs.find(
    (need) => !CONDITIONS[need].holds(person, conversation, now),
  );
  // What nobody may do here is said before who else may.
  if (failed === 'active' || failed === 'person') return CONDITIONS[failed].otherwise;
  const entitled = permission.who.some((entry) =>
    typeof entry === 'string'
      ? RELATIONS[entry](person, conversation)
      : RELATIONS[entry.relation](person, conversation) &&
        CONDITIONS[entry.when].holds(person, conversation, now),
  );
  if (!entitled) return permission.otherwise;
  return failed === undefined ? null : CONDITIONS[failed].otherwise;
}

/** True where {@link refuses} has nothing against it. */
export const may = (
  operation: Operation,
  person: Person,
  conversation: Subject,
  now: number,
): boolean => refuses(operation, person, conversation, now) === null;

/** Who can be given a conversation: somebody active who works in its team, or supervises it. */
export const assignable = (person: Person, conversation: Subject): boolean =>
  person.active &&
  (RELATIONS.teammate(person, conversation) || RELATIONS.supervises(person, conversation));

/**
 * Access to whole documents, for those that no conversation decides. `nobody` is written by the
 * server alone; `author` is whom the document names in `by`; `staff` is anyone with claims; `supervisor`
 * a supervisor or admin of any team; `staffOrSelf` besides whoever it is about, claims or
 * not, so that someone switched off learns it; `judged` means that {@link PERMISSIONS} and the
 * shape of the write decide. Whoever writes must be active, whatever is written.
 */
export type Access =
  | 'nobody'
  | 'staff'
  | 'staffOrSelf'
  | 'self'
  | 'author'
  | 'conversationReader'
  | 'contactReader'
  | 'contactSupervisor'
  | 'supervisor'
  | 'judged';

/**
 * What the rules tell apart (Firebase, "Structuring Cloud Firestore Security Rules"): `read` is
 * `get` and `list`, `write` is the others.
 */
export type DocumentOperation = 'get' | 'list' | 'create' | 'update' | 'delete';

const SERVER_ONLY = {
  get: 'nobody',
  list: 'nobody',
  create: 'nobody',
  update: 'nobody',
  delete: 'nobody',
} as const satisfies Record<DocumentOperation, Access>;

const CONFIGURATION = { ...SERVER_ONLY, get: 'staff', list: 'staff' } as const;

/** Document pattern × operation → access. A test fails when the rules file and this differ in their patterns. */
export const DOCUMENTS = {
  'agents/{uid}': { ...CONFIGURATION, get: 'staffOrSelf' },
  'agents/{uid}/drafts/{conversationId}': {
    get: 'self',
    list: 'self',
    create: 'self',
    update: 'self',
    delete: 'self',
  },
  'scheduled/{scheduledId}': { ...SERVER_ONLY, get: 'author', list: 'author' },
  'teams/{teamId}': CONFIGURATION,
  'channels/{channelId}': CONFIGURATION,
  'settings/{settingId}': CONFIGURATION,
  'templates/{templateId}': CONFIGURATION,
  'contacts/{contactId}': { ...SERVER_ONLY, get: 'contactReader' },
  'contacts/{contactId}/private/{documentId}': { ...SERVER_ONLY, get: 'contactSupervisor' },
  'conversations/{conversationId}': {
    get: 'conversationReader',
    list: 'conversationReader',
    create: 'nobody',
    update: 'judged',
    delete: 'nobody',
  },
  'conversations/{conversationId}/timeline/{entryId}': {
    get: 'conversationReader',
    list: 'conversationReader',
    create: 'judged',
    update: 'nobody',
    delete: 'nobody',
  },
  'conversations/{conversationId}/cases/{number}': {
    ...SERVER_ONLY,
    get: 'conversationReader',
    list: 'conversationReader',
  },
  'identities/{hash}': SERVER_ONLY,
  'dispatch/{conversationId}': SERVER_ONLY,
  'journal/{itemId}': SERVER_ONLY,
  'journal/{itemId}/parts/{part}': SERVER_ONLY,
  'receipts/{receiptId}': SERVER_ONLY,
  'media/{mediaId}': SERVER_ONLY,
  'alerts/{alertId}': { ...SERVER_ONLY, get: 'supervisor', list: 'supervisor' },
  'uploads/{mediaId}': SERVER_ONLY,
  'throughput/{phoneNumberId}': SERVER_ONLY,
} as const satisfies Record<string, Record<DocumentOperation, Access>>;
/** A path with its variables in braces: a key of {@link DOCUMENTS}. */
export type DocumentPattern = keyof typeof DOCUMENTS;
