import { anInbound, anOutbound, NOW } from '@switchboard/domain/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reactionsOf } from './reactions.ts';
import type { ListedEntry } from './rows.ts';

const reply: ListedEntry = { ...anOutbound({ at: NOW, wamid: 'wamid.reply' }), id: 'reply' };
const reacts = (id: string, at: number, emoji?: string, wamid = 'wamid.reply'): ListedEntry => ({
  ...anInbound({ at, wamid: `wamid.${id}`, type: 'reaction' }),
  content: { wamid, ...(emoji === undefined ? {} : { emoji }) },
  id,
});
const shown = (entries: readonly ListedEntry[]) =>
  (reactionsOf(entries).on.get('reply') ?? []).map(({ emoji }) => emoji);

describe('reactions', () => {
  it('stand on their message, and nowhere else', () => {
    const found = reactionsOf([reply, reacts('a', NOW + 1, '👍')]);
    expect(found.on.get('reply')).toMatchObject([{ emoji: '👍', by: { id: 'a' } }]);
    expect([...found.placed]).toEqual(['a']);
  });

  it('are replaced by a later one of the same author, and taken back by none', () => {
    const both = [reply, reacts('a', NOW + 1, '👍'), reacts('b', NOW + 2, '❤️')];
    expect(shown(both)).toEqual(['❤️']);
    expect(shown([...both, reacts('c', NOW + 3)])).toEqual([]);
    expect(shown([...both, reacts('c', NOW + 3, '')])).toEqual([]);
  });

  it('of two people of a group stand beside each other', () => {
    const from = (id: string, name: string, emoji: string) => ({
      ...reacts(id, NOW + 1, emoji),
      participant: { name },
    });
    expect(shown([reply, from('a', 'Tiago', '👍'), from('b', 'Rosa', '❤️')])).toEqual(['👍', '❤️']);
    expect(shown([reply, from('a', 'Tiago', '👍'), from('b', 'Tiago', '❤️')])).toEqual(['❤️']);
  });

  it('of two authors stand beside each other', () => {
    const ours: ListedEntry = {
      ...anOutbound({ at: NOW + 2, type: 'reaction' }),
      content: { wamid: 'wamid.reply', emoji: '🙏' },
      id: 'ours',
    };
    expect(shown([reply, reacts('a', NOW + 1, '👍'), ours])).toEqual(['👍', '🙏']);
  });

  it('stand by themselves where their message is not read', () => {
    const found = reactionsOf([reply, reacts('a', NOW + 1, '👍', 'wamid.gone')]);
    expect([found.on.size, found.placed.size]).toEqual([0, 0]);
  });

  it('come to the same in any order', () => {
    const all = [reply, ...['👍', undefined, '❤️', '😮'].map((e, i) => reacts(`${i}`, NOW + i, e))];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(shown(order)).toEqual(['😮']);
      }),
    );
  });
});
