import { OUTBOUND_STATES, type OutboundEntry } from '@switchboard/domain';
import { anOutbound, NOW } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { failureCard } from './failure-card.ts';
import { laterAttempt } from './later-attempt.ts';
import { troubled } from './trouble.ts';

const listed = (id: string, over: Partial<OutboundEntry> = {}) => ({ ...anOutbound(over), id });
const later = (id: string, entries: readonly ReturnType<typeof listed>[]) => {
  const entry = entries.find((one) => one.id === id);
  return entry && laterAttempt(entry, entries)?.id;
};

describe('troubled', () => {
  it('is what the card under a message has words for', () => {
    const context = { mayReply: true, me: 'jonas', again: null };
    for (const state of OUTBOUND_STATES) {
      const entry = anOutbound({ state });
      expect([state, troubled(entry)]).toEqual([state, failureCard(entry, context) !== null]);
    }
  });
});

describe('a later attempt', () => {
  it('is the next message with the same text', () => {
    const entries = [
      listed('a', { at: NOW, state: 'failed' }),
      listed('x', { at: NOW + 1, text: 'Something else' }),
      listed('b', { at: NOW + 2, state: 'failed' }),
      listed('c', { at: NOW + 3 }),
    ];
    expect(later('a', entries)).toBe('b');
    expect(later('b', entries)).toBe('c');
    expect(later('c', entries)).toBeUndefined();
  });

  it('of a file is the same file, not another with the same words', () => {
    const photo = (id: string, file: string, at: number) =>
      listed(id, { type: 'image', text: 'Here', at, media: { id: file, state: 'stored' } });
    const entries = [photo('a', 'f1', NOW), photo('b', 'f2', NOW + 1), photo('c', 'f1', NOW + 2)];
    expect(later('a', entries)).toBe('c');
  });

  it('of a template is the same one filled in the same way, whatever was added when it left', () => {
    const values = { header: [], body: ['Peter'], buttons: [] };
    const template = (id: string, at: number, added: object = {}) =>
      listed(id, {
        type: 'template',
        at,
        content: { templateId: 't1', name: 'visit', values, ...added },
      });
    const left = { header: '', footer: '', buttons: [], language: 'en', category: 'UTILITY' };
    expect(later('a', [template('a', NOW, left), template('b', NOW + 1)])).toBe('b');
  });

  it('of a reaction is one at the same message', () => {
    const reaction = (id: string, at: number, entryId: string) =>
      listed(id, { type: 'reaction', at, content: { emoji: '👍' }, context: { entryId } });
    const bare = [
      reaction('a', NOW, 'm1'),
      reaction('b', NOW + 1, 'm2'),
      reaction('c', NOW + 2, 'm1'),
    ];
    expect(
      later(
        'a',
        bare.map(({ text: _, ...entry }) => entry),
      ),
    ).toBe('c');
  });
});
