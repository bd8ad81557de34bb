import { NOW } from '@switchboard/domain/testing';
import { EVENT_TYPES, type EventEntry } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { eventParts } from './event-sentence.ts';

const event = (type: string, author: string, data?: EventEntry['data']): EventEntry => ({
  schemaVersion: 1,
  kind: 'event',
  type,
  at: NOW,
  seq: 0,
  caseNumber: 1,
  author: { kind: author === 'switchboard' ? 'system' : 'agent', id: author },
  ...(data ? { data } : {}),
});
const agent = (id: string) => ({ kind: 'agent', id });
const parts = (entry: EventEntry) => eventParts(entry, 'jonas');

describe('eventParts', () => {
  it.each(EVENT_TYPES)('has a sentence of its own for %s', (type) => {
    const { sentence } = parts(event(type, 'ana', { to: agent('jonas') }));
    expect(sentence).not.toBe('other');
  });

  it.each(['paused', 'toString'])('tells %s, which this version does not know, as such', (type) => {
    expect(parts(event(type, 'ana'))).toMatchObject({ sentence: 'other', type });
  });

  it.each(['taken', 'released', 'resolved', 'reopened'] as const)('tells who %s it', (type) => {
    expect(parts(event(type, 'ana'))).toMatchObject({
      sentence: type,
      who: { kind: 'agent', id: 'ana' },
    });
    expect(parts(event(type, 'jonas')).who).toEqual({ kind: 'me' });
  });

  it('tells who was given it, and from whom', () => {
    expect(parts(event('assigned', 'carmen', { from: null, to: agent('jonas') }))).toMatchObject({
      sentence: 'assigned',
      from: null,
      to: { kind: 'me' },
    });
    expect(
      parts(event('assigned', 'carmen', { from: agent('jonas'), to: agent('ana') })),
    ).toMatchObject({ sentence: 'transferred', from: { kind: 'me' }, to: agent('ana') });
  });

  it('does not say that somebody gave it to themselves, or took it from themselves', () => {
    expect(
      parts(event('assigned', 'carmen', { from: agent('ana'), to: agent('carmen') })).sentence,
    ).toBe('assignedSelf');
    expect(
      parts(event('assigned', 'carmen', { from: agent('carmen'), to: agent('ana') })).sentence,
    ).toBe('assigned');
  });

  it('tells the team it moved to', () => {
    expect(
      parts(
        event('assigned', 'carmen', { from: agent('ana'), to: { kind: 'team', id: 'billing' } }),
      ),
    ).toMatchObject({ sentence: 'moved', to: { kind: 'team', id: 'billing' } });
  });

  it('keeps the type of an event that it does not know', () => {
    expect(parts(event('labelled', 'switchboard'))).toEqual({
      sentence: 'other',
      who: { kind: 'system' },
      from: null,
      to: null,
      type: 'labelled',
    });
  });

  it('survives data of another shape', () => {
    const odd = { from: 'ana', to: { kind: 'agent' } };
    expect(parts(event('assigned', 'carmen', odd)).sentence).toBe('other');
  });
});
