import * as v from 'valibot';

/** Every role; `PERMISSIONS` says what each may do. */
export const ROLES = ['agent', 'supervisor', 'admin'] as const;
/** One of the {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Team ids are short so that claims stay under {@link CLAIMS_BYTES} (Firebase Auth allows 1,000). */
export const TEAM_ID = /^[a-z0-9]{1,8}$/;
/**
 * What the custom claims may weigh as JSON, bytes (Firebase, "Control Access with Custom Claims and
 * Security Rules": at most 1,000).
 */
export const CLAIMS_BYTES = 800;
/** A person in more teams than this gets `all` instead. */
export const TEAMS_PER_PERSON = 20;

/** Custom claims of the ID token: role, teams, and whether the person may read everything. */
export const claimsSchema = v.object({
  r: v.picklist(ROLES),
  t: v.optional(v.array(v.string()), []),
  all: v.optional(v.boolean(), false),
});
/**
 * The claims as a token carries them, with short names because every request carries them. They are
 * up to an hour old.
 */
export type Claims = v.InferOutput<typeof claimsSchema>;

/** `agents/{uid}`: a colleague. Written by the server only. */
export const agentSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  name: v.string(),
  email: v.optional(v.string(), ''),
  role: v.picklist(ROLES),
  teams: v.optional(v.array(v.string()), []),
  /** A supervisor of all teams; admins always are. */
  allTeams: v.optional(v.boolean(), false),
  active: v.boolean(),
  /** Raised once the claims of a change are in force; clients refresh their token on it. */
  claimsVersion: v.optional(v.number(), 0),
  /** The claims last written to Auth; the sweep repairs where they differ from what the fields ask for. */
  claims: v.nullish(claimsSchema, null),
});
/**
 * A colleague as of this moment. What the fields ask for and the `claims` in force differ for the
 * moments of a change.
 */
export type Agent = v.InferOutput<typeof agentSchema>;

/** True where two sets of claims give the same. */
export const sameClaims = (a: Claims | null, b: Claims | null): boolean =>
  a === null || b === null
    ? a === b
    : a.r === b.r && a.all === b.all && JSON.stringify(a.t) === JSON.stringify(b.t);

/** `teams/{id}`. */
export const teamSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  name: v.string(),
});
/** A team by its name; its id (see {@link TEAM_ID}) is the document's. */
export type Team = v.InferOutput<typeof teamSchema>;

/** `settings/workspace`. */
export const workspaceSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  name: v.string(),
  /** Agents may read every team's conversations. */
  agentsReadAll: v.optional(v.boolean(), false),
});
/** What holds for the whole workspace; where there is no such document, the defaults do. */
export type Workspace = v.InferOutput<typeof workspaceSchema>;

/** The claims that an agent's fields ask for, or `null` for someone switched off: no claims, no reading. */
export function claimsFor(
  agent: Pick<Agent, 'role' | 'teams' | 'allTeams' | 'active'>,
  workspace: Pick<Workspace, 'agentsReadAll'>,
): Claims | null {
  if (!agent.active) return null;
  const all =
    agent.role === 'admin' ||
    agent.allTeams ||
    workspace.agentsReadAll ||
    agent.teams.length > TEAMS_PER_PERSON;
  return { r: agent.role, t: agent.teams.slice(0, TEAMS_PER_PERSON), all };
}
