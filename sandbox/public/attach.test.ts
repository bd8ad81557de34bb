// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAttach } from './attach.js';
import type { Item } from './items.js';

type Kept = { mimeType: string; base64: string; filename?: string };

const outbox = {
  send: vi.fn(async (_: Item) => undefined),
  tell: vi.fn((_: string) => undefined),
  takeCaption: vi.fn(() => 'My fridge'),
};
/** What was handed to the sandbox, whose ids count it. */
let kept: Kept[];

beforeEach(() => {
  kept = [];
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const length = kept.push(JSON.parse(body) as Kept);
    return Response.json({ id: `id-${length}` });
  });
  document.body.innerHTML =
    '<dialog id="choices"><h2 id="choices-title"></h2><div id="choices-list"></div></dialog>';
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.clearAllMocks();
});

/** Chooses what to attach and, where a file is asked for, picks these. */
function attach(name: string, ...files: File[]): void {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (
    this: HTMLInputElement,
  ) {
    Object.defineProperty(this, 'files', { value: files });
    this.dispatchEvent(new Event('change'));
  });
  openAttach(outbox);
  const choices = [...document.querySelectorAll<HTMLElement>('#choices-list button')];
  choices.find((choice) => choice.textContent === name)?.click();
}

const sent = async (count: number): Promise<Item[]> => {
  await vi.waitFor(() => {
    expect(outbox.send).toHaveBeenCalledTimes(count);
  });
  return outbox.send.mock.calls.map(([item]) => item);
};

describe('attaching', () => {
  it('several photos are sent in their order, the first with the words', async () => {
    const photo = new File(['p'], 'a.jpg', { type: 'image/jpeg' });
    attach('Photo or video', photo, new File(['v'], 'b.mp4', { type: 'video/mp4' }));
    expect(await sent(2)).toEqual([
      { type: 'image', image: { id: 'id-1', caption: 'My fridge' } },
      { type: 'video', video: { id: 'id-2' } },
    ]);
    expect(kept).toEqual([
      { mimeType: 'image/jpeg', base64: btoa('p'), filename: 'a.jpg' },
      { mimeType: 'video/mp4', base64: btoa('v'), filename: 'b.mp4' },
    ]);
  });

  it('a photo as a document stays one, and a file without a type has the general one', async () => {
    attach('Document', new File(['x'], 'scan'));
    expect(await sent(1)).toMatchObject([{ type: 'document' }]);
    expect(kept[0]?.mimeType).toBe('application/octet-stream');
  });

  it('a sticker leaves the words where they are', async () => {
    attach('Sticker', new File(['x'], 's.webp', { type: 'image/webp' }));
    expect(await sent(1)).toEqual([{ type: 'sticker', sticker: { id: 'id-1' } }]);
    expect(outbox.takeCaption).not.toHaveBeenCalled();
  });

  it('a voice note is Ogg, or nothing is sent', async () => {
    attach('Voice note', new File(['RIFF'], 'v.ogg'));
    await vi.waitFor(() => {
      expect(outbox.tell).toHaveBeenCalledWith(expect.stringContaining('no Ogg file'));
    });
    attach('Voice note', new File(['OggS'], 'v.opus'));
    expect(await sent(1)).toEqual([{ type: 'audio', audio: { id: 'id-1', voice: true } }]);
    expect(kept[0]?.mimeType).toBe('audio/ogg; codecs=opus');
  });

  it('a file that is too large is told', async () => {
    const file = new File(['x'], 'film.mp4', { type: 'video/mp4' });
    Object.defineProperty(file, 'size', { value: 100 * 1024 * 1024 + 1 });
    attach('Photo or video', file);
    await vi.waitFor(() => {
      expect(outbox.tell).toHaveBeenCalledWith(expect.stringContaining('100 MB'));
    });
    expect(kept).toEqual([]);
  });

  it.each([
    ['Location', 'location'],
    ['Contact card', 'contacts'],
  ])('%s is sent at once', async (name, type) => {
    attach(name);
    expect(await sent(1)).toMatchObject([{ type }]);
  });
});
