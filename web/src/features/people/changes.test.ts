import { describe, expect, it } from 'vitest';
import { changesBetween, type Duties } from './changes.ts';

const duties = (over: Partial<Duties> = {}): Duties => ({
  role: 'agent',
  teams: ['support'],
  allTeams: false,
  ...over,
});

describe('changes to a colleague', () => {
  it('are none where nothing changes, whatever the order of the teams', () => {
    const from = duties({ teams: ['sales', 'support'] });
    expect(changesBetween('ana', from, duties({ teams: ['support', 'sales'] }))).toEqual([]);
  });

  it('send the role before the teams', () => {
    const to = duties({ role: 'supervisor', teams: ['support', 'sales'] });
    expect(changesBetween('ana', duties(), to)).toEqual([
      { type: 'setRole', uid: 'ana', role: 'supervisor' },
      { type: 'setTeams', uid: 'ana', teams: ['sales', 'support'], allTeams: false },
    ]);
  });

  it('take "all teams" away from somebody who is no supervisor any more', () => {
    const from = duties({ role: 'supervisor', allTeams: true });
    expect(changesBetween('ana', from, duties({ role: 'agent', allTeams: true }))).toEqual([
      { type: 'setRole', uid: 'ana', role: 'agent' },
      { type: 'setTeams', uid: 'ana', teams: ['support'], allTeams: false },
    ]);
  });

  it('give all teams to a supervisor without touching the role', () => {
    const from = duties({ role: 'supervisor' });
    expect(changesBetween('ana', from, { ...from, allTeams: true })).toEqual([
      { type: 'setTeams', uid: 'ana', teams: ['support'], allTeams: true },
    ]);
  });
});
