import { OUTBOUND_STATES, type OutboundEntry } from '@switchboard/domain';
import { anOutbound, NOW } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { failureCard } from './failure-card.ts';
import { laterAttempts, troubled } from './later-attempts.ts';

const listed = (id: string, over: Partial<OutboundEntry> = {}) => ({ ...anOutbound(over), id });

describe('troubled', () => {
  it('is what the card under a message has words for', () => {
    const context = { mayReply: true, me: 'jonas', again: null };
    for (const state of OUTBOUND_STATES) {
      const entry = anOutbound({ state });
      expect([state, troubled(entry)]).toEqual([state, failureCard(entry, context) !== null]);
    }
  });
});

describe('laterAttempts', () => {
  it('finds the next message with the same text', () => {
    const entries = [
      listed('a', { at: NOW, state: 'failed' }),
      listed('x', { at: NOW + 1, text: 'Something else' }),
      listed('b', { at: NOW + 2, state: 'failed' }),
      listed('c', { at: NOW + 3 }),
      listed('d', { at: NOW + 4 }),
    ];
    const found = laterAttempts(entries);
    expect([...found].map(([id, later]) => [id, later.id])).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });

  it('finds nothing for a message that went out', () => {
    const sent = [listed('a', { state: 'read' }), listed('b', { at: NOW + 1 })];
    expect(laterAttempts(sent).size).toBe(0);
  });
});
