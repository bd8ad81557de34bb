import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { anAgent, aPerson } from '../testing/index.ts';
import {
  decidePeople,
  peopleCommandSchema,
  type PeopleCommand,
  type PeopleState,
} from './command.ts';

const ravi = aPerson({ uid: 'ravi', role: 'admin', teams: [], all: true, everyTeam: true });
const team = (name: string) => ({ schemaVersion: 1, name });
const aState = (over: Partial<PeopleState> = {}): PeopleState => ({
  person: ravi,
  target: anAgent(),
  teams: { support: team('Support'), sales: team('Sales') },
  otherAdmin: 'zoe',
  ...over,
});
const decide = (command: PeopleCommand, over: Partial<PeopleState> = {}) => {
  const decided = decidePeople(aState(over), command);
  return decided.ok ? decided.value.writes[0]?.data : decided.error;
};

describe('an admin', () => {
  it('changes role, teams and standing of a colleague, and nothing else of the document', () => {
    expect(decide({ type: 'setRole', uid: 'jonas', role: 'supervisor' })).toEqual({
      role: 'supervisor',
      teams: ['support'],
      allTeams: false,
      active: true,
    });
    expect(
      decide({
        type: 'setTeams',
        uid: 'jonas',
        teams: ['support', 'sales', 'sales'],
        allTeams: true,
      }),
    ).toMatchObject({ teams: ['sales', 'support'], allTeams: true });
    expect(decide({ type: 'deactivate', uid: 'jonas' })).toMatchObject({ active: false });
    const off = anAgent({ active: false });
    expect(decide({ type: 'reactivate', uid: 'jonas' }, { target: off })).toMatchObject({
      active: true,
    });
  });

  it('writes the document of the colleague that the command names', () => {
    const decided = decidePeople(aState(), { type: 'deactivate', uid: 'jonas' });
    expect(decided.ok && decided.value.writes.map(({ op, path }) => [op, path])).toEqual([
      ['update', 'agents/jonas'],
    ]);
  });
});

describe('refused', () => {
  const deactivate: PeopleCommand = { type: 'deactivate', uid: 'jonas' };
  const admin = anAgent({ role: 'admin' });

  it.each([
    ['an agent', { person: aPerson() }, 'not-permitted'],
    [
      'a supervisor',
      { person: aPerson({ role: 'supervisor', all: true, everyTeam: true }) },
      'not-permitted',
    ],
    ['an account without claims', { person: { ...ravi, role: null } }, 'not-permitted'],
    ['an admin who is switched off', { person: { ...ravi, active: false } }, 'deactivated'],
    ['a change to nobody', { target: null }, 'not-found'],
    ['switching off the last admin', { target: admin, otherAdmin: null }, 'last-admin'],
  ] as const)('is %s', (_, over, code) => {
    expect(decide(deactivate, over)).toBe(code);
  });

  it('is taking the last admin’s role, and a team that is not there', () => {
    const last = { target: admin, otherAdmin: null };
    expect(decide({ type: 'setRole', uid: 'ravi', role: 'agent' }, last)).toBe('last-admin');
    expect(decide({ type: 'setRole', uid: 'ravi', role: 'admin' }, last)).toMatchObject({
      role: 'admin',
    });
    expect(decide({ type: 'setTeams', uid: 'jonas', teams: ['nowhere'], allTeams: false })).toBe(
      'not-found',
    );
  });

  it('is a removal that another removal of the admin who would remain overtook', () => {
    const decided = decidePeople(aState({ target: admin }), deactivate);
    expect(decided.ok && decided.value.writes).toMatchObject([
      { op: 'update', path: 'agents/jonas' },
      { op: 'update', path: 'agents/zoe', data: { active: true } },
    ]);
  });

  it('is not the change of an admin beside whom there is another, nor of one who is off anyway', () => {
    expect(decide(deactivate, { target: admin })).toMatchObject({ active: false });
    const off = anAgent({ role: 'admin', active: false });
    expect(
      decide({ type: 'setRole', uid: 'x', role: 'agent' }, { target: off, otherAdmin: null }),
    ).toMatchObject({
      role: 'agent',
    });
  });
});

describe('what a people command may look like', () => {
  const teams = (count: number) => Array.from({ length: count }, (_, index) => `team${index}`);

  it.each([
    [{ type: 'setRole', uid: 'jonas', role: 'owner' }],
    [{ type: 'setRole', uid: 'a/b', role: 'agent' }],
    [{ type: 'setRole', uid: '', role: 'agent' }],
    [{ type: 'setTeams', uid: 'jonas', teams: ['Support'] }],
    [{ type: 'setTeams', uid: 'jonas', teams: ['toolongid'] }],
    [{ type: 'setTeams', uid: 'jonas', teams: teams(21) }],
    [{ type: 'promote', uid: 'jonas' }],
    [[]],
  ])('is not %j', (input) => {
    expect(v.safeParse(peopleCommandSchema, input).success).toBe(false);
  });

  it('is twenty teams at most', () => {
    const input = { type: 'setTeams', uid: 'jonas', teams: teams(20) };
    expect(v.parse(peopleCommandSchema, input)).toEqual({ ...input, allTeams: false });
  });
});
