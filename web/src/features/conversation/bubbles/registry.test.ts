import { MESSAGE_TYPES, readContent } from '@switchboard/domain';
import { anInbound } from '@switchboard/domain/testing';
import { cleanup, render, screen, waitFor } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage, LANGUAGES, useI18n, type Language } from '../../../i18n/index.ts';
import { lineOf } from '../../../i18n/type-name.ts';
import { excerpt } from '../model/excerpt.ts';
import { inThread } from '../testing/in-thread.ts';
import { resetWorld } from '../testing/world.ts';
import { KindBubble } from './kinds-on-demand.ts';
import { bubbleOf, BUBBLES } from './registry.ts';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());

// Compiled before, not while a test waits for it.
beforeAll(() => Promise.all([import('./kinds/index.ts'), import('./media/MediaBubble.vue')]));
afterEach(cleanup);
beforeEach(async () => {
  resetWorld();
  await chooseLanguage('en');
});

const entryOf = (type: string, item: object = {}) => {
  const { text: _, ...bare } = anInbound({ type });
  return { ...bare, ...readContent(type, { type, ...item }), id: 'a' };
};
const draw = (type: string, item: object = {}) =>
  render(inThread(bubbleOf(type), () => ({ entry: entryOf(type, item) }))).container;

/** What a bubble says once its chunk is there. */
async function shown(type: string, item: object = {}): Promise<string> {
  const container = draw(type, item);
  await waitFor(() => expect(container.querySelector('.tagline')).toBeNull());
  return container.textContent;
}

describe('the registry of bubbles', () => {
  // The first test of this file: a chunk that has come stays.
  it('has a line with the name of the type while a bubble is on its way', async () => {
    const container = draw('location', { location: { latitude: 1, longitude: 2, name: 'Home' } });
    expect(container.textContent).toBe('Location');
    expect(await screen.findByText('Home')).toBeDefined();
  });

  it('has an entry for every type of the Cloud API, and no other', () => {
    expect(Object.keys(BUBBLES).sort()).toEqual([...MESSAGE_TYPES].sort());
  });

  it('falls back on a bubble in words, also for a name that every object has', async () => {
    expect(bubbleOf('hologram')).toBe(KindBubble);
    expect(bubbleOf('constructor')).toBe(KindBubble);
    expect(await shown('constructor')).toContain('Message of the kind “constructor”');
  });

  it.each([...MESSAGE_TYPES, 'hologram'])('never leaves a %s blank', async (type) => {
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
    expect(await shown('location')).toMatch(/Location.*not shown yet/s);
  });

  it('tells a reaction from one taken back', async () => {
    expect(await shown('reaction', { reaction: { message_id: 'x', emoji: '👍' } })).toContain('👍');
    expect(await shown('reaction', { reaction: { message_id: 'x' } })).toContain(
      'Took a reaction back',
    );
  });
});

describe.each(Object.keys(LANGUAGES) as Language[])('in %s every type', (language) => {
  beforeEach(() => chooseLanguage(language));

  it.each([...MESSAGE_TYPES])('has a name for rows, quotes and screen readers: %s', (type) => {
    const { t } = useI18n();
    const name = lineOf(t, type, '');
    expect(name).not.toMatch(/^types\.|“|«/);
    expect(excerpt(t, entryOf(type))).toContain(name);
  });
});
