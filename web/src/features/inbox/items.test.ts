import { aConversation } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import type { ConversationRow } from '../../data/conversations.ts';
import { heldItems, itemsOf, type SectionRows } from './items.ts';

const rows = (...ids: string[]): ConversationRow[] => ids.map((id) => ({ ...aConversation(), id }));
const section = (over: Partial<SectionRows>): SectionRows => ({
  section: 'open',
  rows: [],
  ended: true,
  ready: true,
  ...over,
});
const ids = (sections: SectionRows[]) => itemsOf(sections).map(({ id }) => id);

describe('The items of a list', () => {
  it('are the rows that are owed, then those who wait for the customer under a heading', () => {
    const items = itemsOf([
      section({ rows: rows('a', 'b') }),
      section({ section: 'pending', rows: rows('c'), ended: true }),
    ]);
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', '#pending', 'c']);
    expect(items[2]).toMatchObject({ kind: 'heading', count: '1' });
    expect(items[3]).toMatchObject({ kind: 'row', place: 3 });
  });

  it('begin the next section only when the one before has ended', () => {
    expect(
      ids([
        section({ rows: rows('a'), ended: false }),
        section({ section: 'pending', rows: rows('c') }),
      ]),
    ).toEqual(['a', '#more-open']);
  });

  it('count a section as more where it has not ended', () => {
    const pending = section({ section: 'pending', rows: rows('c'), ended: false });
    expect(itemsOf([section({ rows: rows('a') }), pending])[1]).toMatchObject({ count: '1+' });
  });

  it('say that nothing is owed above those who wait for the customer', () => {
    expect(ids([section({}), section({ section: 'pending', rows: rows('c') })])).toEqual([
      '#nothing',
      '#pending',
      'c',
    ]);
  });

  it('are none until something is known', () => {
    expect(ids([section({ ready: false, ended: false })])).toEqual([]);
  });
});

describe('Rows under a finger', () => {
  const drawn = itemsOf([section({ rows: rows('a', 'b', 'c') })]);

  it('stay where they are, and show what is new in them', () => {
    const [a, b, c] = rows('a', 'b', 'c');
    const moved = itemsOf([section({ rows: [c!, { ...a!, inboundCount: 9 }, b!] })]);
    const held = heldItems(drawn, moved);
    expect(held.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(held[0]).toMatchObject({ row: { inboundCount: 9 } });
  });

  it('neither vanish nor let others in until it is lifted', () => {
    const fresh = itemsOf([section({ rows: rows('new', 'a', 'c') })]);
    expect(heldItems(drawn, fresh).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
