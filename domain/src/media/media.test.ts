import { describe, expect, it } from 'vitest';
import { MEDIA_FAILURES, MEDIA_STATES, MEDIA_TRANSITIONS, type Media } from '../documents/media.ts';
import { entryPath, mediaPath } from '../paths.ts';
import { NOW } from '../testing/index.ts';
import {
  ADDRESS_MS,
  addressUntil,
  beginMedia,
  claimMedia,
  decideBrought,
  decideMediaRetry,
  decidePictured,
  isPictured,
  type Brought,
} from './media.ts';

const PLACE = { conversationId: 'c1', channelId: '100' };
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const aMessage = (over: object = {}) => ({
  id: 'e1',
  type: 'image',
  content: { mediaId: '42', sha256: 'abc=', filename: undefined },
  receivedAt: NOW,
  ...over,
});

const aTask = (over: Partial<Media> = {}): Media => ({
  schemaVersion: 1,
  ...PLACE,
  entryId: 'e1',
  type: 'image',
  metaId: '42',
  sha256: null,
  filename: null,
  state: 'pending',
  tries: 0,
  retryAt: NOW,
  mimeType: null,
  size: null,
  width: null,
  height: null,
  thumbnail: null,
  failure: null,
  by: null,
  atMeta: null,
  expiresAt: null,
  ...over,
});

const STORED: Brought = { kind: 'stored', mimeType: 'image/jpeg', size: 7 };
const corrupt: Brought = { kind: 'failed', failure: 'corrupt' };
const unreachable: Brought = { kind: 'failed', failure: 'unreachable' };

/** The task as the writes leave it. */
const after = (task: Media, writes: ReturnType<typeof decideBrought>): Media => ({
  ...task,
  ...(writes.find(({ path }) => path === mediaPath('e1'))?.data as Partial<Media> | undefined),
});

/** The task in the hands of somebody who is at it. */
const claimed = (task: Media, now: number): Media => ({
  ...task,
  ...(claimMedia(task, now)?.[0]?.data as Partial<Media> | undefined),
});

describe('media of a message', () => {
  it('begins as a task in the commit of the entry, due at once', () => {
    const begun = beginMedia(aMessage(), PLACE);
    expect(begun?.media).toEqual({ id: 'e1', state: 'pending' });
    expect(begun?.writes).toMatchObject([
      { op: 'create', path: mediaPath('e1'), data: { metaId: '42', retryAt: NOW, sha256: 'abc=' } },
    ]);
  });

  it('is none where the message is none of media', () => {
    expect(beginMedia(aMessage({ type: 'location' }), PLACE)).toBeNull();
  });

  it('has no task where Meta named nothing to ask for', () => {
    expect(beginMedia(aMessage({ content: undefined }), PLACE)).toEqual({
      media: { id: 'e1', state: 'failed', failure: 'no-id' },
      writes: [],
    });
  });
});

describe('a claim', () => {
  it('is given once: who comes after finds it taken until it runs out', () => {
    const task = aTask();
    const [claimed] = claimMedia(task, NOW) ?? [];
    const taken = { ...task, ...(claimed?.data as Partial<Media>) };
    expect(claimMedia(taken, NOW + 60 * SECOND)).toBeNull();
    expect(claimMedia(taken, NOW + 11 * 60 * SECOND)).not.toBeNull();
  });

  it.each(MEDIA_STATES.filter((state) => state !== 'pending' && state !== 'retrying'))(
    'is not given where media is %s',
    (state) => expect(claimMedia(aTask({ state }), NOW)).toBeNull(),
  );

  it('is not given before its time', () => {
    expect(claimMedia(aTask({ state: 'retrying', retryAt: NOW + 1 }), NOW)).toBeNull();
  });
});

describe('what was brought', () => {
  it('is said by the task and by the entry in one commit', () => {
    expect(decideBrought(aTask(), STORED, NOW)).toEqual([
      {
        op: 'update',
        path: mediaPath('e1'),
        data: {
          state: 'stored',
          retryAt: null,
          failure: null,
          mimeType: 'image/jpeg',
          size: 7,
        },
      },
      {
        op: 'update',
        path: entryPath('c1', 'e1'),
        data: { media: { id: 'e1', state: 'stored', mimeType: 'image/jpeg', size: 7 } },
      },
    ]);
  });

  it('is tried again after longer and longer pauses, for days and not for ever', () => {
    let task = aTask();
    let now = NOW;
    const pauses: number[] = [];
    while (task.state !== 'failed') {
      task = after(claimed(task, now), decideBrought(claimed(task, now), unreachable, now));
      if (task.retryAt === null || task.retryAt === undefined) break;
      pauses.push(task.retryAt - now);
      now = task.retryAt;
    }
    expect(task).toMatchObject({ state: 'failed', failure: 'unreachable', retryAt: null });
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses[0]).toBe(10 * SECOND);
    const whole = now - NOW;
    expect(whole).toBeGreaterThan(72 * HOUR);
    expect(whole).toBeLessThan(7 * 24 * HOUR);
  });

  it('is expired where Meta says that it has none, and nobody asks again by themselves', () => {
    const task = after(aTask(), decideBrought(aTask(), { kind: 'failed', failure: 'gone' }, NOW));
    expect(task).toMatchObject({ state: 'expired', retryAt: null });
    expect(claimMedia(task, NOW)).toBeNull();
  });

  it('counts a try that its process did not live to tell of', () => {
    expect(claimed(claimed(aTask(), NOW), NOW + HOUR).tries).toBe(2);
  });

  it.each(['too-large', 'foreign-host', 'no-id'] as const)(
    'is given up at once where it is %s',
    (failure) => {
      const task = after(aTask(), decideBrought(aTask(), { kind: 'failed', failure }, NOW));
      expect(task).toMatchObject({ state: 'failed', failure });
    },
  );

  it('is tried three times more where the bytes were wrong', () => {
    let task = aTask();
    for (let tries = 0; tries < 3; tries += 1) {
      task = { ...task, tries: tries + 1 };
      task = after(task, decideBrought(task, corrupt, NOW));
      expect(task.state).toBe('retrying');
    }
    task = { ...task, tries: 4 };
    expect(after(task, decideBrought(task, corrupt, NOW)).state).toBe('failed');
  });

  it('changes nothing where somebody else has brought it, whatever came of this try', () => {
    const stored = aTask({ state: 'stored', mimeType: 'image/jpeg', size: 7 });
    for (const failure of MEDIA_FAILURES)
      expect(decideBrought(stored, { kind: 'failed', failure }, NOW)).toEqual([]);
    expect(decideBrought(stored, STORED, NOW)).toEqual([]);
  });

  it('only moves along the table', () => {
    for (const state of MEDIA_STATES)
      for (const brought of [
        STORED,
        ...MEDIA_FAILURES.map((failure) => ({ kind: 'failed', failure }) as const),
      ]) {
        const task = aTask({ state });
        const end = after(task, decideBrought(task, brought, NOW)).state;
        expect([state, ...MEDIA_TRANSITIONS[state]]).toContain(end);
      }
  });
});

describe('a person who wants another try', () => {
  it('gets it from the beginning, at once', () => {
    const given = aTask({ state: 'failed', failure: 'unreachable', tries: 11, retryAt: null });
    const again = after(given, decideMediaRetry(given, NOW));
    expect(again).toMatchObject({ state: 'retrying', tries: 0, retryAt: NOW });
    expect(claimMedia(again, NOW)).not.toBeNull();
  });

  it('gets it too where Meta said that it has none: it says so where our token may not see it', () => {
    const gone = aTask({ state: 'expired', failure: 'gone', retryAt: null });
    expect(after(gone, decideMediaRetry(gone, NOW))).toMatchObject({ state: 'retrying' });
  });

  it.each(MEDIA_STATES.filter((state) => state !== 'failed' && state !== 'expired'))(
    'changes nothing where it is %s',
    (state) => {
      expect(decideMediaRetry(aTask({ state }), NOW)).toEqual([]);
    },
  );
});

describe('an address', () => {
  it('works for five to ten minutes and is the same for five', () => {
    const step = ADDRESS_MS / 2;
    const begins = Math.floor(NOW / step) * step;
    expect(addressUntil(begins)).toBe(begins + ADDRESS_MS);
    expect(addressUntil(begins + step - 1)).toBe(begins + ADDRESS_MS);
    expect(addressUntil(begins + step)).toBe(begins + step + ADDRESS_MS);
  });
});

describe('a picture that was looked at', () => {
  const photo = aTask({ state: 'stored', mimeType: 'image/jpeg', size: 7_000 });
  const pictured = { width: 1_200, height: 900, thumbnail: 3_000 };

  it('is known by its size, in its task and in its entry', () => {
    expect(decidePictured(photo, pictured)).toEqual([
      { op: 'update', path: mediaPath('e1'), data: pictured },
      {
        op: 'update',
        path: entryPath('c1', 'e1'),
        data: {
          media: {
            id: 'e1',
            state: 'stored',
            mimeType: 'image/jpeg',
            size: 7_000,
            width: 1_200,
            height: 900,
          },
        },
      },
    ]);
  });

  it('that a colleague uploads is known by its task alone: its entry may not be there yet', () => {
    const paths = decidePictured({ ...photo, by: 'jonas' }, pictured).map(({ path }) => path);
    expect(paths).toEqual([mediaPath('e1')]);
  });

  it('changes nothing where it is not stored', () => {
    expect(decidePictured(aTask({ state: 'retrying' }), pictured)).toEqual([]);
  });

  it.each([
    ['a photo', {}, true],
    ['a sticker', { type: 'sticker' }, false],
    ['a photo that is a page of text', { mimeType: 'text/html' }, false],
    ['a photo that is not there', { state: 'failed' }, false],
    ['a photo of more bytes than Meta hands over', { size: 17 * 1024 * 1024 }, false],
  ] as const)('is looked at where it is one: %s', (_, over, yes) => {
    expect(isPictured({ ...photo, ...over })).toBe(yes);
  });
});
