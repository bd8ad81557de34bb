import type { EntryMedia } from '@switchboard/domain';
import { anInbound, anOutbound } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { fileFacts, mediaKind, mediaOf, playTime, sizeText } from './media.ts';

const came = (type: string, mimeType: string, content: Record<string, unknown> = {}) => {
  const media: EntryMedia = { id: 'm', state: 'stored', mimeType, size: 212_400 };
  return { ...anInbound({ type, content, media, at: Date.UTC(2026, 7, 12) }), id: 'a' };
};

describe('How media is shown', () => {
  it.each([
    ['image', 'image/jpeg', 'image'],
    ['sticker', 'image/webp', 'sticker'],
    ['video', 'video/mp4', 'video'],
    ['audio', 'audio/mpeg', 'audio'],
    ['voice', 'audio/ogg; codecs=opus', 'audio'],
    ['document', 'image/jpeg', 'file'],
  ])('is by its type and bytes: %s of %s is shown as %s', (type, mime, kind) => {
    expect(mediaKind(came(type, mime))).toBe(kind);
  });

  it.each([
    ['image', 'image/svg+xml'],
    ['image', 'text/html'],
    ['image', 'constructor'],
    ['sticker', 'application/zip'],
    ['video', 'application/pdf'],
    ['audio', 'video/mp4'],
  ])('is as a file where a %s turns out to be %s', (type, mime) => {
    expect(mediaKind(came(type, mime))).toBe('file');
  });

  it('is nothing for what we send from here, and for what came before media was kept', () => {
    expect(mediaOf({ ...anOutbound({ type: 'image' }), id: 'a' })).toBeUndefined();
    expect(mediaOf({ ...anInbound({ type: 'image' }), id: 'a' })).toBeUndefined();
  });
});

describe('A file', () => {
  it('has the name that the customer gave it, and what its bytes are', () => {
    const entry = came('document', 'application/pdf', { filename: 'Order-K20418.pdf' });
    expect(fileFacts(entry, 'File')).toEqual({
      name: 'Order-K20418.pdf',
      ending: 'PDF',
      size: 212_400,
      family: 'other',
    });
  });

  it('without a name has the word for its kind and its day', () => {
    expect(fileFacts(came('image', 'image/jpeg'), 'Foto')).toMatchObject({
      name: 'Foto 2026-08-12.jpg',
      ending: 'JPG',
      family: 'image',
    });
  });

  it('can’t hide its ending behind a turned direction', () => {
    const entry = came('document', 'application/x-msdownload', {
      filename: 'invoice\u202efdp.exe',
    });
    expect(fileFacts(entry, 'File')).toMatchObject({ name: 'invoicefdp.exe', ending: 'EXE' });
  });
});

describe('Numbers', () => {
  it('of bytes are told in the person’s language', () => {
    expect([812, 212_400, 1_440_000].map((bytes) => sizeText(bytes, 'en'))).toEqual([
      '812 byte',
      '212 kB',
      '1.4 MB',
    ]);
    expect(sizeText(1_440_000, 'pt')).toBe('1,4 MB');
  });

  it('of seconds are told as players do', () => {
    expect([0, 31.9, 61, 3723, NaN, Infinity].map(playTime)).toEqual([
      '0:00',
      '0:31',
      '1:01',
      '1:02:03',
      '0:00',
      '0:00',
    ]);
  });
});
