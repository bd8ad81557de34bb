import { cleanup, fireEvent, render, screen, within } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, ref, shallowRef } from 'vue';
import type { Gallery } from '../../../data/gallery-queries.ts';
import type { GalleryState } from '../../../data/gallery.ts';
import { chooseLanguage } from '../../../i18n/index.ts';
import type { ListedEntry } from '../model/rows.ts';
import { inThread } from '../testing/in-thread.ts';
import { resetMedia, withMedia } from '../testing/media.ts';
import { resetWorld } from '../testing/world.ts';
import MediaGallery from './MediaGallery.vue';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());
vi.mock('../../../data/media.ts', async () => (await import('../testing/media.ts')).testMedia());

/** What the store has of each gallery. */
const shared = {
  entries: shallowRef<readonly ListedEntry[]>([]),
  state: ref<GalleryState>('ready'),
  ended: ref(true),
  asked: [] as Gallery[],
};
vi.mock('../../../data/gallery.ts', () => ({
  useGallery: (_: string, gallery: Gallery) => ({
    ...shared,
    more: async () => void shared.asked.push(gallery),
  }),
}));

beforeAll(() => Promise.all([chooseLanguage('en'), import('../bubbles/media/MediaBubble.vue')]));
beforeEach(() => {
  resetWorld();
  resetMedia();
  shared.entries.value = [];
  shared.state.value = 'ready';
  shared.ended.value = true;
  shared.asked = [];
});
afterEach(cleanup);

const photo = (id: string, at: number) =>
  withMedia('image', { mimeType: 'image/jpeg' }, { id, at, wamid: id });

async function open() {
  const events: string[] = [];
  render(
    inThread(MediaGallery, () => ({
      onShow: (id: string) => events.push(id),
      onClose: () => events.push('closed'),
    })),
  );
  await nextTick();
  return events;
}

describe('What was shared in a conversation', () => {
  it('is a grid of photos by month', async () => {
    shared.entries.value = [photo('b', Date.UTC(2026, 10, 2)), photo('a', Date.UTC(2026, 9, 5))];
    await open();
    expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual([
      'November 2026',
      'October 2026',
    ]);
    expect(screen.getAllByRole('button', { name: /^Photo from Marta Oliveira/ })).toHaveLength(2);
  });

  it('opens a photo large, from where all others are reached and the conversation, too', async () => {
    shared.entries.value = [photo('b', Date.UTC(2026, 10, 2)), photo('a', Date.UTC(2026, 9, 5))];
    const events = await open();
    await fireEvent.click(screen.getAllByRole('button', { name: /^Photo from/ })[0]!);
    const viewer = screen.getByRole('dialog', { name: /^Photo from/ });
    expect(viewer.textContent).toContain('2 of 2');
    await fireEvent.click(within(viewer).getByRole('button', { name: 'Previous photo' }));
    expect(viewer.querySelector('img')?.getAttribute('src')).toBe('/media/a');
    // At the oldest one that is known the next page is read.
    expect(shared.asked).toEqual(['pictures']);
    await fireEvent.click(within(viewer).getByRole('button', { name: 'Show in the conversation' }));
    expect(events).toEqual(['a']);
  });

  it('leads to the message where there is nothing to show large', async () => {
    shared.entries.value = [withMedia('video', { mimeType: 'video/mp4' }, { id: 'film' })];
    const events = await open();
    await fireEvent.click(screen.getByRole('button', { name: /^Video from/ }));
    expect(events).toEqual(['film']);
  });

  it('has not what its author deleted', async () => {
    const deletion = withMedia('revoke', {}, { id: 'gone', content: { wamid: 'a' }, at: 9e12 });
    shared.entries.value = [deletion, photo('a', Date.UTC(2026, 9, 5))];
    await open();
    expect(screen.queryByRole('button', { name: /^Photo/ })).toBeNull();
  });

  it('has files and voice notes as lists of their own', async () => {
    await open();
    shared.entries.value = [
      withMedia('document', { mimeType: 'application/pdf' }, { content: { filename: 'Bill.pdf' } }),
    ];
    await fireEvent.click(screen.getByRole('radio', { name: 'Files' }));
    expect(await screen.findByRole('link', { name: /^Download Bill.pdf/ })).toBeTruthy();
    await fireEvent.click(screen.getByRole('radio', { name: 'Voice notes' }));
    expect(shared.asked).toEqual(['pictures']);
  });

  it('goes on by a button while there is more', async () => {
    shared.ended.value = false;
    await open();
    await fireEvent.click(screen.getByRole('button', { name: 'Show older ones' }));
    expect(shared.asked).toEqual(['pictures', 'pictures']);
  });

  it.each([
    ['loading', 'Loading', false],
    ['offline', 'You are offline', true],
    ['denied', 'Your role or teams', false],
    ['failed', 'could not be loaded', true],
    ['ready', 'Nothing of this kind', false],
  ] as const)('says so when it is %s', async (state, words, again) => {
    shared.state.value = state;
    await open();
    expect(screen.getByRole('status').textContent).toContain(words);
    expect(screen.queryByRole('button', { name: 'Try again' }) !== null).toBe(again);
  });
});
