import { MEDIA_FAILURES, type EntryMedia, type InboundEntry } from '@switchboard/domain';
import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { chooseLanguage } from '../../../../i18n/index.ts';
import { inThread } from '../../testing/in-thread.ts';
import { addressOf, mediaWorld, resetMedia, withMedia } from '../../testing/media.ts';
import { resetWorld } from '../../testing/world.ts';
import MediaBubble from './MediaBubble.vue';
import { viewed } from './viewed.ts';

vi.mock('../../../../data/people.ts', async () =>
  (await import('../../testing/world.ts')).testPeople(),
);
vi.mock('../../../../data/media.ts', async () =>
  (await import('../../testing/media.ts')).testMedia(),
);

// What comes on demand is there before anybody waits for it.
beforeAll(() => Promise.all([chooseLanguage('en'), import('../kinds/index.ts')]));
afterEach(cleanup);
beforeEach(() => {
  resetWorld();
  resetMedia();
  viewed.value = null;
  vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockReturnValue('maybe');
});

const show = (type: string, media: Partial<EntryMedia>, over: Partial<InboundEntry> = {}) => {
  const entry = shallowRef(withMedia(type, media, over));
  const { container } = render(inThread(MediaBubble, () => ({ entry: entry.value })));
  return { entry, container };
};
const photo = { mimeType: 'image/jpeg' };
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('Media that is not there', () => {
  it('says that it is being fetched, and leaves that to the program', () => {
    const { container } = show('image', { state: 'pending' });
    expect(container.textContent).toMatch(/Photo · Being fetched/);
    expect(screen.queryByRole('status')).toBeNull();
    cleanup();
    expect(show('video', { state: 'retrying' }).container.textContent).toMatch(
      /Video.*tried again/,
    );
    expect(screen.queryByRole('button')).toBeNull();
  });

  it.each([...MEDIA_FAILURES])('has a sentence for a failure by %s', (failure) => {
    const { container } = show('image', { state: 'failed', failure });
    expect(container.textContent).toMatch(/Photo · \S+ .*\./);
    expect(container.textContent).not.toMatch(/conversation\.media|undefined/);
  });

  it('is tried again by a press, and the entry tells what came of it', async () => {
    const { entry } = show('voice', { state: 'failed', failure: 'unreachable' });
    const button = screen.getByRole('button', { name: 'Try again' });
    await fireEvent.click(button);
    expect(mediaWorld.retried).toEqual(['marta/a']);
    entry.value = withMedia('voice', { state: 'retrying' });
    await nextTick();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says why it may not be tried again', async () => {
    mediaWorld.retry = 'not-permitted';
    show('image', { state: 'failed', failure: 'refused' });
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(screen.getByRole('status').textContent).toContain('Your role or teams');
  });

  it('says what to ask the customer where nobody can bring it', () => {
    const { container } = show('document', { state: 'failed', failure: 'no-id' });
    expect(container.textContent).toContain('Ask Marta Oliveira to send it again.');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('can be asked for once more where WhatsApp says that it has none', async () => {
    const { container } = show('document', { state: 'expired', failure: 'gone' });
    expect(container.textContent).toContain('ask Marta Oliveira to send it again.');
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(mediaWorld.retried).toHaveLength(1);
  });

  it('keeps its caption', () => {
    const { container } = show('image', { state: 'pending' }, { text: 'Water *here*' });
    expect(container.querySelector('strong')?.textContent).toBe('here');
  });

  it('is told in plain words where it came before media was kept', async () => {
    const { media: _, ...older } = withMedia('image');
    const { container } = render(inThread(MediaBubble, () => ({ entry: older })));
    await vi.waitFor(() => expect(container.textContent).toMatch(/Photo.*not shown yet/s));
  });
});

describe('Stored media without an address', () => {
  it('says that the device is offline, and tries again by a press', async () => {
    addressOf('a').value = { state: 'refused', code: 'offline' };
    mediaWorld.renewed = () => ({ state: 'ready', url: '/media/late', until: 0 });
    const { container } = show('image', photo);
    expect(container.textContent).toContain('You are offline');
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(document.querySelector('img')?.getAttribute('src')).toBe('/media/late');
  });

  it('says why it was refused', () => {
    addressOf('a').value = { state: 'refused', code: 'not-permitted' };
    const { container } = show('audio', { mimeType: 'audio/ogg' });
    expect(container.textContent).toMatch(/Audio · Your role or teams/);
  });

  it('keeps the place of a photo while it is asked for', () => {
    addressOf('a').value = { state: 'asking' };
    show('image', photo);
    const tile = screen.getByRole<HTMLButtonElement>('button', { name: 'Photo, show it large' });
    expect([tile.disabled, tile.querySelector('img')]).toEqual([true, null]);
  });
});

describe('Stored media', () => {
  it('that is a photo comes when it is near, and asks to be shown large', async () => {
    show('image', photo);
    const tile = screen.getByRole('button', { name: 'Photo, show it large' });
    expect(tile.querySelector('img')?.getAttribute('loading')).toBe('lazy');
    await fireEvent.click(tile);
    expect(viewed.value).toBe('a');
  });

  it('that is a photo leaves a finger that rests to the menu of its bubble', async () => {
    show('image', photo);
    const tile = screen.getByRole('button', { name: 'Photo, show it large' });
    expect(tile.matches('button:not([data-taps])')).toBe(false);
    const at = (name: string, timeStamp: number) => {
      const event = new Event(name, { bubbles: true });
      Object.defineProperties(event, {
        pointerType: { value: 'touch' },
        timeStamp: { value: timeStamp },
      });
      tile.dispatchEvent(event);
    };
    at('pointerdown', 0);
    at('click', 700);
    expect(viewed.value).toBeNull();
    at('pointerdown', 1_000);
    at('click', 1_100);
    expect(viewed.value).toBe('a');
  });

  it('that is a photo comes as its small picture, in its own shape', async () => {
    addressOf('a').value = { state: 'ready', url: '/media/a', small: '/media/s', until: 0 };
    const { container } = show('image', { ...photo, width: 900, height: 1_200 });
    expect(container.querySelector('img')?.getAttribute('src')).toBe('/media/s');
    expect(container.querySelector<HTMLElement>('.tile')?.style.aspectRatio).toMatch(/^0\.8/);
  });

  it('that is a photo is shown whole where its small picture does not come', async () => {
    addressOf('a').value = { state: 'ready', url: '/media/a', small: '/media/s', until: 0 };
    const { container } = show('image', photo);
    await fireEvent.error(container.querySelector('img')!);
    await settled();
    expect(container.querySelector('img')?.getAttribute('src')).toBe('/media/a');
  });

  it('that is a photo stays as it is where its size becomes known later', async () => {
    const { entry, container } = show('image', photo);
    entry.value = withMedia('image', { ...photo, width: 900, height: 1_200 });
    await nextTick();
    expect(container.querySelector<HTMLElement>('.tile')?.style.aspectRatio).toMatch(/^1\.33/);
  });

  it('that is a sticker stands by itself', () => {
    show('sticker', { mimeType: 'image/webp' });
    expect(screen.getByRole('img', { name: 'Sticker' })).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('that is a video has the browser’s controls and travels when it is played', () => {
    const { container } = show('video', { mimeType: 'video/mp4' });
    const video = container.querySelector('video');
    expect([video?.controls, video?.preload, video?.getAttribute('src')]).toEqual([
      true,
      'none',
      '/media/a',
    ]);
  });

  it('gets a new address where the old one no longer works', async () => {
    mediaWorld.renewed = () => ({ state: 'ready', url: '/media/new', until: 0 });
    const { container } = show('image', photo);
    await fireEvent.error(container.querySelector('img')!);
    await settled();
    expect(container.querySelector('img')?.getAttribute('src')).toBe('/media/new');
  });

  it('that could not be loaded for the moment is not said to be at fault', async () => {
    mediaWorld.there = false;
    const { container } = show('image', photo);
    await fireEvent.error(container.querySelector('img')!);
    await settled();
    expect(container.textContent).toContain('could not be loaded just now');
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(container.querySelector('img')?.getAttribute('src')).toBe('/media/a');
  });

  it('is offered as a file where the browser can make nothing of it', async () => {
    const { container } = show('video', { mimeType: 'video/3gpp' });
    await fireEvent.error(container.querySelector('video')!);
    await settled();
    expect(container.querySelector('video')).toBeNull();
    expect(container.textContent).toContain("This browser can't show or play it.");
    expect(screen.getByRole('link', { name: /^Download Video .*3gp/ })).toBeTruthy();
  });

  it('is offered as a file where it is not what it was sent as', () => {
    show('image', { mimeType: 'text/html' });
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getByRole('link', { name: /^Download Photo/ })).toBeTruthy();
  });
});

describe('A file', () => {
  const content = { filename: 'Order-K20418.pdf' };

  it('has its name, kind and size, and can be kept under its name', () => {
    show('document', { mimeType: 'application/pdf' }, { content });
    const link = screen.getByRole('link', { name: 'Download Order-K20418.pdf, PDF, 212 kB' });
    expect(link.getAttribute('download')).toBe('Order-K20418.pdf');
  });

  it('whose address is old is followed once it has a new one', async () => {
    mediaWorld.fresh = false;
    mediaWorld.renewed = () => ({ state: 'ready', url: '/media/new', until: 0 });
    show('document', { mimeType: 'application/zip' }, { content: { filename: 'all.zip' } });
    const followed: string[] = [];
    const link = screen.getByRole('link');
    link.addEventListener('click', (event) => {
      if (!event.defaultPrevented) followed.push(link.getAttribute('href') ?? '');
      event.preventDefault();
    });
    await fireEvent.click(link);
    await settled();
    expect(followed).toEqual(['/media/new']);
  });
});
