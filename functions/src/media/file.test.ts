import { mediaPath, type Media } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { nodeHash } from '../adapters/hash.ts';
import type { Ports } from '../ports.ts';
import { memoryStore } from '../seeding/memory-store.ts';
import { addressOf } from './address.ts';
import { disposition, mediaFile, readRange, type FileAnswer } from './file.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 1);
const FILE = Buffer.from('0123456789');

const aTask = (over: Partial<Media> = {}) => ({
  conversationId: 'c1',
  entryId: 'e1',
  channelId: '100',
  type: 'image',
  metaId: '42',
  state: 'stored',
  mimeType: 'image/jpeg',
  size: FILE.length,
  ...over,
});

function aServer(task: object | null = aTask(), keys: readonly string[] = ['key']) {
  const store = memoryStore();
  if (task) store.apply([{ op: 'create', path: mediaPath('e1'), data: { ...task } }]);
  const hash = nodeHash({ get: () => Promise.resolve(keys) });
  let now = NOW;
  const ports = {
    store,
    hash,
    clock: { now: () => now },
    log: { error: () => undefined },
    media: {
      open: async (_: string, { start, end }: { start: number; end: number }) =>
        (async function* () {
          yield FILE.subarray(start, end + 1);
        })(),
    },
  } as unknown as Ports;
  return {
    hash,
    wait: (ms: number) => void (now += ms),
    get: (url: string, range?: string, method = 'GET') => mediaFile(ports, { method, url, range }),
    address: () => addressOf(hash, { mediaId: 'e1', uid: 'jonas' }, now),
  };
}

const textOf = async ({ body }: FileAnswer): Promise<string> => {
  if (body === null || typeof body === 'string') return body ?? '';
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe('a file at its address', () => {
  it('is whole, of the type that its bytes have, and can run nothing', async () => {
    const server = aServer();
    const answer = await server.get(await server.address());
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '10',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    expect(await textOf(answer)).toBe('0123456789');
  });

  it('is a part where a part is asked for', async () => {
    const server = aServer();
    const answer = await server.get(await server.address(), 'bytes=2-4');
    expect(answer.status).toBe(206);
    expect(answer.headers).toMatchObject({
      'content-range': 'bytes 2-4/10',
      'content-length': '3',
    });
    expect(await textOf(answer)).toBe('234');
  });

  it('has no part behind its end', async () => {
    const server = aServer();
    const answer = await server.get(await server.address(), 'bytes=10-');
    expect(answer).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
  });

  it('has its head alone where that is asked for, and takes nothing', async () => {
    const server = aServer();
    const address = await server.address();
    expect(await server.get(address, undefined, 'HEAD')).toMatchObject({ status: 200, body: null });
    expect(await server.get(address, undefined, 'POST')).toMatchObject({ status: 405 });
  });

  it('is for saving where a browser must not show it', async () => {
    const server = aServer(aTask({ mimeType: 'application/pdf', filename: 'invoice.pdf' }));
    const answer = await server.get(await server.address());
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="invoice.pdf"/);
  });

  it('is kept by a browser no longer than its address works', async () => {
    const server = aServer();
    const address = await server.address();
    const { headers } = await server.get(address);
    const age = Number(/max-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1]);
    server.wait(age * 1_000);
    expect((await server.get(address)).status).toBe(410);
  });
});

describe('an address', () => {
  it.each([
    ['another media', (url: string) => url.replace('/e1', '/e2')],
    ['another person', (url: string) => url.replace('for=jonas', 'for=ana')],
    ['a later time', (url: string) => url.replace(/until=\d+/, `until=${NOW + 86_400_000}`)],
    [
      'another signature',
      (url: string) =>
        url.replace(/signature=(.)/, (_, one) => `signature=${one === '_' ? '-' : '_'}`),
    ],
    ['no signature', (url: string) => url.replace(/&signature=.*/, '')],
    ['no time', (url: string) => url.replace(/&until=\d+/, '')],
    ['a path inside', (url: string) => url.replace('/e1', '/../e1')],
  ])('is worth nothing with %s', async (_, change) => {
    const server = aServer();
    expect(await server.get(change(await server.address()))).toMatchObject({ status: 403 });
  });

  it('leads to nothing where there is nothing yet, or nothing any more', async () => {
    for (const task of [null, aTask({ state: 'retrying' }), aTask({ size: 0 })]) {
      const server = aServer(task);
      expect(await server.get(await server.address())).toMatchObject({ status: 404 });
    }
  });

  it('still works while its key is being changed', async () => {
    const before = await aServer(aTask(), ['old']).address();
    expect(await aServer(aTask(), ['new', 'old']).get(before)).toMatchObject({ status: 200 });
    expect(await aServer(aTask(), ['new']).get(before)).toMatchObject({ status: 403 });
  });
});

describe('a range', () => {
  it.each([
    [undefined, 0, 9, false],
    ['bytes=0-0', 0, 0, true],
    ['bytes=4-', 4, 9, true],
    ['bytes=-3', 7, 9, true],
    ['bytes=-30', 0, 9, true],
    ['bytes=8-400', 8, 9, true],
    ['bytes=1-2,4-5', 0, 9, false],
    ['lines=1-2', 0, 9, false],
    ['bytes=-', 0, 9, false],
  ])('%s is %i to %i', (header, start, end, partial) => {
    expect(readRange(header, 10)).toEqual({ start, end, partial });
  });

  it.each(['bytes=10-', 'bytes=5-4', 'bytes=-0'])('%s is none', (header) => {
    expect(readRange(header, 10)).toBeNull();
  });
});

describe('the name of a file', () => {
  it('breaks no header and leads to no folder', () => {
    const name = disposition('attachment', '../a"b\r\nX: y\u0000.pdf');
    expect(name).not.toMatch(/[\r\n\u0000]|\//);
    expect(name.match(/"/g)).toHaveLength(2);
  });

  it('turns no letters around: what looks like a picture is none', () => {
    expect(disposition('attachment', 'photo\u202Egpj.exe')).toContain('filename="photogpj.exe"');
  });

  it('keeps its letters, in any script', () => {
    expect(disposition('attachment', 'Fatura nº 7 (março).pdf')).toBe(
      `attachment; filename="Fatura n_ 7 (mar_o).pdf"; filename*=UTF-8''Fatura%20n%C2%BA%207%20%28mar%C3%A7o%29.pdf`,
    );
  });
});
