import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agentPath, entryPath, mediaPath } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import {
  bringMedia,
  folderMedia,
  httpMedia,
  media as mediaCall,
  mediaFile,
  type Bytes,
  type MediaStore,
} from '@switchboard/functions/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMetaMedia, type MetaMedia } from '../support/meta-media.ts';
import { aNoise } from '../support/pictures.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aWorld, type World } from '../support/world.ts';

const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a4649460001', 'hex'),
  Buffer.alloc(200_000, 7),
]);
const MINUTE = 60_000;

let meta: MetaMedia;
let folder: string;
beforeEach(async () => {
  meta = await aMetaMedia();
  folder = await mkdtemp(path.join(tmpdir(), 'switchboard-media-'));
});
afterEach(async () => {
  await meta.close();
  await rm(folder, { recursive: true });
});

const aMediaWorld = (media: MediaStore = folderMedia(folder)): Promise<World> =>
  aWorld({
    media,
    source: httpMedia(
      { graphUrl: meta.url, graphVersion: 'v24.0', mediaHosts: ['127.0.0.1'], emulated: true },
      { get: () => Promise.resolve(['token']) },
    ),
  });

interface Arrived {
  readonly conversationId: string;
  readonly entryId: string;
}

/** A customer sends a photo; the entry that came of it. */
async function sendPhoto(world: World, image: object): Promise<Arrived> {
  const { text: _, ...bare } = aText('');
  const message = { ...bare, type: 'image', image: { caption: 'Here it leaks', ...image } };
  expect(await world.post(aDelivery({ contacts: [aSender()], messages: [message] }))).toBe(200);
  const [conversation] = await world.all('conversations');
  const conversationId = conversation?.id ?? '';
  const entry = (await world.timeline(conversationId)).find(
    ({ data }) => data['wamid'] === message.id,
  );
  return { conversationId, entryId: entry?.id ?? '' };
}

const shown = async (world: World, { conversationId, entryId }: Arrived) =>
  (await world.get(entryPath(conversationId, entryId)))?.['media'];

const hire = (world: World, uid: string, team: string) =>
  world.db.doc(agentPath(uid)).set({ ...anAgent({ teams: [team] }) });
const caller = (uid: string, team: string) => ({
  uid,
  token: { r: 'agent', t: [team], all: false },
});

describe('media that a customer sends', () => {
  it('is shown as on its way at once, and is ours a moment later', async () => {
    const world = await aMediaWorld();
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    expect(await shown(world, photo)).toEqual({ id: photo.entryId, state: 'pending' });
    await world.settle();
    expect(await shown(world, photo)).toEqual({
      id: photo.entryId,
      state: 'stored',
      mimeType: 'image/jpeg',
      size: JPEG.length,
    });
  });

  it('is brought once where a delivery comes twice and two tasks run beside a sweep', async () => {
    const world = await aMediaWorld();
    const image = meta.add('42', JPEG, 'image/jpeg');
    const photo = await sendPhoto(world, image);
    await Promise.all([
      bringMedia(world.ports, photo.entryId),
      bringMedia(world.ports, photo.entryId),
      world.sweep(),
    ]);
    expect(await shown(world, photo)).toMatchObject({ state: 'stored' });
    expect(meta.asked.open).toBe(1);
    await world.settle();
    expect(meta.asked.open).toBe(1);
  });

  it('is asked for by the sweep where its task was lost', async () => {
    const world = await aMediaWorld();
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    world.loseTasks();
    await world.sweep();
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored' });
  });

  it('never costs the message: a queue that is down is made good by the sweep', async () => {
    const tasks = {
      drain: () => Promise.resolve(),
      bringMedia: () => Promise.reject(new Error('no queue')),
      sweep: () => Promise.resolve(),
    };
    const world = await aWorld({
      tasks,
      media: folderMedia(folder),
      source: httpMedia(
        { graphUrl: meta.url, graphVersion: 'v24.0', mediaHosts: ['127.0.0.1'], emulated: true },
        { get: () => Promise.resolve(['token']) },
      ),
    });
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    expect(await shown(world, photo)).toMatchObject({ state: 'pending' });
    await world.sweep();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored' });
  });

  it.each([
    ['Meta answers with a fault', { at: 'find', status: 500 }, 'unreachable'],
    [
      'Meta refuses the token',
      { at: 'find', status: 401, body: { error: { code: 190 } } },
      'refused',
    ],
    ['the address has run out', { at: 'open', status: 404 }, 'unreachable'],
    ['the bytes break off', { at: 'open', breaksOff: true }, 'unreachable'],
    ['the bytes are others', { at: 'open', bytes: Buffer.from('other') }, 'corrupt'],
    ['there are no bytes', { at: 'open', bytes: Buffer.alloc(0) }, 'corrupt'],
  ] as const)('comes all the same where first %s', async (_, fault, failure) => {
    const world = await aMediaWorld();
    meta.fail(fault);
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'retrying', failure });
    expect(await readdir(folder).catch(() => [])).toEqual([]);
    await world.sweep();
    await world.settle();
    expect(await shown(world, photo)).toEqual({
      id: photo.entryId,
      state: 'stored',
      mimeType: 'image/jpeg',
      size: JPEG.length,
    });
  });

  it('comes where the process that was at it died: after its claim somebody else brings it', async () => {
    let dies = true;
    const real = folderMedia(folder);
    const dying: MediaStore = {
      ...real,
      // The first process never comes back from here.
      put: (id, bytes) => (dies ? new Promise<void>(() => undefined) : real.put(id, bytes)),
    };
    const world = await aMediaWorld(dying);
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    void bringMedia(world.ports, photo.entryId);
    await expect.poll(() => meta.asked.open).toBe(1);
    dies = false;
    await world.sweep();
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'pending' });
    world.move(11 * MINUTE);
    await world.sweep();
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored' });
  });

  it('is said not to have been kept where our own store did not take it, and comes when it does', async () => {
    let full = true;
    const real = folderMedia(folder);
    const world = await aMediaWorld({
      ...real,
      put: (id, bytes) => (full ? Promise.reject(new Error('full')) : real.put(id, bytes)),
    });
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'retrying', failure: 'not-kept' });
    full = false;
    await world.sweep();
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored' });
  });

  it('has expired where Meta has it no longer', async () => {
    const world = await aMediaWorld();
    const photo = await sendPhoto(world, { id: 'unknown', mime_type: 'image/jpeg' });
    await world.settle();
    expect(await shown(world, photo)).toEqual({
      id: photo.entryId,
      state: 'expired',
      failure: 'gone',
    });
  });

  it('is said to be missing where Meta handed nothing over', async () => {
    const world = await aMediaWorld();
    const photo = await sendPhoto(world, { mime_type: 'image/jpeg' });
    expect(await shown(world, photo)).toMatchObject({ state: 'failed', failure: 'no-id' });
    expect(await world.get(mediaPath(photo.entryId))).toBeNull();
  });
});

describe('the small picture of a photo', () => {
  /** A photo of many bytes. */
  const large = () => aNoise(1_200, 900);
  const textOf = async (url: string, world: World) =>
    mediaFile(world.ports, { method: 'GET', url, range: undefined });
  const ask = (world: World, { conversationId, entryId }: Arrived) =>
    mediaCall(world.ports, caller('jonas', 'support'), {
      type: 'access',
      conversationId,
      entryIds: [entryId],
    });

  it('has an address of its own, and the entry says how large the photo is', async () => {
    const world = await aMediaWorld();
    await hire(world, 'jonas', 'support');
    const photo = await sendPhoto(world, meta.add('42', large(), 'image/png'));
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored', width: 1_200, height: 900 });
    const answer = await ask(world, photo);
    const url = answer.code === 'ok' ? (answer.thumbnails?.[photo.entryId] ?? '') : '';
    const small = await textOf(url, world);
    expect(small).toMatchObject({ status: 200, headers: { 'content-type': 'image/webp' } });
    // Neither address is good for the other.
    expect((await textOf(url.replace('&of=thumbnail', ''), world)).status).toBe(403);
    const whole = answer.code === 'ok' ? (answer.addresses[photo.entryId] ?? '') : '';
    expect((await textOf(`${whole}&of=thumbnail`, world)).status).toBe(403);
  });

  it('is missing where none can be made, and the photo is there all the same', async () => {
    const world = await aMediaWorld();
    await hire(world, 'jonas', 'support');
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    expect(await ask(world, photo)).toMatchObject({
      addresses: { [photo.entryId]: expect.stringContaining('/media/') },
      thumbnails: {},
    });
  });

  it('that our store does not take costs nothing but itself', async () => {
    const real = folderMedia(folder);
    const world = await aMediaWorld({
      ...real,
      put: (id, bytes) =>
        id.endsWith('-thumbnail') ? Promise.reject(new Error('full')) : real.put(id, bytes),
    });
    const photo = await sendPhoto(world, meta.add('42', large(), 'image/png'));
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored', mimeType: 'image/png' });
  });
});

describe('who gets at it', () => {
  const access = (world: World, photo: Arrived, uid: string, team: string) =>
    mediaCall(world.ports, caller(uid, team), {
      type: 'access',
      conversationId: photo.conversationId,
      entryIds: [photo.entryId],
    });

  it('is whoever may read the conversation, byte for byte', async () => {
    const world = await aMediaWorld();
    await hire(world, 'jonas', 'support');
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    const answer = await access(world, photo, 'jonas', 'support');
    const url = answer.code === 'ok' ? (answer.addresses[photo.entryId] ?? '') : '';
    const file = await mediaFile(world.ports, { method: 'GET', url, range: undefined });
    expect(file.status).toBe(200);
    const pieces: Uint8Array[] = [];
    for await (const piece of file.body as Bytes) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(JPEG)).toBe(true);
  });

  it('is nobody of another team', async () => {
    const world = await aMediaWorld();
    await hire(world, 'omar', 'sales');
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    expect(await access(world, photo, 'omar', 'sales')).toMatchObject({ code: 'not-permitted' });
  });

  it('is nobody by way of another conversation that they may read', async () => {
    const world = await aMediaWorld();
    await hire(world, 'jonas', 'support');
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    const ask = {
      contacts: [aSender('15550009999', 'Somebody else')],
      messages: [aText('Hello', { from: '15550009999' })],
    };
    await world.post(aDelivery(ask));
    const other = (await world.all('conversations')).find(({ id }) => id !== photo.conversationId);
    const answer = await access(
      world,
      { conversationId: other?.id ?? '', entryId: photo.entryId },
      'jonas',
      'support',
    );
    expect(answer).toMatchObject({ code: 'ok', addresses: {} });
  });

  it('gets no address of what is not there yet, and may have what was given up tried again', async () => {
    const world = await aMediaWorld();
    await hire(world, 'jonas', 'support');
    meta.fail(
      ...Array.from({ length: 4 }, () => ({ at: 'open', bytes: Buffer.from('x') }) as const),
    );
    const photo = await sendPhoto(world, meta.add('42', JPEG, 'image/jpeg'));
    await world.settle();
    for (let tries = 0; tries < 3; tries += 1) {
      world.move(60 * MINUTE);
      await world.sweep();
      await world.settle();
    }
    expect(await shown(world, photo)).toMatchObject({ state: 'failed', failure: 'corrupt' });
    expect(await access(world, photo, 'jonas', 'support')).toMatchObject({ addresses: {} });
    const { conversationId, entryId } = photo;
    const again = { type: 'retry', conversationId, entryId };
    expect(await mediaCall(world.ports, caller('jonas', 'support'), again)).toMatchObject({
      code: 'ok',
    });
    await world.settle();
    expect(await shown(world, photo)).toMatchObject({ state: 'stored' });
  });
});
