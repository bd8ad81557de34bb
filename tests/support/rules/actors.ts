import { claimsFor, personOf, type Agent, type Claims, type Person } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';

/** Somebody who asks: the token they carry and the agent document that the server keeps of them. */
export interface Actor {
  /** As a subject of a sentence. */
  readonly name: string;
  /** `null` for somebody not signed in. */
  readonly uid: string | null;
  /** What the token carries beside the uid; `null` for an account without claims. */
  readonly claims: Claims | null;
  readonly agent: Agent | null;
}

const uidOf = (name: string): string =>
  name
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^(an?|the|somebody)-/, '')
    .toLowerCase();

/** A colleague whose token says what the agent document asks for. */
export function colleague(name: string, agent: Partial<Agent>, agentsReadAll = false): Actor {
  const whole = anAgent({ name, claims: null, ...agent });
  return { name, uid: uidOf(name), claims: claimsFor(whole, { agentsReadAll }), agent: whole };
}

export const ANONYMOUS: Actor = {
  name: 'somebody not signed in',
  uid: null,
  claims: null,
  agent: null,
};
/** Signed up, and nobody gave them anything. */
export const OUTSIDER: Actor = {
  name: 'an account without claims',
  uid: 'outsider',
  claims: null,
  agent: null,
};
/** An agent document is there, the claims are not in force (yet, or any more). */
export const UNCLAIMED: Actor = {
  name: 'an agent without claims',
  uid: 'unclaimed',
  claims: null,
  agent: anAgent({ name: 'unclaimed', claims: null }),
};

export const TEAMMATE = colleague('an agent of the team', { teams: ['support'] });
export const STRANGER = colleague('an agent of another team', { teams: ['sales'] });
/** Asked into every conversation of the matrix by name. */
export const GUEST = colleague('a guest', { teams: ['sales'] });
export const READER = colleague('an agent who reads all', { teams: ['sales'] }, true);
export const SUPERVISOR = colleague('a supervisor of the team', {
  role: 'supervisor',
  teams: ['support'],
});
export const OTHER_SUPERVISOR = colleague('a supervisor of another team', {
  role: 'supervisor',
  teams: ['sales'],
});
export const SUPERVISOR_OF_ALL = colleague('a supervisor of all teams', {
  role: 'supervisor',
  teams: [],
  allTeams: true,
});
export const ADMIN = colleague('an admin', { role: 'admin', teams: [] });

/** Everyone with claims that are in force and an account that is on. */
export const COLLEAGUES: readonly Actor[] = [
  STRANGER,
  TEAMMATE,
  GUEST,
  READER,
  SUPERVISOR,
  OTHER_SUPERVISOR,
  SUPERVISOR_OF_ALL,
  ADMIN,
];

/** The same person, switched off this second, with the token kept. */
export const deactivated = (actor: Actor): Actor => ({
  ...actor,
  name: `${actor.name}, switched off`,
  uid: `${actor.uid ?? ''}-off`,
  agent: actor.agent && { ...actor.agent, active: false },
});

/** Tokens that say something else than the agent document: changed since, and not yet refreshed. */
export const MOVED: Actor = {
  ...colleague('somebody moved to sales', { teams: ['sales'] }),
  claims: { r: 'agent', t: ['support'], all: false },
};
/** The flag is left over from before: without the role it must mean nothing. */
export const DEMOTED: Actor = {
  ...colleague('somebody demoted from supervisor of all', { teams: ['sales'], allTeams: true }),
  claims: { r: 'supervisor', t: [], all: true },
};
export const PROMOTED: Actor = {
  ...colleague('somebody made supervisor of all', {
    role: 'supervisor',
    teams: ['sales'],
    allTeams: true,
  }),
  claims: { r: 'agent', t: ['sales'], all: false },
};
export const REMOVED: Actor = {
  ...colleague('somebody whose agent document is gone', { teams: ['support'] }),
  agent: null,
};
export const STALE: readonly Actor[] = [MOVED, DEMOTED, PROMOTED, REMOVED];

/** Whom guests' lists name. */
export const GUESTS: readonly string[] = [GUEST.uid ?? '', deactivated(GUEST).uid ?? ''];

/** Everybody of the matrix. */
export const ACTORS: readonly Actor[] = [
  ANONYMOUS,
  OUTSIDER,
  UNCLAIMED,
  ...COLLEAGUES,
  ...COLLEAGUES.map(deactivated),
  ...STALE,
];

/** Writing: what this person is by their agent document. */
export const byDocument = (actor: Actor): Person =>
  personOf(actor.uid ?? '', actor.claims, actor.agent);

/** Reading: what this person is by the token alone, so that no listener pays for a lookup. */
export const byToken = (actor: Actor): Person => ({
  uid: actor.uid ?? '',
  role: actor.claims?.r ?? null,
  teams: actor.claims?.t ?? [],
  all: actor.claims?.all ?? false,
  everyTeam: byDocument(actor).everyTeam,
  active: actor.agent?.active ?? false,
});
