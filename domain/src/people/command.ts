import * as v from 'valibot';
import { ROLES, TEAM_ID, TEAMS_PER_PERSON, type Agent, type Team } from '../documents/people.ts';
import { agentPath } from '../paths.ts';
import type { Person } from '../permissions/permissions.ts';
import { update, type Write } from '../shared/plan.ts';
import type { RefusalCode } from '../shared/refusal.ts';
import { err, ok, type Result } from '../shared/result.ts';

const uid = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,128}$/));

/** What the callable `people` takes: an admin changes what a colleague may do. */
export const peopleCommandSchema = v.variant('type', [
  v.object({ type: v.literal('setRole'), uid, role: v.picklist(ROLES) }),
  v.object({
    type: v.literal('setTeams'),
    uid,
    teams: v.pipe(v.array(v.pipe(v.string(), v.regex(TEAM_ID))), v.maxLength(TEAMS_PER_PERSON)),
    allTeams: v.optional(v.boolean(), false),
  }),
  v.object({ type: v.literal('deactivate'), uid }),
  v.object({ type: v.literal('reactivate'), uid }),
]);
/** A command that fits {@link peopleCommandSchema}. Each sets a state, so a repeat does no harm. */
export type PeopleCommand = v.InferOutput<typeof peopleCommandSchema>;

/** What {@link decidePeople} looks at. */
export interface PeopleState {
  readonly person: Person;
  readonly target: Agent | null;
  readonly teams: Readonly<Record<string, Team>>;
  /** uid of an active admin other than the one being changed; `null` where there is none. */
  readonly otherAdmin: string | null;
}

/**
 * Decides a change to a colleague: the new fields of the agent document, or why not. The workspace
 * never loses its last active admin: whoever remains one is guarded in the same commit, so that two
 * admins who remove each other in one moment can't both succeed. Claims follow from the fields
 * (`claimsFor`).
 */
export function decidePeople(
  state: PeopleState,
  command: PeopleCommand,
): Result<{ readonly agent: Agent; readonly writes: readonly Write[] }, RefusalCode> {
  const { person, target } = state;
  if (person.role !== 'admin') return err('not-permitted');
  if (!person.active) return err('deactivated');
  if (target === null) return err('not-found');
  const after = apply(target, command);
  const unknownTeam = after.teams.some((team) => state.teams[team] === undefined);
  if (command.type === 'setTeams' && unknownTeam) return err('not-found');
  const losesAdmin =
    target.active && target.role === 'admin' && !(after.active && after.role === 'admin');
  if (losesAdmin && state.otherAdmin === null) return err('last-admin');
  const { role, teams, allTeams, active } = after;
  return ok({
    agent: after,
    writes: [
      update(agentPath(command.uid), { role, teams, allTeams, active }),
      ...(losesAdmin && state.otherAdmin !== null
        ? [update(agentPath(state.otherAdmin), { active: true })]
        : []),
    ],
  });
}

function apply(agent: Agent, command: PeopleCommand): Agent {
  switch (command.type) {
    case 'setRole':
      return { ...agent, role: command.role };
    case 'setTeams':
      return { ...agent, teams: [...new Set(command.teams)].sort(), allTeams: command.allTeams };
    case 'deactivate':
      return { ...agent, active: false };
    case 'reactivate':
      return { ...agent, active: true };
  }
}
