import { crc32, deflateSync } from 'node:zlib';
import { randomFrom } from './random.ts';

/** A picture of one colour, as a PNG that every browser shows. */
export const aPicture = (width: number, height: number): Uint8Array =>
  aPng(width, height, () => 120);

/** A picture of noise: as many bytes as pixels, and more. */
export function aNoise(width: number, height: number): Uint8Array {
  const random = randomFrom(1);
  return aPng(width, height, () => Math.floor(random() * 256));
}

/** A PNG with so many pixels of red, green and blue, each as `value` says. */
function aPng(width: number, height: number, value: () => number): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const line = (): Buffer => Buffer.from([0, ...Array.from({ length: width * 3 }, () => value())]);
  const lines = Buffer.concat(Array.from({ length: height }, line));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
