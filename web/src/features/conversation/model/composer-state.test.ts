import { aConversation, aPerson, NOW } from '@switchboard/domain/testing';
import type { Conversation, Person } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { composerState } from './composer-state.ts';

const mine = { assignee: { kind: 'agent', id: 'jonas' } } as const;
const hers = { assignee: { kind: 'agent', id: 'ana' } } as const;

const state = (
  over: Partial<Conversation>,
  person: Partial<Person> = {},
  online = true,
  now = NOW,
) => composerState(aConversation(over), aPerson(person), online, now);

describe('composerState', () => {
  it('is open for the holder', () => {
    expect(state(mine)).toEqual({
      reply: { open: true, sendable: true },
      note: { open: true, sendable: true },
      template: true,
    });
  });

  it('keeps the text but sends nothing while offline', () => {
    expect(state(mine, {}, false)).toEqual({
      reply: { open: true, sendable: false },
      note: { open: true, sendable: false },
      template: false,
    });
  });

  it('offers Take where nobody holds it, to those who may take', () => {
    expect(state({}).reply).toEqual({ open: false, why: 'unheld', canTake: true });
    expect(state({}, { teams: ['billing'], all: true }).reply).toEqual({
      open: false,
      why: 'unheld',
      canTake: false,
    });
  });

  it('says whose it is and since when', () => {
    expect(state(hers).reply).toEqual({
      open: false,
      why: 'held',
      holder: hers.assignee,
      since: NOW - 3_600_000,
    });
    expect(state(hers).note).toEqual({ open: true, sendable: true });
  });

  it('says that the window closed, and when; notes and templates stay', () => {
    expect(state({ ...mine, windowExpiresAt: NOW })).toEqual({
      reply: { open: false, why: 'window-closed', since: NOW },
      note: { open: true, sendable: true },
      template: true,
    });
    expect(state({ ...mine, windowExpiresAt: NOW + 1 }).reply.open).toBe(true);
  });

  it('offers Reopen on a resolved case, to those who may', () => {
    const resolved = { status: 'resolved', active: false } as const;
    expect(state(resolved).reply).toEqual({ open: false, why: 'resolved', canReopen: true });
    expect(state(resolved, { teams: [], all: true }).reply).toEqual({
      open: false,
      why: 'resolved',
      canReopen: false,
    });
  });

  it('closes everything for somebody switched off', () => {
    expect(state(mine, { active: false })).toEqual({
      reply: { open: false, why: 'deactivated' },
      note: { open: false, sendable: false },
      template: false,
    });
  });

  it('closes everything for an account without claims', () => {
    expect(state(mine, { role: null })).toEqual({
      reply: { open: false, why: 'not-permitted' },
      note: { open: false, sendable: false },
      template: false,
    });
  });

  it('closes the note for a stranger', () => {
    expect(state(hers, { teams: ['billing'] }).note.open).toBe(false);
  });
});
