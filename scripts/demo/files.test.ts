import { describe, expect, it } from 'vitest';
import { FILES, fileNamed } from './files.ts';

/** What such a file begins with. */
const BEGINS: Readonly<Record<string, string>> = {
  'image/jpeg': '\u00ff\u00d8\u00ff',
  'audio/ogg; codecs=opus': 'OggS',
  'application/pdf': '%PDF-1.4',
};

describe('the files of the demo', () => {
  it.each([...FILES])(
    '%s is small, is what its name says, and has an id like one of Meta',
    (_, file) => {
      expect(file.bytes.length).toBeLessThanOrEqual(60_000);
      expect(file.bytes.toString('latin1').startsWith(BEGINS[file.mimeType]!)).toBe(true);
      expect(file.id).toMatch(/^\d{16}$/);
    },
  );

  it('have an id each', () => {
    expect(new Set([...FILES.values()].map(({ id }) => id)).size).toBe(FILES.size);
  });

  it('are known by name alone', () => {
    expect(() => fileNamed('nobody.jpg')).toThrow('There is no "nobody.jpg"');
  });
});
