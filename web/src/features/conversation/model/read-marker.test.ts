import { aConversation, aPerson, NOW } from '@switchboard/domain/testing';
import { expect, it } from 'vitest';
import { shouldMarkRead } from './read-marker.ts';

const hers = aConversation({ assignee: { kind: 'agent', id: 'ana' } });

it('reads for the team where nobody holds it, and for the holder', () => {
  expect(shouldMarkRead(aConversation(), aPerson(), true, NOW)).toBe(true);
  expect(shouldMarkRead(hers, aPerson({ uid: 'ana' }), true, NOW)).toBe(true);
});

it('leaves a colleague’s unread mark alone', () => {
  expect(shouldMarkRead(hers, aPerson(), true, NOW)).toBe(false);
});

it('reads nothing behind a hidden tab, and nothing that is read', () => {
  expect(shouldMarkRead(aConversation(), aPerson(), false, NOW)).toBe(false);
  expect(shouldMarkRead(aConversation({ readCount: 1 }), aPerson(), true, NOW)).toBe(false);
});
