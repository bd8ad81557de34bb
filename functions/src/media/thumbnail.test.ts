import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { shrink } from './thumbnail.ts';

/** Noise, which no format makes small. */
const aPhoto = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#777',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

describe('a small picture', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('is made of a large %s', async (format) => {
    const bytes = await aPhoto(800, 600).toFormat(format, { effort: 1 }).toBuffer();
    const small = await shrink(bytes);
    expect(small.of).toEqual({ width: 800, height: 600 });
    const made = await sharp(small.bytes ?? undefined).metadata();
    expect(made).toMatchObject({ format: 'webp', width: 640, height: 480 });
  });

  it('stands upright where the camera was held on its side, and so do the figures', async () => {
    const bytes = await aPhoto(1_200, 900).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const small = await shrink(bytes);
    expect(small.of).toEqual({ width: 900, height: 1_200 });
    const made = await sharp(small.bytes ?? undefined).metadata();
    expect([made.width, made.height, made.orientation]).toEqual([480, 640, undefined]);
  });

  it('carries nothing of where and with what the photo was taken', async () => {
    const exif = { IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '38/1 44/1 0/1' } };
    const bytes = await aPhoto(1_200, 900).jpeg().withExif(exif).toBuffer();
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const { bytes: made } = await shrink(bytes);
    expect((await sharp(made ?? undefined).metadata()).exif).toBeUndefined();
  });

  it('is not made where the picture is small already', async () => {
    const file = path.join(import.meta.dirname, '../../../scripts/demo/files/entrance.jpg');
    const small = await shrink(await readFile(file));
    expect(small).toMatchObject({ of: { width: 720 }, bytes: null });
  });

  it('is not made of what unpacks to more than any phone takes', async () => {
    await expect(shrink(aBomb(40_000, 40_000))).rejects.toThrow(/pixel/i);
  });

  it.each([
    ['is no picture', Buffer.from('nothing of the kind')],
    ['is a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['breaks off', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')],
  ])('is not made of what %s', async (_, bytes) => {
    await expect(shrink(bytes)).rejects.toThrow();
  });
});

/** A PNG of few bytes that claims to be as large as this. */
function aBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0], 8);
  const chunk = (name: string, data: Buffer) => {
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.write(name, 4, 'latin1');
    return Buffer.concat([frame, data, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
