import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { anAgent } from '../testing/index.ts';
import {
  CLAIMS_BYTES,
  ROLES,
  TEAMS_PER_PERSON,
  TEAM_ID,
  claimsFor,
  claimsSchema,
} from './people.ts';

const closed = { agentsReadAll: false };

/** Distinct team ids of the greatest length. */
const teams = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `team${String(i).padStart(4, '0')}`);

/** Roles and team ids are ASCII, so that characters are bytes. */
const bytes = (value: unknown): number => JSON.stringify(value).length;

describe('claims', () => {
  it('of a person in as many teams as one may be, with the longest ids, fit', () => {
    const agent = anAgent({ role: 'supervisor', teams: teams(TEAMS_PER_PERSON), allTeams: true });
    expect(agent.teams.every((id) => TEAM_ID.test(id) && id.length === 8)).toBe(true);
    expect(bytes(claimsFor(agent, closed))).toBeLessThanOrEqual(CLAIMS_BYTES);
  });

  it('fit whoever it is', () => {
    const team = fc.stringMatching(TEAM_ID);
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.uniqueArray(team, { maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        (role, ids, allTeams, agentsReadAll) => {
          const claims = claimsFor(anAgent({ role, teams: ids, allTeams }), { agentsReadAll });
          return bytes(claims) <= CLAIMS_BYTES && v.is(claimsSchema, claims);
        },
      ),
    );
  });

  it('of a person in more teams than claims can carry let them read everything', () => {
    const claims = claimsFor(anAgent({ teams: teams(TEAMS_PER_PERSON + 1) }), closed);
    expect(claims?.all).toBe(true);
    expect(claims?.t).toHaveLength(TEAMS_PER_PERSON);
    expect(claimsFor(anAgent({ teams: teams(TEAMS_PER_PERSON) }), closed)?.all).toBe(false);
  });

  it.each([
    ['an agent', anAgent(), closed, false],
    ['an agent, where agents read everything', anAgent(), { agentsReadAll: true }, true],
    ['a supervisor of a team', anAgent({ role: 'supervisor' }), closed, false],
    ['a supervisor of all teams', anAgent({ role: 'supervisor', allTeams: true }), closed, true],
    ['an admin', anAgent({ role: 'admin', teams: [] }), closed, true],
  ])('of %s say whether they read everything', (_, agent, workspace, all) => {
    expect(claimsFor(agent, workspace)).toEqual({ r: agent.role, t: agent.teams, all });
  });

  it('of somebody switched off are none', () => {
    expect(claimsFor(anAgent({ active: false, role: 'admin' }), closed)).toBeNull();
  });
});
