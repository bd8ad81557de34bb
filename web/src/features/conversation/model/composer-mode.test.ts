import { describe, expect, it } from 'vitest';
import { modeAfter, type Mode } from './composer-mode.ts';
import type { ReplyState } from './composer-state.ts';

const open: ReplyState = { open: true, sendable: true };
const held: ReplyState = {
  open: false,
  why: 'held',
  holder: { kind: 'agent', id: 'ana' },
  since: 0,
};
const after = (mode: Mode, reply: ReplyState, drafts = {}, chosen = false) =>
  modeAfter(mode, reply, { chosen, drafts: { reply: '', note: '', ...drafts } });

describe('modeAfter', () => {
  it('follows what can be done while nobody chose', () => {
    expect(after('reply', held)).toBe('note');
    expect(after('note', open)).toBe('reply');
    expect(after('reply', { open: false, why: 'unheld', canTake: true })).toBe('reply');
  });

  it('never turns a reply that is being written into a note, nor the other way', () => {
    expect(after('reply', held, { reply: 'On our' })).toBe('reply');
    expect(after('note', open, { note: 'Ask Ana' })).toBe('note');
  });

  it('shows a reply that is kept, also where it cannot be sent', () => {
    expect(after('note', held, { reply: 'On our' })).toBe('reply');
    expect(after('note', held, { reply: 'On our', note: 'Ask Ana' })).toBe('note');
  });

  it('keeps what a person chose', () => {
    expect(after('note', open, {}, true)).toBe('note');
    expect(after('reply', held, {}, true)).toBe('reply');
  });
});
