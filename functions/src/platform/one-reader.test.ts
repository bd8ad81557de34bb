import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const FOLDERS = ['domain/src', 'functions/src', 'sandbox/src', 'web/src', 'scripts'];

/** The modules that may ask whether the functions run in the emulator. A bypass begins with a second one. */
const READERS = ['functions/src/platform/environment.ts'];

const sources = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll(path.sep, '/')}`)
    .filter((file) => /\.(?:ts|mjs|js|vue)$/.test(file) && !file.endsWith('.test.ts'));

describe('where the functions run', () => {
  it('is asked by the modules named here and by no other source', () => {
    const reading = FOLDERS.flatMap(sources).filter((file) =>
      /\bFUNCTIONS_EMULATOR\b/.test(readFileSync(path.join(ROOT, file), 'utf8')),
    );
    expect(reading).toEqual(READERS);
  });
});
