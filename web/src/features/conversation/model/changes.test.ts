import { anInbound, anOutbound, NOW } from '@switchboard/domain/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';
import type { ListedEntry } from './rows.ts';

const said: ListedEntry = {
  ...anInbound({ at: NOW, wamid: 'wamid.said', text: 'At tne', content: { referral: {} } }),
  id: 'said',
};
const change = (
  type: 'edit' | 'revoke',
  id: string,
  at: number,
  over: object = {},
): ListedEntry => {
  const { text: _, ...bare } = anInbound({ at, wamid: `wamid.${id}`, type });
  return { ...bare, content: { wamid: 'wamid.said' }, ...over, id };
};
const edit = (id: string, at: number, text: string) => change('edit', id, at, { text });

const shown = (entries: readonly ListedEntry[]) =>
  changesOf(entries).entries.map((entry) => [
    entry.id,
    entry.type,
    'text' in entry ? entry.text : undefined,
  ]);
const before = (entries: readonly ListedEntry[]) =>
  changesOf(entries)
    .before.get('said')
    ?.map(({ text }) => text);

describe('edits and deletions', () => {
  it('leave a thread without any as it is', () => {
    const thread = [said];
    expect(changesOf(thread).entries).toBe(thread);
  });

  it('give a message its newest words and keep the earlier ones', () => {
    const thread = [said, edit('a', NOW + 1, 'At ten'), edit('b', NOW + 2, 'At eleven')];
    expect(shown(thread)).toEqual([['said', 'text', 'At eleven']]);
    expect(before(thread)).toEqual(['At tne', 'At ten']);
  });

  it('keep what an edit says nothing about', () => {
    const [entry] = changesOf([said, edit('a', NOW + 1, 'At ten')]).entries;
    expect(entry).toMatchObject({ content: { referral: {} }, at: NOW });
    expect(shown([said, change('edit', 'a', NOW + 1)])).toEqual([['said', 'text', 'At tne']]);
  });

  it('take a deleted message’s words away, and keep them aside', () => {
    const thread = [said, edit('a', NOW + 1, 'At ten'), change('revoke', 'b', NOW + 2)];
    expect(shown(thread)).toEqual([['said', 'revoke', undefined]]);
    expect(before(thread)).toEqual(['At tne', 'At ten']);
    expect(changesOf(thread).entries[0]).not.toHaveProperty('content');
  });

  it('bring nothing back that was deleted, and hide a deletion that came twice', () => {
    const thread = [
      said,
      change('revoke', 'a', NOW + 1),
      edit('b', NOW + 2, 'Back'),
      change('revoke', 'c', NOW + 3),
    ];
    expect(shown(thread)).toEqual([['said', 'revoke', undefined]]);
    expect(before(thread)).toEqual(['At tne']);
  });

  it('stand by themselves where their message is not read', () => {
    const alone = edit('a', NOW + 1, 'At ten');
    expect(shown([alone])).toEqual([['a', 'edit', 'At ten']]);
  });

  it('change neither a message of ours nor another change', () => {
    const ours: ListedEntry = { ...anOutbound({ at: NOW, wamid: 'wamid.said' }), id: 'ours' };
    expect(shown([ours, edit('a', NOW + 1, 'Ten')])).toHaveLength(2);
    const first = { ...edit('a', NOW + 1, 'Ten'), wamid: 'wamid.said' } as ListedEntry;
    expect(shown([first, edit('b', NOW + 2, 'Eleven')])).toHaveLength(2);
  });

  it('come to the same in any order', () => {
    const all = [said, ...['x', 'y', 'z'].map((text, i) => edit(text, NOW + i + 1, text))];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(shown(order)).toEqual([['said', 'text', 'z']]);
        expect(before(order)).toEqual(['At tne', 'x', 'y']);
      }),
    );
  });
});

describe('what a colleague changed from a phone', () => {
  const ours: ListedEntry = {
    ...anOutbound({ at: NOW, wamid: 'wamid.ours', text: 'At tne', state: 'read' }),
    id: 'ours',
  };
  const echo = (type: 'edit' | 'revoke', wamid: string, text?: string): ListedEntry => {
    const { text: _, ...bare } = anOutbound({ at: NOW + 1, type, wamid: 'wamid.echo' });
    return { ...bare, content: { wamid }, ...(text === undefined ? {} : { text }), id: 'echo' };
  };

  it('is seen on the message of ours', () => {
    expect(shown([ours, echo('edit', 'wamid.ours', 'At ten')])).toEqual([
      ['ours', 'text', 'At ten'],
    ]);
    const gone = changesOf([ours, echo('revoke', 'wamid.ours')]);
    expect(gone.entries).toMatchObject([{ id: 'ours', type: 'revoke', state: 'read' }]);
    expect(gone.before.get('ours')).toMatchObject([{ text: 'At tne' }]);
  });

  it('is never seen on a message of the customer’s, nor theirs on ours', () => {
    expect(shown([said, echo('edit', 'wamid.said', 'Never')])[0]).toEqual([
      'said',
      'text',
      'At tne',
    ]);
    const theirs = change('revoke', 'a', NOW + 1, { content: { wamid: 'wamid.ours' } });
    expect(shown([ours, theirs])[0]).toEqual(['ours', 'text', 'At tne']);
  });
});
