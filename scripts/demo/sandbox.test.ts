import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, mediaSchema, type Media } from '@switchboard/domain';
import { bringMedia, folderMedia, httpMedia } from '@switchboard/functions/testing';
import { startSandbox, type Sandbox } from '@switchboard/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { FILES } from './files.ts';
import { fillSandbox, giveFiles } from './sandbox.ts';
import { playDemo, type Demo } from './workspace.ts';

const START = Date.UTC(2026, 10, 23, 14, 6, 12);
const TOKEN = 'test-access-token';

let folder: string;
let sandbox: Sandbox;
let demo: Demo;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchboard-demo-media-'));
  sandbox = await startSandbox({ port: 0, accessToken: TOKEN });
  demo = await playDemo(START, path.join(folder, 'secrets.json'));
  await giveFiles(sandbox.url);
  await fillSandbox(sandbox.url, demo.customers);
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

const allMedia = (): readonly Media[] =>
  [...demo.past.store.documents()]
    .filter(([where]) => where.startsWith(`${COLLECTIONS.media}/`))
    .map(([, data]) => v.parse(mediaSchema, data));

describe('the sandbox of the demo', () => {
  it('hands over every file that a customer sent, as what it is', async () => {
    const { ports, setHour } = demo.past.thread('sweep', {
      send: () => Promise.resolve({ kind: 'lost' }),
    });
    setHour(START);
    const media = folderMedia(path.join(folder, 'media'));
    const source = httpMedia(
      { graphUrl: sandbox.url, graphVersion: 'v24.0', mediaHosts: ['127.0.0.1'], emulated: true },
      { get: () => Promise.resolve([TOKEN]) },
    );
    for (const { entryId } of allMedia()) await bringMedia({ ...ports, media, source }, entryId);
    for (const { metaId, state, mimeType, size } of allMedia()) {
      const file = [...FILES.values()].find(({ id }) => id === metaId)!;
      const plain = file.mimeType.split(';')[0];
      expect({ state, mimeType, size }).toEqual({
        state: 'stored',
        mimeType: plain,
        size: file.bytes.length,
      });
    }
  });
});
