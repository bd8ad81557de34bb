import { UPLOAD_PART, type MediaCommand } from '@switchboard/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import type { MediaResult } from './callables.ts';
import { PAUSES, STALLED_AFTER, uploadFile, type UploadResult } from './uploads.ts';

const ID = 'a'.repeat(32);
const SIZE = UPLOAD_PART * 2 + 100;

/** A server that keeps parts as ours does, and may lose what is asked of it. */
interface Server {
  offline: boolean;
  truth: { value: string };
  parts: Set<number>;
  /** What was asked: `begin`, or the part that was sent with its number of bytes. */
  asked: string[];
  /** What happens to the next parts instead of their being kept. */
  fates: ('drop' | 'lose-answer' | 'expired' | 'gone' | 'bad' | 'page' | 'hang')[];
  refusals: MediaResult[];
  address: number;
}
const server = vi.hoisted((): Server => ({
  offline: false,
  truth: { value: 'live' },
  parts: new Set(),
  asked: [],
  fates: [],
  refusals: [],
  address: 0,
}));
vi.mock('./connection.ts', () => ({
  isOffline: () => server.offline,
  useConnection: () => ({ truth: server.truth }),
}));
vi.mock('./callables.ts', () => ({
  media: async (command: MediaCommand): Promise<MediaResult> => {
    if (command.type !== 'upload') throw new Error('Only an upload is begun here.');
    server.asked.push('begin');
    const refused = server.refusals.shift();
    if (refused) return refused;
    server.address += 1;
    const addresses = {
      [command.mediaId]: `/upload/${command.mediaId}?signature=${server.address}`,
    };
    return { code: 'ok', addresses, until: 0, next: next() };
  },
}));

const next = (): number => [0, 1, 2].find((part) => !server.parts.has(part)) ?? 3;

function keep(part: number): object {
  server.parts.add(part);
  const whole = next() === 3 ? { media: { mimeType: 'video/mp4', size: SIZE } } : {};
  return { code: 'ok', next: next(), ...whole };
}

/** What the server says to a part; `null` where nobody hears it, `undefined` where it never answers. */
function answerTo(part: number): string | null | undefined {
  switch (server.fates.shift()) {
    case 'drop':
      return null;
    case 'lose-answer':
      keep(part);
      return null;
    case 'expired':
      return JSON.stringify({ code: 'refused' });
    case 'gone':
      server.parts.clear();
      return JSON.stringify({ code: 'gone' });
    case 'bad':
      return JSON.stringify({ code: 'bad-part' });
    case 'page':
      return '<html>Bad gateway</html>';
    case 'hang':
      return undefined;
    case undefined:
      return JSON.stringify(keep(part));
  }
}

class FakeRequest extends EventTarget {
  readonly upload = new EventTarget();
  responseText = '';
  #url = '';
  open(method: string, url: string): void {
    this.#url = `${method} ${url}`;
  }
  abort(): void {
    this.dispatchEvent(new Event('loadend'));
  }
  send(body: Blob): void {
    const part = Number(/^PUT \/upload\/.*&part=(\d)$/.exec(this.#url)?.[1]);
    server.asked.push(`${part}:${body.size}`);
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: body.size / 2 }));
    const answer = answerTo(part);
    if (answer === undefined) return;
    this.responseText = answer ?? '';
    queueMicrotask(() => this.dispatchEvent(new Event('loadend')));
  }
}

const file = new File([new Uint8Array(SIZE)], 'leak.mp4', { type: 'video/mp4' });
const done: UploadResult = {
  ok: true,
  media: { id: ID, state: 'stored', mimeType: 'video/mp4', size: SIZE },
};

let stop: AbortController;
let progress: number[];
const begin = () =>
  uploadFile(
    { conversationId: 'marta', mediaId: ID, file },
    (bytes) => progress.push(bytes),
    stop.signal,
  );
/** As `begin`, with all pauses over. */
async function uploaded(): Promise<UploadResult> {
  const result = begin();
  await vi.advanceTimersByTimeAsync(PAUSES.reduce((sum, ms) => sum + ms, 0) * 3);
  return result;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  Object.assign(server, { offline: false, truth: ref('live'), parts: new Set(), address: 0 });
  Object.assign(server, { asked: [], fates: [], refusals: [] });
  stop = new AbortController();
  progress = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const WHOLE = [`0:${UPLOAD_PART}`, `1:${UPLOAD_PART}`, '2:100'];

describe('Uploading a file', () => {
  it('sends its parts in order, and says how far it is', async () => {
    expect(await uploaded()).toEqual(done);
    expect(server.asked).toEqual(['begin', ...WHOLE]);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect([progress[0], progress.at(-1)]).toEqual([0, SIZE]);
  });

  it('asks where to go on when a part is lost', async () => {
    server.fates = ['drop'];
    expect(await uploaded()).toEqual(done);
    expect(server.asked).toEqual(['begin', WHOLE[0], 'begin', ...WHOLE]);
  });

  it('sends no part again whose answer alone was lost', async () => {
    server.fates = ['lose-answer'];
    expect(await uploaded()).toEqual(done);
    expect(server.asked).toEqual(['begin', WHOLE[0], 'begin', WHOLE[1], WHOLE[2]]);
  });

  it('hears the end by the last part once more, where its answer was lost', async () => {
    server.parts = new Set([0, 1]);
    server.fates = ['lose-answer'];
    expect(await uploaded()).toEqual(done);
    expect(server.asked).toEqual(['begin', WHOLE[2], 'begin', WHOLE[2]]);
  });

  it('goes on at a new address when the old one is over', async () => {
    server.parts = new Set([0]);
    server.fates = ['expired'];
    expect(await uploaded()).toEqual(done);
    expect(server.asked).toEqual(['begin', WHOLE[1], 'begin', WHOLE[1], WHOLE[2]]);
    expect(server.address).toBe(2);
  });

  it('begins anew where nothing of it is left', async () => {
    server.parts = new Set([0, 1]);
    server.fates = ['gone'];
    expect(await uploaded()).toEqual(done);
    expect(server.asked).toEqual(['begin', WHOLE[2], 'begin', ...WHOLE]);
  });

  it('takes a page in the place of an answer, or no answer, for a loss', async () => {
    server.fates = ['page', 'hang'];
    const result = begin();
    await vi.advanceTimersByTimeAsync(STALLED_AFTER + 10_000);
    expect(await result).toEqual(done);
    expect(server.asked).toEqual(['begin', WHOLE[0], 'begin', WHOLE[0], 'begin', ...WHOLE]);
  });

  it('gives up when nothing moves for all its pauses', async () => {
    server.fates = Array.from({ length: 20 }, () => 'drop');
    expect(await uploaded()).toEqual({ ok: false, code: 'unknown' });
    expect(server.asked).toHaveLength(2 * (PAUSES.length + 1));
  });

  it('tells a refusal at once, and waits out one that passes', async () => {
    server.refusals = [{ code: 'busy', retryable: true }];
    expect(await uploaded()).toEqual(done);
    server.refusals = [{ code: 'not-holder', retryable: false }];
    expect(await uploaded()).toEqual({ ok: false, code: 'not-holder' });
  });

  it('tells when what was sent is not what was begun', async () => {
    server.fates = ['bad'];
    expect(await uploaded()).toEqual({ ok: false, code: 'bad-input' });
  });

  it('waits for the connection, and goes on by itself', async () => {
    server.offline = true;
    const result = begin();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(server.asked).toEqual([]);
    server.offline = false;
    server.truth.value = 'behind';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await result).toEqual(done);
  });

  it('stops at once when it is cancelled, wherever it is', async () => {
    server.fates = ['hang'];
    const sending = begin();
    await vi.advanceTimersByTimeAsync(10);
    stop.abort();
    expect(await sending).toEqual({ ok: false, code: 'cancelled' });
    stop = new AbortController();
    server.offline = true;
    const waiting = begin();
    stop.abort();
    expect(await waiting).toEqual({ ok: false, code: 'cancelled' });
  });
});
