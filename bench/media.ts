/** Row of decision 20: what media costs the ingest, and how fast its bytes are brought. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { channelPath } from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import {
  bringMedia,
  drain,
  folderMedia,
  portsOn,
  sideBySide,
  webhook,
  type Ports,
} from '@switchboard/functions/testing';
import { DEMO_NUMBER } from '@switchboard/sandbox';
import { firstMessages, planBatches, type Batch } from './ceiling/batches.ts';
import type { Goal } from './lib/goals.ts';
import { measure, now, type Figure } from './lib/row.ts';
import { percentile } from './lib/stats.ts';
import { anImage, aText, signedBody, type ItemOf } from './webhook/requests.ts';

/** Messages of a round; each kind has one, turn about. */
const MESSAGES = 400;
/** Pairs of rounds before the first that counts. */
const WARM_UP = 2;
const FEWEST = 7;
/** Requests, and downloads, in one process's hands at the same time. */
const IN_FLIGHT = 4;
const BRINGING = 8;
/** A photo as phones send it, bytes. */
const PHOTO = Buffer.concat([Buffer.from('ffd8ffe000104a4649460001', 'hex'), randomBytes(150_000)]);

/** Receives batches and what their answers left over; messages a second. */
async function ingest(ports: Ports, left: Set<string>, batches: readonly Batch[], item: ItemOf) {
  const requests = batches.map((batch) => signedBody(batch, Date.now(), item));
  const from = now();
  await sideBySide(IN_FLIGHT, requests, async ({ body, signature }) => {
    const request = {
      method: 'POST',
      url: '/whatsapp/webhook',
      signature,
      body: Buffer.from(body),
    };
    const { status } = await webhook(ports, [], request);
    if (status !== 200) throw new Error(`The webhook answered ${status}.`);
    for (const receiptId of left) {
      left.delete(receiptId);
      await drain(ports, receiptId);
    }
  });
  return rateOf(batches.flat().length, from);
}

const rateOf = (count: number, from: number): number => count / ((now() - from) / 1000);

await measure(async (asked) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'switchboard-bench-'));
  const left = new Set<string>();
  const wanted: string[] = [];
  const { ports, db } = portsOn(`demo-bench-${randomBytes(4).toString('hex')}`, {
    media: folderMedia(folder),
    source: {
      find: () =>
        Promise.resolve({
          kind: 'found',
          url: '',
          mimeType: 'image/jpeg',
          size: null,
          sha256: null,
        }),
      open: () => Promise.resolve({ kind: 'opened', bytes: photo() }),
    },
    tasks: {
      drain: (receiptId) => Promise.resolve(void left.add(receiptId)),
      bringMedia: (mediaId) => Promise.resolve(void wanted.push(mediaId)),
      sweep: () => Promise.resolve(),
    },
  });
  await db.doc(channelPath(DEMO_NUMBER.phoneNumberId)).set({ ...aChannel() });
  await ingest(ports, left, firstMessages('first'), aText);
  const rates = { text: [] as number[], image: [] as number[], bring: [] as number[] };
  const pairs = Math.max(FEWEST, asked.seconds);
  for (let pair = -WARM_UP; pair < pairs; pair += 1) {
    const plan = (name: string) =>
      planBatches({ seed: asked.seed + pair, messages: MESSAGES, name: `${name}${pair}` });
    const sides = [
      ['text', aText],
      ['image', anImage],
    ] as const;
    for (const [name, item] of pair % 2 === 0 ? sides : sides.toReversed()) {
      const rate = await ingest(ports, left, plan(name), item);
      if (pair >= 0) rates[name].push(rate);
    }
    const media = wanted.splice(0);
    const from = now();
    await sideBySide(BRINGING, media, (id) => bringMedia(ports, id));
    if (pair >= 0) rates.bring.push(rateOf(media.length, from));
  }
  const stored = await db.collection('media').where('state', '==', 'stored').count().get();
  await rm(folder, { recursive: true });
  const planned = (pairs + WARM_UP) * MESSAGES;
  const ratios = rates.image.map((rate, index) => rate / (rates.text[index] ?? NaN));
  return {
    figures: [
      figure('with media over without, p50', percentile(ratios, 50), '', { atLeast: 0.6 }),
      figure('messages with a photo, p50', percentile(rates.image, 50), '/s', null),
      figure('the same messages as texts, p50', percentile(rates.text, 50), '/s', null),
      figure('photos brought, p50', percentile(rates.bring, 50), '/s', null),
      figure('photos that are not stored in the end', planned - stored.data().count, '', 0),
    ],
    samples: { ...rates, ratio: ratios },
    setting: `${pairs} pairs of ${MESSAGES} messages in requests of 1 to 20, one process; photos of ${PHOTO.length} bytes from memory into a folder, ${BRINGING} at a time, after the round that announced them`,
  };
});

async function* photo(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < PHOTO.length; at += 65_536) yield PHOTO.subarray(at, at + 65_536);
}

function figure(name: string, value: number, unit: Figure['unit'], goal: Goal | null): Figure {
  return { name, value: Math.round(value * 1000) / 1000, unit, goal };
}
