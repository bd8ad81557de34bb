import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { chooseLanguage } from '../../../../i18n/index.ts';
import type { ListedEntry } from '../../model/rows.ts';
import { inThread } from '../../testing/in-thread.ts';
import { addressOf, mediaWorld, resetMedia, withMedia } from '../../testing/media.ts';
import { resetWorld } from '../../testing/world.ts';
import MediaViewer from './MediaViewer.vue';

vi.mock('../../../../data/people.ts', async () =>
  (await import('../../testing/world.ts')).testPeople(),
);
vi.mock('../../../../data/media.ts', async () =>
  (await import('../../testing/media.ts')).testMedia(),
);

beforeAll(() => chooseLanguage('en'));
beforeEach(() => {
  resetWorld();
  resetMedia();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const photo = (id: string) => withMedia('image', { mimeType: 'image/jpeg' }, { id });
const THREAD: readonly ListedEntry[] = [
  photo('first'),
  withMedia('sticker', { mimeType: 'image/webp' }, { id: 'sticker' }),
  { ...photo('second'), text: 'The *drawer*' },
  withMedia('image', { state: 'pending' }, { id: 'pending' }),
  photo('third'),
];

/** The viewer in a thread that follows what it asks for. */
async function view(entryId: string) {
  const entries = shallowRef(THREAD);
  const at = shallowRef<string | null>(entryId);
  render(
    inThread(MediaViewer, () => ({
      entries: entries.value,
      entryId: at.value ?? entryId,
      way: 'Photos and files',
      onGo: (id: string) => (at.value = id),
      onClose: () => (at.value = null),
    })),
  );
  await nextTick();
  return { entries, at, dialog: screen.getByRole<HTMLDialogElement>('dialog') };
}
const key = (dialog: HTMLElement, name: string) => fireEvent.keyDown(dialog, { key: name });
const drawn = () => document.querySelector<HTMLImageElement>('dialog img');

describe('The viewer', () => {
  it('is a modal dialog that says whose photo it is, and shows its caption', async () => {
    const { dialog } = await view('second');
    expect(dialog.open).toBe(true);
    expect(dialog.getAttribute('aria-label')).toMatch(/^Photo from Marta Oliveira, /);
    expect(drawn()?.getAttribute('src')).toBe('/media/second');
    expect(dialog.querySelector('strong')?.textContent).toBe('drawer');
    expect(dialog.textContent).toContain('2 of 3');
  });

  it('closes by its button and by Escape', async () => {
    const { at, dialog } = await view('first');
    const cancel = new Event('cancel', { cancelable: true });
    dialog.dispatchEvent(cancel);
    expect([at.value, cancel.defaultPrevented]).toEqual([null, true]);
    at.value = 'first';
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(at.value).toBeNull();
  });

  it('gives the focus back to where it was', async () => {
    const opener = document.body.appendChild(document.createElement('button'));
    opener.focus();
    await view('first');
    cleanup();
    expect(document.activeElement).toBe(opener);
    opener.remove();
  });

  it('goes through the photos that there are by arrow keys, and no further', async () => {
    const { at, dialog } = await view('first');
    await key(dialog, 'ArrowLeft');
    expect(at.value).toBe('first');
    await key(dialog, 'ArrowRight');
    await key(dialog, 'ArrowRight');
    expect(at.value).toBe('third');
    await key(dialog, 'ArrowRight');
    expect(at.value).toBe('third');
    await key(dialog, 'ArrowLeft');
    expect(at.value).toBe('second');
  });

  it('goes on by buttons, offered where there is another', async () => {
    const { at } = await view('first');
    expect(screen.queryByRole('button', { name: 'Previous photo' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Next photo' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Next photo' }));
    await nextTick();
    expect([at.value, screen.queryByRole('button', { name: 'Next photo' })]).toEqual([
      'third',
      null,
    ]);
    expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
  });

  it('draws larger and smaller by keys and buttons, and begins anew with each photo', async () => {
    const { dialog } = await view('first');
    const smaller = screen.getByRole('button', { name: 'Smaller' });
    expect(smaller.getAttribute('aria-disabled')).toBe('true');
    await key(dialog, '+');
    expect(drawn()?.style.transform).toContain('scale(1.5)');
    expect(smaller.hasAttribute('aria-disabled')).toBe(false);
    await fireEvent.click(screen.getByRole('button', { name: 'Larger' }));
    expect(drawn()?.style.transform).toContain('scale(2.25)');
    await key(dialog, '-');
    await key(dialog, '0');
    expect(drawn()?.style.transform).toContain('scale(1)');
    await key(dialog, '+');
    await key(dialog, 'ArrowRight');
    expect(drawn()?.style.transform).toContain('scale(1)');
  });

  it('leaves the browser its own keys', async () => {
    const { dialog } = await view('first');
    await fireEvent.keyDown(dialog, { key: '+', ctrlKey: true });
    expect(drawn()?.style.transform).toContain('scale(1)');
  });

  it('closes where its photo is in the thread no longer', async () => {
    const { entries, at } = await view('second');
    entries.value = [];
    await nextTick();
    expect(at.value).toBeNull();
  });

  it('says why there is no photo, with the way out', async () => {
    addressOf('first').value = { state: 'refused', code: 'offline' };
    mediaWorld.renewed = () => ({ state: 'ready', url: '/media/late', until: 0 });
    const { dialog } = await view('first');
    expect(dialog.textContent).toContain('You are offline');
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(drawn()?.getAttribute('src')).toBe('/media/late'));
  });

  it('offers the photo as a file', async () => {
    await view('first');
    const link = screen.getByRole('link', { name: /^Download Photo .*\.jpg$/ });
    expect(link.getAttribute('href')).toBe('/media/first');
  });
});

describe('Sharing from the viewer', () => {
  const share = vi.fn<(data: ShareData) => Promise<void>>();
  beforeEach(() => {
    share.mockReset();
    vi.stubGlobal('fetch', async () => new Response(new Blob(['x'], { type: 'image/jpeg' })));
    Object.assign(navigator, { share, canShare: () => true });
  });
  afterEach(() => {
    for (const name of ['share', 'canShare']) Reflect.deleteProperty(navigator, name);
  });

  it('hands the photo on as a file', async () => {
    await view('first');
    await fireEvent.click(screen.getByRole('button', { name: 'Share' }));
    await vi.waitFor(() => expect(share).toHaveBeenCalled());
    const [file] = share.mock.calls[0]?.[0].files ?? [];
    expect([file?.name, file?.type]).toEqual([
      expect.stringMatching(/^Photo .*\.jpg$/),
      'image/jpeg',
    ]);
  });

  it('is silent where the person changed their mind, and says so where it can’t be', async () => {
    const { dialog } = await view('first');
    share.mockRejectedValueOnce(new DOMException('', 'AbortError'));
    await fireEvent.click(screen.getByRole('button', { name: 'Share' }));
    await vi.waitFor(() => expect(share).toHaveBeenCalledTimes(1));
    await nextTick();
    expect(dialog.textContent).not.toContain('could not be shared');
    share.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
    await vi.waitFor(async () => {
      await fireEvent.click(screen.getByRole('button', { name: 'Share' }));
      expect(share).toHaveBeenCalledTimes(2);
    });
    await vi.waitFor(() => expect(dialog.textContent).toContain('could not be shared from here'));
  });

  it('is not offered where the browser hands nothing on', async () => {
    Reflect.deleteProperty(navigator, 'canShare');
    await view('first');
    expect(screen.queryByRole('button', { name: 'Share' })).toBeNull();
  });
});
