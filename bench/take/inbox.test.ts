import { describe, expect, it } from 'vitest';
import { agentPath, agentSchema, claimsFor } from '@switchboard/domain';
import * as v from 'valibot';
import { agentOf, CLAIMS, inboxOf, listensOf } from './inbox.ts';

const first = Array.from({ length: 30 }, (_, nth) => inboxOf(nth));

describe('a crowd', () => {
  it('has every tab on its screens as often, and now and then a sheet of colleagues', () => {
    const shown = ['mine', 'queue', 'team'].map(
      (tab) => first.filter(({ shows }) => shows === tab).length,
    );
    expect(shown).toEqual([10, 10, 10]);
    expect(first.filter(({ offersColleagues }) => offersColleagues)).toHaveLength(3);
  });

  it('listens to its own document and the teams, and to Mine and the queue whatever is shown', () => {
    for (const inbox of first) {
      const { documents, queue, others } = listensOf(inbox);
      expect(documents).toEqual([agentPath(inbox.person.uid)]);
      expect(queue).toHaveLength(1);
      const collections = new Set(others.map(({ collection }) => collection));
      expect(collections).toContain('teams');
      expect(collections.has('agents')).toBe(inbox.offersColleagues);
      expect(JSON.stringify(others)).toContain(`"assignee.id","op":"==","value":"crowd-`);
    }
  });

  it('is of agents whose claims are in force, so that no sweep touches them', () => {
    const agent = v.parse(agentSchema, agentOf(0));
    expect(claimsFor(agent, { agentsReadAll: false })).toEqual(CLAIMS);
    expect(agent.claims).toEqual(CLAIMS);
  });
});
