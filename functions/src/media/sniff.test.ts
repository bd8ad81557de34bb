import { describe, expect, it } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (hex: string, length = 64): Uint8Array => {
  const head = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return Buffer.concat([head, Buffer.alloc(Math.max(0, length - head.length))]);
};
const text = (words: string): Uint8Array => Buffer.from(words);

const JPEG = bytes('ff d8 ff e0 00 10 4a 46 49 46 00 01');
const PNG = bytes('89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52');
const MP4 = bytes('00 00 00 18 66 74 79 70 69 73 6f 6d 00 00 02 00');
const CFB = bytes('d0 cf 11 e0 a1 b1 1a e1');

describe('what a file is', () => {
  it('says its beginning, whatever was said of it', async () => {
    expect(await sniff(JPEG, 'image/jpeg')).toBe('image/jpeg');
    expect(await sniff(PNG, 'application/pdf')).toBe('image/png');
    expect(await sniff(text('%PDF-1.7\n'), 'image/jpeg')).toBe('application/pdf');
  });

  it('never is a page because somebody said so', async () => {
    const page = text('<!doctype html><script>alert(1)</script>');
    for (const said of ['text/html', 'image/svg+xml', 'image/png', ''])
      expect(await sniff(page, said)).toBe('application/octet-stream');
  });

  it('is sound in a film container where the sender said sound', async () => {
    expect(await sniff(MP4, 'audio/mp4')).toBe('audio/mp4');
    expect(await sniff(MP4, 'video/mp4')).toBe('video/mp4');
    expect(await sniff(MP4, 'text/html')).toBe('video/mp4');
  });

  it('is an old Office file where the sender said so, and else what its container is', async () => {
    expect(await sniff(CFB, 'application/msword')).toBe('application/msword');
    expect(await sniff(CFB, 'text/html')).toBe('application/x-cfb');
  });

  it('is text where it was said to be and nothing speaks against it', async () => {
    expect(await sniff(text('Bring the key, please'), 'text/plain; charset=utf-8')).toBe(
      'text/plain',
    );
    expect(await sniff(text('Bring\u0000'), 'text/plain')).toBe('application/octet-stream');
  });

  it('is nothing in particular where it is empty or cut off', async () => {
    expect(await sniff(new Uint8Array(), 'image/png')).toBe('application/octet-stream');
    expect(await sniff(bytes('ff', 1), 'image/jpeg')).toBe('application/octet-stream');
  });
});
