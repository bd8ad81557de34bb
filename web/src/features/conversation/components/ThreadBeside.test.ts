import { cleanup, render, screen } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { chooseLanguage } from '../../../i18n/index.ts';
import { viewed } from '../bubbles/media/viewed.ts';
import { inThread } from '../testing/in-thread.ts';
import { resetMedia, withMedia } from '../testing/media.ts';
import { resetWorld } from '../testing/world.ts';
import ThreadBeside from './ThreadBeside.vue';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());
vi.mock('../../../data/media.ts', async () => (await import('../testing/media.ts')).testMedia());

beforeAll(() => Promise.all([chooseLanguage('en'), import('../bubbles/media/MediaViewer.vue')]));
beforeEach(() => {
  resetWorld();
  resetMedia();
  viewed.value = null;
});
afterEach(cleanup);

const shown: string[] = [];
const beside = () =>
  render(
    inThread(ThreadBeside, () => ({
      entries: [withMedia('image', { mimeType: 'image/jpeg' })],
      goTo: (id: string) => shown.push(id),
    })),
  );

describe('Beside a thread', () => {
  it('a photo is shown large when its bubble asks for it, until it is closed', async () => {
    beside();
    expect(screen.queryByRole('dialog')).toBeNull();
    viewed.value = 'a';
    await screen.findByRole('dialog', { name: /^Photo from Marta Oliveira/ });
    screen.getByRole('button', { name: 'Close' }).click();
    await nextTick();
    expect([viewed.value, screen.queryByRole('dialog')]).toEqual([null, null]);
  });

  it('no photo is left when the thread is', async () => {
    const { unmount } = beside();
    viewed.value = 'a';
    await screen.findByRole('dialog');
    unmount();
    expect(viewed.value).toBeNull();
  });
});
