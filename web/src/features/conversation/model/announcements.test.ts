import { anInbound, anOutbound, NOW } from '@switchboard/domain/testing';
import type { OutboundState } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { announcements } from './announcements.ts';
import type { ListedEntry } from './rows.ts';

const inbound = (id: string, at: number): ListedEntry => ({ ...anInbound({ at }), id });
const mine = (id: string, at: number, state: OutboundState = 'queued'): ListedEntry => ({
  ...anOutbound({ at, state }),
  id,
});
const told = (before: ListedEntry[], after: ListedEntry[]) => {
  const { arrived, failed } = announcements(before, after, 'jonas');
  return [arrived.map(({ id }) => id), failed.map(({ id }) => id)];
};

describe('announcements', () => {
  it('says nothing about what is there when the thread opens', () => {
    expect(told([], [inbound('a', NOW)])).toEqual([[], []]);
  });

  it('tells each message that comes in once', () => {
    const a = inbound('a', NOW);
    const b = inbound('b', NOW + 1);
    expect(told([a], [a, b])).toEqual([['b'], []]);
    expect(told([a, b], [a, b])).toEqual([[], []]);
  });

  it('says nothing about older pages', () => {
    const a = inbound('a', NOW);
    expect(told([a], [inbound('old', NOW - 1), a])).toEqual([[], []]);
  });

  it('says nothing about what the reader wrote, until it fails', () => {
    const a = inbound('a', NOW);
    expect(told([a], [a, mine('m', NOW + 1)])).toEqual([[], []]);
    expect(told([a, mine('m', NOW + 1)], [a, mine('m', NOW + 1, 'failed')])).toEqual([[], ['m']]);
    expect(told([a, mine('m', NOW, 'failed')], [a, mine('m', NOW, 'failed')])).toEqual([[], []]);
  });
});
