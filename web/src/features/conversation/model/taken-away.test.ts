import { aConversation, NOW } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { takenAway, unsentBecause } from './taken-away.ts';

const mine = aConversation({ assignee: { kind: 'agent', id: 'jonas' } });
const by = (who: string) => ({ version: 5, at: NOW, by: who });

describe('takenAway', () => {
  it('names who gave it to whom, and when', () => {
    const after = aConversation({
      assignee: { kind: 'agent', id: 'ana' },
      assignment: by('carmen'),
    });
    expect(takenAway(mine, after, 'jonas')).toEqual({
      how: 'given',
      by: 'carmen',
      to: 'ana',
      teamId: 'support',
      at: NOW,
    });
  });

  it('tells resolving, moving and freeing apart', () => {
    const freed = { assignee: null, assignment: by('carmen') };
    expect(takenAway(mine, aConversation({ ...freed, status: 'resolved' }), 'jonas')?.how).toBe(
      'resolved',
    );
    expect(takenAway(mine, aConversation({ ...freed, teamId: 'billing' }), 'jonas')?.how).toBe(
      'moved',
    );
    expect(takenAway(mine, aConversation(freed), 'jonas')?.how).toBe('freed');
  });

  it('says nothing about what the holder did, or while the holder stays', () => {
    const released = aConversation({ assignee: null, assignment: by('jonas') });
    expect(takenAway(mine, released, 'jonas')).toBeNull();
    expect(takenAway(mine, { ...mine, teamId: 'billing' }, 'jonas')).toBeNull();
  });

  it('says nothing to somebody who never held it', () => {
    const after = aConversation({ assignment: by('carmen') });
    expect(takenAway(mine, after, 'ana')).toBeNull();
    expect(takenAway(null, after, 'jonas')).toBeNull();
  });
});

describe('a reply that was being written', () => {
  const given = aConversation({ assignee: { kind: 'agent', id: 'ana' }, assignment: by('carmen') });

  it('says why it can’t be sent, also to somebody whose app was closed', () => {
    expect(unsentBecause(given, 'jonas', null)).toBe('reassigned');
    expect(unsentBecause(given, 'jonas', NOW - 1)).toBe('reassigned');
    const resolved = aConversation({ assignee: null, status: 'resolved', assignment: by('ana') });
    expect(unsentBecause(resolved, 'jonas', NOW - 1)).toBe('resolved');
  });

  it('says nothing twice, and nothing where its author holds it or let go', () => {
    expect(unsentBecause(given, 'jonas', NOW)).toBeNull();
    expect(unsentBecause(mine, 'jonas', null)).toBeNull();
    const released = aConversation({ assignee: null, assignment: by('jonas') });
    expect(unsentBecause(released, 'jonas', null)).toBeNull();
  });
});
