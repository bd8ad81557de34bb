import { ACCESS_LIMIT, type MediaCommand } from '@switchboard/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import type { MediaResult } from './callables.ts';
import { BEFORE_END, isThere, retryMedia, TOGETHER, useMedia } from './media.ts';
import { mounted } from './testing/harness.ts';

const HOUR = 3_600_000;
interface World {
  truth: { value: string };
  endSession: () => void;
  answer: (command: MediaCommand) => MediaResult;
  asked: MediaCommand[];
}
const world = vi.hoisted((): World => ({
  truth: { value: 'live' },
  endSession: () => undefined,
  answer: () => ({ code: 'busy', retryable: true }),
  asked: [],
}));
vi.mock('./connection.ts', () => ({ useConnection: () => ({ truth: world.truth }) }));
vi.mock('./clock.ts', () => ({ serverNow: () => Date.now() }));
vi.mock('./session.ts', () => ({
  onSessionEnd: (task: () => void) => {
    world.endSession = task;
  },
}));
vi.mock('./callables.ts', () => ({
  media: async (command: MediaCommand) => {
    world.asked.push(command);
    return world.answer(command);
  },
}));

/** Every entry that is asked for has an address that names the number of the call. */
const allStored = (command: MediaCommand): MediaResult => ({
  code: 'ok',
  until: Date.now() + HOUR,
  addresses: Object.fromEntries(
    ('entryIds' in command ? command.entryIds : []).map((id) => [
      id,
      `/media/${id}-${world.asked.length}`,
    ]),
  ),
});

const stops: (() => void)[] = [];
const use = (entryId: string, conversationId = 'marta') => {
  const { value, stop } = mounted(() => useMedia(conversationId, entryId));
  stops.push(stop);
  return value;
};
const answered = () => vi.advanceTimersByTimeAsync(TOGETHER);

beforeEach(() => {
  vi.useFakeTimers();
  world.truth = ref('live');
  world.answer = allStored;
  world.asked = [];
  world.endSession();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

describe('Addresses of media', () => {
  it('of one screen are asked for by one call, each once', async () => {
    const [photo, , again] = [use('photo'), use('voice'), use('photo')];
    expect(photo.address.value).toEqual({ state: 'asking' });
    await answered();
    expect(world.asked).toEqual([
      { type: 'access', conversationId: 'marta', entryIds: ['photo', 'voice'] },
    ]);
    expect(photo.address.value).toMatchObject({ state: 'ready', url: '/media/photo-1' });
    expect(again.address.value).toEqual(photo.address.value);
  });

  it('travel in calls of their own where there are many, and by conversation', async () => {
    for (let n = 0; n <= ACCESS_LIMIT; n += 1) use(`photo${n}`);
    use('photo', 'ivan');
    await answered();
    expect(
      world.asked.map((call) => [call.conversationId, 'entryIds' in call && call.entryIds.length]),
    ).toEqual([
      ['marta', ACCESS_LIMIT],
      ['marta', 1],
      ['ivan', 1],
    ]);
  });

  it('are remembered until shortly before their end', async () => {
    use('photo');
    await answered();
    vi.advanceTimersByTime(HOUR - BEFORE_END - 1);
    expect(use('photo').fresh()).toBe(true);
    await answered();
    expect(world.asked).toHaveLength(1);
    const late = use('photo');
    expect(late.fresh()).toBe(false);
    await answered();
    expect(late.address.value).toMatchObject({ url: '/media/photo-2' });
  });

  it('stay while a new one is asked for', async () => {
    const photo = use('photo');
    await answered();
    const renewed = photo.renew();
    expect(photo.address.value).toMatchObject({ url: '/media/photo-1' });
    await answered();
    await renewed;
    expect(photo.address.value).toMatchObject({ url: '/media/photo-2' });
  });

  it('that are none of ours are not used', async () => {
    world.answer = () => ({
      code: 'ok',
      until: Date.now() + HOUR,
      addresses: { photo: 'https://elsewhere.example/media/a' },
    });
    const [photo, missing] = [use('photo'), use('missing')];
    await answered();
    for (const { address } of [photo, missing])
      expect(address.value).toEqual({ state: 'refused', code: 'not-found' });
  });

  it('come with that of a small picture where there is one of ours', async () => {
    world.answer = (command) => ({
      ...allStored(command),
      thumbnails: { photo: '/media/photo?of=thumbnail', other: 'https://elsewhere.example/' },
    });
    const [photo, other] = [use('photo'), use('other')];
    await answered();
    expect(photo.address.value).toMatchObject({ small: '/media/photo?of=thumbnail' });
    expect(other.address.value).toMatchObject({ state: 'ready', small: undefined });
  });

  it('are asked for again when the connection is back, and not where they were refused', async () => {
    world.answer = () => ({ code: 'offline', retryable: true });
    const photo = use('photo');
    await answered();
    expect(photo.address.value).toEqual({ state: 'refused', code: 'offline' });
    world.truth.value = 'offline';
    await nextTick();
    world.answer = () => ({ code: 'not-permitted', retryable: false });
    world.truth.value = 'live';
    await nextTick();
    await answered();
    expect(photo.address.value).toEqual({ state: 'refused', code: 'not-permitted' });
    world.truth.value = 'behind';
    await nextTick();
    await answered();
    expect(world.asked).toHaveLength(2);
  });

  it('are forgotten with the session, also those that are just being asked for', async () => {
    const before = use('photo');
    world.endSession();
    await answered();
    expect(world.asked).toEqual([]);
    expect(before.address.value).toEqual({ state: 'asking' });
    use('photo');
    await answered();
    expect(world.asked).toHaveLength(1);
  });
});

describe('Media that was given up', () => {
  it('is tried again, or it is said why not', async () => {
    expect(await retryMedia('marta', 'photo')).toBeNull();
    expect(world.asked).toEqual([{ type: 'retry', conversationId: 'marta', entryId: 'photo' }]);
    world.answer = () => ({ code: 'not-permitted', retryable: false });
    expect(await retryMedia('marta', 'photo')).toBe('not-permitted');
  });
});

describe('An address', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [206, true],
    [200, true],
    [403, false],
    [503, false],
  ])('that answers %i is there: %s', async (status, there) => {
    vi.stubGlobal('fetch', async () => new Response('x', { status }));
    expect(await isThere('/media/photo')).toBe(there);
  });

  it('that does not answer is not there', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await isThere('/media/photo')).toBe(false);
  });
});
