import { describe, expect, it } from 'vitest';
import { casePath, draftPath, entryPath, journalPartPath, parseEntryPath } from './paths.ts';

describe('paths', () => {
  it('lead back from an entry to its conversation', () => {
    expect(parseEntryPath(entryPath('c1', 'e1'))).toEqual({ conversationId: 'c1', entryId: 'e1' });
  });

  it.each([
    casePath('c1', 1),
    draftPath('jonas', 'c1'),
    'conversations/c1',
    'conversations/c1/timeline',
    'conversations//timeline/e1',
    'conversations/c1/timeline/e1/revisions/r1',
    'journal/c1/timeline/e1',
    '',
  ])('find no entry in %j', (path) => {
    expect(parseEntryPath(path)).toBeNull();
  });

  it('keep the parts of an item under it', () => {
    expect(journalPartPath('item', 2)).toBe('journal/item/parts/2');
  });
});
