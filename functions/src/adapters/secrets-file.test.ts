import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSecrets } from './secrets-file.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'secrets-'));
  file = path.join(folder, 'state', 'secrets.json');
});

afterEach(() => rm(folder, { recursive: true }));

const write = async (text: string, mode = 0o600) => {
  file = path.join(folder, 'secrets.json');
  await writeFile(file, text);
  await chmod(file, mode);
};

describe('secrets in a local file', () => {
  it('makes the identity key once, in a file that only its owner can read', async () => {
    const [key] = await fileSecrets(file).get('identity-key');
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await fileSecrets(file).get('identity-key')).toEqual([key]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readdir(path.dirname(file))).toEqual(['secrets.json']);
  });

  it('agrees on one identity key when forty ask for it first', async () => {
    const keys = await Promise.all(
      Array.from({ length: 40 }, () => fileSecrets(file).get('identity-key')),
    );
    expect(new Set(keys.flat()).size).toBe(1);
    expect(keys[0]).toHaveLength(1);
  });

  it('keeps what is there beside the identity key that it adds', async () => {
    await write('{"app-other-secret": ["one", "two"]}');
    const store = fileSecrets(file);
    await store.get('identity-key');
    expect(await store.get('app-other-secret')).toEqual(['one', 'two']);
  });

  it('takes a single value for a list of one, and drops what is no text', async () => {
    await write('{"a": "one", "b": ["two", 3, null]}');
    expect(await fileSecrets(file).get('a')).toEqual(['one']);
    expect(await fileSecrets(file).get('b')).toEqual(['two']);
    expect(await fileSecrets(file).get('unknown')).toEqual([]);
  });

  it.each([0o640, 0o604, 0o666])('refuses a file that others can read (%o)', async (mode) => {
    await write('{"a": ["s3cret-value"]}', mode);
    await expect(fileSecrets(file).get('a')).rejects.toThrow(`Run: chmod 600 ${file}`);
  });

  it('neither writes over a file that is no JSON nor quotes it', async () => {
    const text = '{"app-default-secret": s3cret-value';
    await write(text);
    const error = await fileSecrets(file)
      .get('identity-key')
      .catch((thrown: unknown) => thrown as Error);
    expect((error as Error).message).toContain('is not JSON. Mend it');
    expect((error as Error).message).not.toContain('s3cret');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('takes over the lock of a process that died', async () => {
    await write('{}');
    await writeFile(`${file}.lock`, '');
    const then = new Date(Date.now() - 60_000);
    await utimes(`${file}.lock`, then, then);
    expect(await fileSecrets(file).get('identity-key')).toHaveLength(1);
  });

  it('waits for the lock of a process that lives', async () => {
    await write('{}');
    await writeFile(`${file}.lock`, '');
    const asked = fileSecrets(file).get('identity-key');
    const key = randomBytes(32).toString('base64url');
    await writeFile(file, JSON.stringify({ 'identity-key': [key] }));
    await rm(`${file}.lock`);
    expect(await asked).toEqual([key]);
  });
});
