import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { deleteApp, initializeApp, type App } from 'firebase-admin/app';
import { getStorage } from 'firebase-admin/storage';
import {
  bucketMedia,
  folderMedia,
  type Bucket,
  type Bytes,
  type MediaStore,
} from '@switchboard/functions/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCloudStorage } from '../support/cloud-storage.ts';

const MIB = 1024 * 1024;
/** More than an upload to the bucket sends at once, twice. */
const LARGE = 20 * MIB;

/** Bytes that differ from place to place and, by `seed`, from each other. */
function bytesOf(size: number, seed = 0): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 1) bytes[at] = at * 31 + (at >> 8) * 17 + seed;
  return bytes;
}

async function* inPieces(bytes: Buffer): Bytes {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** The same, and then no end but an error. */
async function* brokenOff(bytes: Buffer): Bytes {
  yield* inPieces(bytes);
  throw new Error('broken off');
}

const read = async (store: MediaStore, id: string, start: number, end: number) => {
  const bytes = await store.open(id, { start, end });
  return bytes === null ? null : Buffer.concat(await Readable.from(bytes).toArray());
};

const readWhole = (store: MediaStore, id: string, { length }: Buffer) =>
  read(store, id, 0, length - 1);

/** A difference of megabytes is not worth printing. */
const expectSame = (found: Buffer | null, expected: Buffer): void => {
  expect(found?.length).toBe(expected.length);
  expect(found?.equals(expected)).toBe(true);
};

/** What the port promises, whoever keeps the bytes. */
function keepsMedia(store: () => MediaStore): void {
  it('gives back what was put, whole or the part that is asked for', async () => {
    const bytes = bytesOf(100_000);
    await store().put('parts', inPieces(bytes));
    expectSame(await readWhole(store(), 'parts', bytes), bytes);
    expectSame(await read(store(), 'parts', 0, 0), bytes.subarray(0, 1));
    expectSame(await read(store(), 'parts', 99_999, 99_999), bytes.subarray(99_999));
    expectSame(await read(store(), 'parts', 40_000, 70_000), bytes.subarray(40_000, 70_001));
  });

  it('keeps a single byte, and none', async () => {
    await store().put('one', inPieces(bytesOf(1, 7)));
    await store().put('none', inPieces(bytesOf(0)));
    expect(await read(store(), 'one', 0, 0)).toEqual(bytesOf(1, 7));
  });

  it('keeps 20 MB', async () => {
    const bytes = bytesOf(LARGE);
    await store().put('large', inPieces(bytes));
    expectSame(await readWhole(store(), 'large', bytes), bytes);
    expectSame(
      await read(store(), 'large', 8 * MIB - 10, 16 * MIB + 10),
      bytes.subarray(8 * MIB - 10, 16 * MIB + 11),
    );
  });

  it('has nothing under an id that nothing was put under', async () => {
    expect(await read(store(), 'nothing', 0, 0)).toBeNull();
  });

  it('replaces what was there, also by less', async () => {
    const bytes = bytesOf(500, 1);
    await store().put('replaced', inPieces(bytesOf(100_000)));
    await store().put('replaced', inPieces(bytes));
    expect(await read(store(), 'replaced', 0, 99_999)).toEqual(bytes);
  });

  it.each([0, 1, 100_000, 8 * MIB, 9 * MIB])(
    'has nothing of bytes that break off after %i',
    async (size) => {
      const put = store().put(`broken-${size}`, brokenOff(bytesOf(size)));
      await expect(put).rejects.toThrow('broken off');
      expect(await read(store(), `broken-${size}`, 0, 0)).toBeNull();
    },
  );

  it.each([0, 1, 100_000, 8 * MIB, 9 * MIB])(
    'keeps what was there where the next bytes break off after %i',
    async (size) => {
      const [id, old] = [`kept-${size}`, bytesOf(70_000, 1)];
      await store().put(id, inPieces(old));
      await expect(store().put(id, brokenOff(bytesOf(size)))).rejects.toThrow('broken off');
      expectSame(await readWhole(store(), id, old), old);
    },
  );

  it('keeps one of two that are put at once, whole', async () => {
    const both = [bytesOf(300_000, 1), bytesOf(300_000, 2)];
    await Promise.all(both.map((bytes) => store().put('twice', inPieces(bytes))));
    const found = await readWhole(store(), 'twice', both[0]!);
    expect(both.some((bytes) => found?.equals(bytes))).toBe(true);
  });

  it('lets a reader leave early, and goes on for all others', async () => {
    const bytes = bytesOf(LARGE);
    await store().put('left', inPieces(bytes));
    const range = { start: 0, end: LARGE - 1 };
    const [stays, leaves] = await Promise.all([
      store().open('left', range),
      store().open('left', range),
    ]);
    const staying = Readable.from(stays!);
    await once(staying, 'readable');
    for await (const piece of leaves!) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expectSame(Buffer.concat(await staying.toArray()), bytes);
  });

  it('lets a writer break off, and goes on for all others', async () => {
    const bytes = bytesOf(LARGE);
    const other = store().put('goes-on', inPieces(bytes));
    await expect(store().put('stops', brokenOff(bytesOf(9 * MIB)))).rejects.toThrow('broken off');
    await other;
    expectSame(await readWhole(store(), 'goes-on', bytes), bytes);
  });

  it.each(['../secret', 'a/b', '/etc/passwd', '..', 'a.b', 'a\0b', ''])(
    'refuses the id %j, which is a path',
    async (id) => {
      await expect(store().put(id, inPieces(bytesOf(1)))).rejects.toThrow('no path');
      await expect(store().open(id, { start: 0, end: 0 })).rejects.toThrow('no path');
    },
  );
}

describe('media in a folder', () => {
  let parent: string;
  const folder = () => path.join(parent, 'media');
  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'switchboard-media-'));
  });
  afterAll(() => rm(parent, { recursive: true }));

  keepsMedia(() => folderMedia(folder()));

  it('is for the eyes of its owner alone, and leaves no drafts behind', async () => {
    await folderMedia(folder()).put('private', inPieces(bytesOf(10)));
    const names = await readdir(folder());
    expect(names).toContain('private');
    expect(names.filter((name) => name.includes('.'))).toEqual([]);
    for (const place of ['', ...names])
      expect((await stat(path.join(folder(), place))).mode & 0o077).toBe(0);
  });
});

const BUCKET = 'media-stores';
const storage = await startCloudStorage(BUCKET);

describe('media in a bucket', () => {
  if (storage.url === null) {
    process.stdout.write(`Media in a bucket is not looked at: ${storage.why}.\n`);
    return it.skip(`is not looked at: ${storage.why}`);
  }
  const { url, stop } = storage;
  let app: App;
  let bucket: Bucket;
  beforeAll(() => {
    vi.stubEnv('FIREBASE_STORAGE_EMULATOR_HOST', new URL(url).host);
    app = initializeApp({ projectId: 'demo-media' }, 'media-stores');
    bucket = getStorage(app).bucket(BUCKET);
    // Firebase's emulator leaves out of its addresses what Cloud Storage has in them.
    bucket.storage.baseUrl = `${url}/storage/v1`;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await deleteApp(app);
    await stop();
  });

  keepsMedia(() =>
    bucketMedia(
      () => bucket,
      () => Promise.resolve('token'),
    ),
  );
});
