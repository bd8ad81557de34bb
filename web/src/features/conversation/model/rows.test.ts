import { anInbound, anOutbound, NOW } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import type { EventEntry, NoteEntry } from '@switchboard/domain';
import { timelineRows, type ListedEntry, type Row } from './rows.ts';
import { dayKey } from './when.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const inbound = (id: string, over: Parameters<typeof anInbound>[0] = {}): ListedEntry => ({
  ...anInbound(over),
  id,
});
const outbound = (id: string, over: Parameters<typeof anOutbound>[0] = {}): ListedEntry => ({
  ...anOutbound(over),
  id,
});
const note = (id: string, over: Partial<NoteEntry> = {}): ListedEntry => ({
  schemaVersion: 1,
  kind: 'note',
  type: 'text',
  text: 'batch 24B',
  at: NOW,
  seq: 0,
  caseNumber: 1,
  author: { kind: 'agent', id: 'ana' },
  ...over,
  id,
});
const event = (id: string, over: Partial<EventEntry> = {}): ListedEntry => ({
  schemaVersion: 1,
  kind: 'event',
  type: 'taken',
  at: NOW,
  seq: 0,
  caseNumber: 1,
  author: { kind: 'agent', id: 'ana' },
  ...over,
  id,
});

const rows = (entries: ListedEntry[], complete = true): readonly Row[] =>
  timelineRows(entries, { me: 'jonas', complete, dayOf: (at) => dayKey(at, 'UTC') });
const kinds = (entries: ListedEntry[], complete = true) =>
  rows(entries, complete).map((row) => row.key);

describe('timelineRows', () => {
  it('opens with the case and the day of the first message', () => {
    expect(kinds([inbound('a')])).toEqual(['case-1', 'day-2026-11-22', 'a']);
  });

  it('says nothing about a case whose beginning has not been loaded', () => {
    expect(kinds([inbound('a', { caseNumber: 3 })], false)).toEqual(['day-2026-11-22', 'a']);
  });

  it('marks each new day once', () => {
    expect(kinds([inbound('a', { at: NOW - DAY }), inbound('b'), note('c')])).toEqual([
      'case-1',
      'day-2026-11-21',
      'a',
      'day-2026-11-22',
      'b',
      'c',
    ]);
  });

  it('divides where the case number rises', () => {
    const entries = [inbound('a', { at: NOW - 9 }), event('r', { type: 'resolved', at: NOW - 8 })];
    expect(kinds([...entries, inbound('b', { at: NOW, caseNumber: 2 })])).toEqual([
      'case-1',
      'day-2026-11-22',
      'a',
      'r',
      'case-2',
      'b',
    ]);
  });

  it('draws no divider for a late message, a copy of history, or a number that falls back', () => {
    const keys = kinds([
      inbound('late', { at: NOW - 50, caseNumber: 2, late: true }),
      inbound('history', { at: NOW - 40, caseNumber: 2, origin: 'history' }),
      inbound('a', { at: NOW - 30, caseNumber: 1 }),
      inbound('b', { at: NOW - 20, caseNumber: 2 }),
      inbound('back', { at: NOW - 10, caseNumber: 1 }),
    ]);
    expect(keys.filter((key) => key.startsWith('case'))).toEqual(['case-1', 'case-2']);
    expect(keys.indexOf('case-1')).toBeGreaterThan(keys.indexOf('history'));
  });

  it('puts entries in the one order, whatever order they came in', () => {
    const entries = [
      inbound('c', { at: NOW }),
      inbound('b', { at: NOW - 1, seq: 1 }),
      inbound('a', { at: NOW - 1, seq: 0 }),
    ];
    expect(kinds(entries).slice(2)).toEqual(['a', 'b', 'c']);
  });

  it('tells the sides apart', () => {
    const entries = [
      inbound('in', { at: NOW - 4 }),
      outbound('mine', { at: NOW - 3 }),
      outbound('hers', { at: NOW - 2, author: { kind: 'agent', id: 'ana' } }),
      outbound('bot', { at: NOW - 1, author: { kind: 'bot', id: 'jonas' } }),
    ];
    expect(rows(entries).flatMap((row) => (row.kind === 'message' ? [row.side] : []))).toEqual([
      'in',
      'own',
      'other',
      'other',
    ]);
  });

  it('groups messages of one author that stand close together, and nothing across a row between', () => {
    const entries = [
      inbound('a', { at: NOW - 40 * MINUTE }),
      inbound('b', { at: NOW - 39 * MINUTE }),
      inbound('c', { at: NOW - 20 * MINUTE }),
      note('n', { at: NOW - 19 * MINUTE }),
      inbound('d', { at: NOW - 18 * MINUTE }),
      outbound('e', { at: NOW - 17 * MINUTE }),
      outbound('f', { at: NOW - 16 * MINUTE, author: { kind: 'agent', id: 'ana' } }),
      outbound('g', { at: NOW - 15 * MINUTE, author: { kind: 'agent', id: 'ana' } }),
    ];
    const continued = rows(entries).flatMap((row) =>
      row.kind === 'message' && row.continues ? [row.key] : [],
    );
    expect(continued).toEqual(['b', 'g']);
  });

  it('draws what nobody wrote as a line of its own, and groups nothing across it', () => {
    const entries = ['text', 'system', 'request_welcome', 'text'].map((type, i) =>
      inbound(String(i), { type, at: NOW + i }),
    );
    expect(rows(entries, false).map(({ kind }) => kind)).toEqual([
      'day',
      'message',
      'notice',
      'notice',
      'message',
    ]);
    expect(rows(entries, false).at(-1)).toMatchObject({ continues: false });
  });

  it('gives every row a key of its own', () => {
    const entries = Array.from({ length: 200 }, (_, i) =>
      inbound(`m${i}`, { at: NOW - i * DAY * 0.3, caseNumber: 1 + Math.floor((200 - i) / 20) }),
    );
    const keys = kinds(entries);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
