import { MESSAGE_TYPES, readContent } from '@switchboard/domain';
import { anInbound } from '@switchboard/domain/testing';
import { cleanup, render } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../../i18n/index.ts';
import { inThread } from '../testing/in-thread.ts';
import { resetWorld } from '../testing/world.ts';
import { PlainBubble } from './plain.ts';
import { bubbleOf, BUBBLES } from './registry.ts';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());

beforeAll(() =>
  // What comes on demand is there before anybody waits for it.
  Promise.all([
    chooseLanguage('en'),
    import('./PlainBubble.vue'),
    import('./media/MediaBubble.vue'),
  ]),
);
afterEach(cleanup);
beforeEach(resetWorld);

/** What a bubble says, once its code is there. */
const shown = async (type: string, item: object = {}): Promise<string> => {
  const { text: _, ...bare } = anInbound({ type });
  const entry = { ...bare, ...readContent(type, { type, ...item }), id: 'a' };
  const { container } = render(inThread(bubbleOf(type), () => ({ entry })));
  await vi.waitFor(() => expect(container.textContent.trim()).not.toBe(''));
  return container.textContent;
};

describe('the registry of bubbles', () => {
  it('has an entry for every type of the Cloud API, and no other', () => {
    expect(Object.keys(BUBBLES).sort()).toEqual([...MESSAGE_TYPES].sort());
  });

  it('falls back on the plain bubble, also for a name that every object has', () => {
    expect(bubbleOf('hologram')).toBe(PlainBubble);
    expect(bubbleOf('constructor')).toBe(PlainBubble);
  });

  it.each([...MESSAGE_TYPES])('never leaves a %s blank', async (type) => {
    expect((await shown(type)).trim()).not.toBe('');
  });

  it('says plainly that something is not shown, and shows what there is', async () => {
    expect(await shown('image', { image: { id: '1', caption: 'Water *here*' } })).toMatch(
      /Photo.*not shown yet.*Water here/s,
    );
    expect(await shown('audio', { audio: { id: '1', voice: true } })).toMatch(
      /Voice note.*not shown yet/s,
    );
    expect(await shown('hologram')).toMatch(/kind “hologram”.*not shown yet/s);
  });

  it('shows a choice as what was chosen', async () => {
    const item = { interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } } };
    expect(await shown('interactive', item)).toMatch(/Choice\s*Yes/);
  });

  it('says what helps where WhatsApp hands nothing over', async () => {
    expect(await shown('unsupported', { errors: [{ code: 131051 }] })).toContain(
      'Ask Marta Oliveira to send it another way.',
    );
  });

  it('tells a reaction from one taken back', async () => {
    expect(await shown('reaction', { reaction: { message_id: 'x', emoji: '👍' } })).toContain('👍');
    expect(await shown('reaction', { reaction: { message_id: 'x' } })).toContain(
      'Took a reaction back',
    );
  });
});
