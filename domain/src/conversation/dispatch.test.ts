import { describe, expect, it } from 'vitest';
import type { Draft } from '../documents/draft.ts';
import { aConversation, anOutbound, NOW } from '../testing/index.ts';
import { checkSend, decideRefusal } from './dispatch.ts';

const jonas = { kind: 'agent', id: 'jonas' } as const;
const held = (over: Parameters<typeof aConversation>[0] = {}) =>
  aConversation({ assignee: jonas, ...over });

describe('the last look before a reply leaves', () => {
  it('lets the holder’s reply go under the fence it was written under, inside the window', () => {
    expect(checkSend(anOutbound(), held(), NOW)).toBe('send');
  });

  it.each([
    ['nobody holds it', held({ assignee: null })],
    ['somebody else holds it', held({ assignee: { kind: 'agent', id: 'ana' } })],
    ['a bot of the same name holds it', held({ assignee: { kind: 'bot', id: 'jonas' } })],
    [
      'the holder let go and took it again',
      held({ assignment: { version: 6, at: NOW, by: 'jonas' } }),
    ],
  ])('is stale where %s', (_, conversation) => {
    expect(checkSend(anOutbound(), conversation, NOW)).toBe('stale');
  });

  it('closes with the window, to the millisecond', () => {
    expect(checkSend(anOutbound(), held({ windowExpiresAt: NOW + 1 }), NOW)).toBe('send');
    expect(checkSend(anOutbound(), held({ windowExpiresAt: NOW }), NOW)).toBe('window-closed');
    expect(checkSend(anOutbound(), held({ windowExpiresAt: null }), NOW)).toBe('window-closed');
  });
});

describe('a refused reply', () => {
  const state = {
    conversationId: 'c1',
    entryId: 'r1',
    entry: anOutbound(),
    conversation: held(),
    draft: null,
  };
  const draftOf = (
    over: Partial<Parameters<typeof decideRefusal>[0]>,
    refusal: 'stale' | 'window-closed' = 'stale',
  ) =>
    decideRefusal({ ...state, ...over }, refusal, NOW).find(
      ({ path }) => path === 'agents/jonas/drafts/c1',
    )?.data;
  const aDraft = (over: Partial<Draft>): Draft => ({
    schemaVersion: 1,
    reply: '',
    note: '',
    reason: null,
    updatedAt: null,
    ...over,
  });

  it('keeps its reason and goes back to its author as a draft', () => {
    expect(decideRefusal(state, 'stale', NOW)).toEqual([
      {
        op: 'update',
        path: 'conversations/c1/timeline/r1',
        data: { state: 'refused', refusal: 'stale' },
      },
      {
        op: 'create',
        path: 'agents/jonas/drafts/c1',
        data: {
          schemaVersion: 1,
          reply: 'We are on our way',
          note: '',
          reason: 'reassigned',
          updatedAt: NOW,
        },
      },
    ]);
  });

  it('stands before what its author has typed since, and leaves the note alone', () => {
    const draft = aDraft({ reply: 'Already', note: 'Mind the dog' });
    expect(draftOf({ draft })).toMatchObject({
      reply: 'We are on our way\n\nAlready',
      note: 'Mind the dog',
    });
  });

  it('does not stand twice where the draft has not been cleared yet, nor beside its own beginning', () => {
    const back = (reply: string) => draftOf({ draft: aDraft({ reply }) })?.['reply'];
    expect(back('We are on our way')).toBe('We are on our way');
    expect(back('We are on')).toBe('We are on our way');
    expect(back('We are on our way\n\nAlready')).toBe('We are on our way\n\nAlready');
    expect(back('our way')).toBe('We are on our way\n\nour way');
  });

  it('changes a draft only as it was read', () => {
    const writes = decideRefusal({ ...state, draft: aDraft({ reply: 'Already' }) }, 'stale', NOW);
    expect(writes.map(({ op }) => op)).toEqual(['update', 'update']);
  });

  it('says why: moved, resolved or too late', () => {
    expect(draftOf({})?.['reason']).toBe('reassigned');
    expect(draftOf({ conversation: { status: 'resolved' } })?.['reason']).toBe('resolved');
    expect(draftOf({}, 'window-closed')?.['reason']).toBe('window-closed');
  });

  it('of a bot, or without a text, is nobody’s draft', () => {
    const bot = anOutbound({ author: { kind: 'bot', id: 'greeter' } });
    const { text: _, ...wordless } = anOutbound();
    expect(draftOf({ entry: bot })).toBeUndefined();
    expect(draftOf({ entry: wordless })).toBeUndefined();
  });
});
