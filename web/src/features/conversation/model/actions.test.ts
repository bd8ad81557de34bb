import { aConversation, aPerson, NOW } from '@switchboard/domain/testing';
import type { Conversation, Person } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { offeredActions } from './actions.ts';

const offered = (over: Partial<Conversation>, person: Partial<Person> = {}, online = true) =>
  offeredActions(aConversation(over), aPerson(person), online, NOW).map(({ name, refused }) =>
    refused === null ? name : `${name}: ${refused}`,
  );
const mine = { assignee: { kind: 'agent', id: 'jonas' }, readCount: 1 } as const;

describe('offeredActions', () => {
  it('offers an agent Take where nobody holds it, and no Resolve', () => {
    expect(offered({})).toEqual(['take']);
  });

  it('offers the holder Release, Resolve and Mark unread', () => {
    expect(offered(mine)).toEqual(['release', 'resolve', 'markUnread']);
  });

  it('offers a supervisor Assign and Resolve on what a colleague holds', () => {
    const hers = { assignee: { kind: 'agent', id: 'ana' } } as const;
    expect(offered(hers, { role: 'supervisor' })).toEqual(['assign', 'resolve']);
    expect(offered(hers)).toEqual([]);
  });

  it('offers Reopen on what is resolved', () => {
    expect(offered({ status: 'resolved', active: false, readCount: 1 })).toEqual([
      'reopen',
      'markUnread',
    ]);
  });

  it('shows what cannot be done offline, with the reason', () => {
    expect(offered({}, {}, false)).toEqual(['take: offline']);
  });

  it('shows somebody switched off why nothing works', () => {
    expect(offered({}, { active: false })).toContain('take: deactivated');
  });

  it('offers Mark unread only where something is read', () => {
    expect(offered({ ...mine, inboundCount: 0, readCount: 0 })).not.toContain('markUnread');
    expect(offered({ ...mine, inboundCount: 2 })).not.toContain('markUnread');
  });
});
