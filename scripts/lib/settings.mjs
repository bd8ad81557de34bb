/**
 * The settings of the local functions: `.env` at the root where there is one, else the values that
 * belong to the sandbox. They are written beside the functions that the emulator serves, never into
 * the folder that is deployed.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { CACHE, ROOT, SECRETS_FILE } from './paths.mjs';
import { Problem } from './say.mjs';

/** Firebase secrets in production; the others are parameters. */
const SECRETS = ['WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_ACCESS_TOKEN'];

/** @param {Record<string, number>} ports @returns {Record<string, string>} */
const localValues = (ports) => ({
  WHATSAPP_APP_SECRET: 'demo-app-secret',
  WHATSAPP_VERIFY_TOKEN: 'demo-verify-token',
  WHATSAPP_ACCESS_TOKEN: 'demo-access-token',
  WHATSAPP_GRAPH_URL: `http://127.0.0.1:${ports.sandbox}`,
  WHATSAPP_GRAPH_VERSION: 'v24.0',
  WHATSAPP_MEDIA_HOSTS: '127.0.0.1',
  MEDIA_FOLDER: path.join(CACHE, 'media', String(ports.hosting)),
  SECRETS_FILE,
});

/**
 * The settings of a run.
 * @param {Record<string, number>} ports
 * @param {{file?: Record<string, string>, secretsFile?: string}} [own] `file` is what `.env` says
 *   (tests run without it), `secretsFile` a SecretStore of their own
 * @returns {Record<string, string>}
 */
export function settingsFor(ports, { file = {}, secretsFile } = {}) {
  const names = [...Object.keys(localValues(ports))];
  const chosen = Object.fromEntries(
    names.filter((name) => file[name]).map((name) => [name, file[name]]),
  );
  const settings = {
    ...localValues(ports),
    ...(secretsFile ? { SECRETS_FILE: secretsFile } : {}),
    ...chosen,
  };
  return {
    ...settings,
    SECRETS_FILE: settings.SECRETS_FILE.replace(/^~(?=\/)/, process.env.HOME ?? '~'),
  };
}

/** What `.env` says, empty where there is none. @returns {Promise<Record<string, string>>} */
export async function readEnvFile() {
  const text = await readFile(path.join(ROOT, '.env'), 'utf8').catch(() => '');
  return parseEnv(text);
}

/**
 * What `.env` says to the commands themselves; a variable of the shell comes first.
 * @param {Record<string, string>} file
 */
export function adoptToolSettings(file) {
  for (const name of ['FIRESTORE_EMULATOR', 'CHROMIUM_PATH']) {
    if (file[name]) process.env[name] ||= file[name];
  }
}

/**
 * Writes the settings beside the functions and makes room for the SecretStore.
 * @param {string} folder the functions that the emulator serves
 * @param {Record<string, string>} settings
 */
export async function writeSettings(folder, settings) {
  const lines = (/** @type {(name: string) => boolean} */ wanted) =>
    Object.entries(settings)
      .filter(([name]) => wanted(name))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
      .join('');
  const secret = (/** @type {string} */ name) => SECRETS.includes(name);
  await writePrivate(
    path.join(folder, '.env.local'),
    lines((name) => !secret(name)),
  );
  await writePrivate(path.join(folder, '.secret.local'), lines(secret));
  await prepareSecretsFile(settings.SECRETS_FILE);
}

/** @param {string} file */
async function prepareSecretsFile(file) {
  if (!path.relative(ROOT, file).startsWith('..')) {
    throw new Problem(
      `SECRETS_FILE (${file}) lies inside the repository.`,
      'Move it outside, so that no commit can carry it, or leave it unset.',
    );
  }
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, '{}\n', { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await chmod(file, 0o600);
}

/** @param {string} file @param {string} content */
async function writePrivate(file, content) {
  await writeFile(file, content, { mode: 0o600 });
  await chmod(file, 0o600);
}
