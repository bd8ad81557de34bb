import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { chooseLanguage } from '../../../../i18n/index.ts';
import AudioPlayer from './AudioPlayer.vue';
import type { Decoded } from './sound/decoded.ts';

/** What this device knows of waveforms, and what becomes of what is decoded. */
const known: { peaks: number[] | null; decoded: Decoded | null } = { peaks: [], decoded: null };
vi.mock('../../../../data/local.ts', () => ({
  readLocal: async () => known.peaks,
  writeLocal: async () => true,
  listLocal: async () => [],
  removeLocal: async () => undefined,
}));
vi.mock('./sound/decoded.ts', () => ({ decodeVoice: async () => known.decoded }));

beforeAll(() => chooseLanguage('en'));

/** What the elements play, as a browser would have it. */
const state = new WeakMap<HTMLMediaElement, { paused: boolean }>();
const paused = (element: HTMLMediaElement): boolean => state.get(element)?.paused ?? true;
const set = (element: HTMLMediaElement, now: boolean, event: string): void => {
  state.set(element, { paused: now });
  element.dispatchEvent(new Event(event));
};

beforeEach(() => {
  Object.assign(known, { peaks: [], decoded: null });
  const element = HTMLMediaElement.prototype;
  vi.spyOn(element, 'canPlayType').mockReturnValue('probably');
  vi.spyOn(element, 'paused', 'get').mockImplementation(function (this: HTMLMediaElement) {
    return paused(this);
  });
  vi.spyOn(element, 'play').mockImplementation(async function (this: HTMLMediaElement) {
    set(this, false, 'play');
  });
  vi.spyOn(element, 'pause').mockImplementation(function (this: HTMLMediaElement) {
    if (!paused(this)) set(this, true, 'pause');
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function player(seconds = 31, label = 'Voice note') {
  const emitted: string[] = [];
  const shown = render(AudioPlayer, {
    props: {
      mediaId: 'a',
      src: '/media/a',
      mimeType: 'audio/ogg',
      label,
      onFailed: () => emitted.push('failed'),
      onUnplayable: () => emitted.push('unplayable'),
    },
  });
  const audio = shown.container.querySelector('audio')!;
  Object.defineProperty(audio, 'duration', { value: seconds, configurable: true });
  audio.dispatchEvent(new Event('durationchange'));
  return { ...shown, audio, emitted };
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('A voice note', () => {
  it('plays and pauses by one button, and says how long it is', async () => {
    const { audio } = player();
    await nextTick();
    expect(screen.getByRole('group', { name: 'Voice note' }).textContent).toContain('0:31');
    await press('Play');
    expect(paused(audio)).toBe(false);
    await press('Pause');
    expect(paused(audio)).toBe(true);
    expect(screen.getByRole('button', { name: 'Play' })).toBeTruthy();
  });

  it('is wound by the slider and by keys', async () => {
    const { audio } = player(60);
    await nextTick();
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Position' });
    await fireEvent.update(slider, '20');
    expect(audio.currentTime).toBe(20);
    await fireEvent.keyDown(slider, { key: 'ArrowRight' });
    await fireEvent.keyDown(slider, { key: 'ArrowRight' });
    await fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    expect(audio.currentTime).toBe(25);
    expect(slider.getAttribute('aria-valuetext')).toBe('0:25 of 1:00');
  });

  it('is not wound beyond its ends', async () => {
    const { audio } = player(4);
    await nextTick();
    const slider = screen.getByRole('slider');
    await fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    expect(audio.currentTime).toBe(0);
    for (let n = 0; n < 6; n += 1) await fireEvent.keyDown(slider, { key: 'ArrowRight' });
    expect(audio.currentTime).toBe(4);
  });

  it('of unknown length can be heard and not wound', async () => {
    player(Infinity);
    await nextTick();
    expect(screen.getByRole<HTMLInputElement>('slider').disabled).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Play' }).disabled).toBe(false);
  });

  it('is played at the speed that was chosen, and so are the others', async () => {
    const [first, second] = [player(), player(10, 'Audio')];
    await fireEvent.click(screen.getAllByRole('button', { name: 'Speed 1×' })[0]!);
    expect(screen.getAllByRole('button', { name: 'Speed 1.5×' })).toHaveLength(2);
    await fireEvent.click(screen.getAllByRole('button', { name: 'Speed 1.5×' })[0]!);
    expect([first.audio.playbackRate, second.audio.playbackRate]).toEqual([2, 2]);
    await fireEvent.click(screen.getAllByRole('button', { name: 'Speed 2×' })[1]!);
    expect(first.audio.playbackRate).toBe(1);
  });

  it('falls silent when another begins, and when it goes away', async () => {
    const [first, second] = [player(), player()];
    await fireEvent.click(screen.getAllByRole('button', { name: 'Play' })[0]!);
    await fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    expect([paused(first.audio), paused(second.audio)]).toEqual([true, false]);
    second.unmount();
    expect(paused(second.audio)).toBe(true);
  });

  it('goes on where it was under a new address', async () => {
    const { audio, rerender, emitted } = player();
    await press('Play');
    audio.currentTime = 12;
    audio.dispatchEvent(new Event('timeupdate'));
    audio.dispatchEvent(new Event('error'));
    expect(emitted).toEqual(['failed']);
    await rerender({ src: '/media/b' });
    expect([audio.getAttribute('src'), audio.currentTime, paused(audio)]).toEqual([
      '/media/b',
      12,
      false,
    ]);
  });

  it('is drawn as loud as it is, and the heard part stands out', async () => {
    known.peaks = Array.from({ length: 38 }, (_, bar) => (bar === 3 ? 1 : 0.2));
    const { audio, container } = player(40);
    await vi.waitFor(() =>
      expect(container.querySelector('.wave path')?.outerHTML).toContain('v21.2'),
    );
    audio.currentTime = 10;
    audio.dispatchEvent(new Event('timeupdate'));
    await nextTick();
    expect(container.querySelector<HTMLElement>('.heard')?.style.clipPath).toBe('inset(0 75% 0 0)');
  });

  it('that this browser can’t play is decoded and played all the same', async () => {
    vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockReturnValue('');
    vi.stubGlobal('fetch', async () => new Response('OggS'));
    known.decoded = { wav: new ArrayBuffer(44), peaks: [1] };
    const { audio, emitted } = player();
    await vi.waitFor(() => expect(audio.getAttribute('src')).toMatch(/^blob:/));
    await press('Play');
    expect([paused(audio), emitted]).toEqual([false, []]);
  });

  it.each([
    ['can’t be decoded either', new Response('OggS'), 'unplayable'],
    ['can’t be had now', new Response('', { status: 403 }), 'failed'],
  ])('that can’t be played and %s says so before anybody presses play', async (_, answer, what) => {
    vi.spyOn(HTMLMediaElement.prototype, 'canPlayType').mockReturnValue('');
    vi.stubGlobal('fetch', async () => answer);
    const { emitted } = player();
    await vi.waitFor(() => expect(emitted).toEqual([what]));
  });
});
