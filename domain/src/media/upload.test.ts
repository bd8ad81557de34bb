import { describe, expect, it } from 'vitest';
import { mediaPath } from '../paths.ts';
import { NOW } from '../testing/index.ts';
import {
  beginUpload,
  decidePart,
  decideUnsent,
  decideUploaded,
  idAtMeta,
  judgeFile,
  nextPart,
  partSize,
  UNSENT_MS,
  UPLOAD_PART,
  uploadParts,
} from './upload.ts';

const MB = 1024 * 1024;
const given = {
  conversationId: 'c1',
  channelId: '100',
  by: 'jonas',
  filename: 'invoice.pdf',
  mimeType: 'application/pdf',
  size: UPLOAD_PART * 2 + 1,
};

describe('a file that WhatsApp takes', () => {
  it.each([
    ['image/jpeg', 5 * MB, 'image'],
    ['image/png', 1, 'image'],
    ['video/mp4', 16 * MB, 'video'],
    ['audio/ogg', 16 * MB, 'audio'],
    ['image/webp', 500 * 1024, 'sticker'],
    ['application/pdf', 100 * MB, 'document'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 1, 'document'],
  ])('%s of %i bytes goes as %s', (mimeType, size, type) => {
    expect(judgeFile(mimeType, size)).toEqual({ ok: true, type });
  });

  it.each([
    ['image/jpeg', 5 * MB + 1, 5 * MB],
    ['video/3gpp', 16 * MB + 1, 16 * MB],
    ['text/plain', 100 * MB + 1, 100 * MB],
  ])('is not %s of %i bytes', (mimeType, size, limit) => {
    expect(judgeFile(mimeType, size)).toEqual({ ok: false, problem: 'too-large', limit });
  });

  it.each(['image/heic', 'application/zip', 'text/html', 'video/webm', ''])(
    'is not of the kind %j',
    (mimeType) => {
      expect(judgeFile(mimeType, 1)).toEqual({ ok: false, problem: 'kind' });
    },
  );
});

describe('an upload', () => {
  it('comes in parts, the last one with what is left', () => {
    expect(uploadParts(given.size)).toBe(3);
    expect([0, 1, 2].map((n) => partSize(given.size, n))).toEqual([UPLOAD_PART, UPLOAD_PART, 1]);
    expect(uploadParts(UPLOAD_PART)).toBe(1);
  });

  it('goes on with the first part that is not here, in whatever order they come', () => {
    const upload = beginUpload(given, NOW);
    expect(nextPart(upload)).toBe(0);
    expect(nextPart({ ...upload, parts: [0, 2] })).toBe(1);
    expect(nextPart({ ...upload, parts: [2, 1, 0] })).toBe(3);
  });

  it('notes a part once', () => {
    const upload = { ...beginUpload(given, NOW), parts: [1] };
    expect(decidePart('m1', upload, 0)).toMatchObject([{ data: { parts: [0, 1] } }]);
    expect(decidePart('m1', upload, 1)).toEqual([]);
  });

  it('becomes media of what its bytes are, whatever was said of them', () => {
    const [write] = decideUploaded('m1', beginUpload({ ...given, size: 5 }, NOW), 'image/png', NOW);
    expect(write).toMatchObject({
      op: 'create',
      path: mediaPath('m1'),
      data: {
        state: 'stored',
        type: 'image',
        mimeType: 'image/png',
        by: 'jonas',
        atMeta: null,
        expiresAt: NOW + UNSENT_MS,
      },
    });
  });
});

describe('a file that nobody sent for a day', () => {
  it('stays with its message for good', () => {
    expect(decideUnsent('m1', { sent: true, planned: true }, NOW)).toMatchObject([
      { path: mediaPath('m1'), data: { expiresAt: null } },
    ]);
  });

  it('stays for another day while a message for later carries it', () => {
    expect(decideUnsent('m1', { sent: false, planned: true }, NOW)).toMatchObject([
      { data: { expiresAt: NOW + UNSENT_MS } },
    ]);
  });

  it('is thrown away where none does', () => {
    expect(decideUnsent('m1', { sent: false, planned: false }, NOW)).toBeNull();
  });
});

describe('Meta’s copy of a file', () => {
  it('is good until shortly before Meta throws it away', () => {
    expect(idAtMeta({ atMeta: { id: '42', until: NOW + 1 } }, NOW)).toBe('42');
    expect(idAtMeta({ atMeta: { id: '42', until: NOW } }, NOW)).toBeNull();
    expect(idAtMeta({ atMeta: null }, NOW)).toBeNull();
  });
});
