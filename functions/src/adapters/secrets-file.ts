import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { asObject } from '@switchboard/domain';
import type { SecretStore } from '../ports.ts';
import { ADDRESS_KEY, IDENTITY_KEY } from './hash.ts';

/**
 * Secrets in a file that only its owner can read, outside the repository: for one machine. Makes our
 * own keys itself, once, however many processes ask for one first.
 *
 * @throws a sentence without any of the content, where the file can't be used.
 */
export const fileSecrets = (file: string): SecretStore => ({
  async get(name) {
    const secrets = await readSecrets(file);
    if (secrets[name] !== undefined || !OWN_KEYS.includes(name)) return secrets[name] ?? [];
    return addOnce(file, name, randomBytes(32).toString('base64url'));
  },
});

/** Keys that nobody else has to know: made here where there is none. */
const OWN_KEYS: readonly string[] = [IDENTITY_KEY, ADDRESS_KEY];

type Secrets = Readonly<Record<string, readonly string[]>>;

async function readSecrets(file: string): Promise<Secrets> {
  const found = await stat(file).catch(absent);
  if (found === null) return {};
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new Error(`Others can read the secrets in ${file}. Run: chmod 600 ${file}`);
  const secrets = parse(file, await readFile(file, 'utf8'));
  return Object.fromEntries(
    Object.entries(secrets).map(([name, values]) => [
      name,
      (Array.isArray(values) ? values : [values]).filter((value) => typeof value === 'string'),
    ]),
  );
}

/** Only a file that is not there is an empty one: anything else must not be written over. */
function absent(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

function parse(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch {
    // The parser's own words quote the text, which is secret.
    throw new Error(`${file} is not JSON. Mend it, or move it away to begin with new secrets.`);
  }
}

/** Adds a secret unless another process was faster; answers the one that is in force. */
async function addOnce(file: string, name: string, value: string): Promise<readonly string[]> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const unlock = await lock(`${file}.lock`);
  try {
    const secrets = await readSecrets(file);
    const values = secrets[name] ?? [value];
    if (secrets[name] === undefined) await writeSecrets(file, { ...secrets, [name]: values });
    return values;
  } finally {
    await unlock();
  }
}

async function writeSecrets(file: string, secrets: Secrets): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

/** A lock older than this was left by a process that died, ms. */
const LOCK_MS = 5_000;

async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await (await open(path, 'wx')).close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const age = Date.now() - ((await stat(path).catch(absent))?.mtimeMs ?? Date.now());
    if (age > LOCK_MS) await rm(path, { force: true });
    else await setTimeout(10);
  }
}
