import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Executables of the installed packages. */
export const BIN = path.join(ROOT, 'node_modules', '.bin');

/** Node 22 as the `node` package brings it. */
export const NODE = path.join(BIN, 'node');

/** What runs and builds leave behind inside the repository; safe to delete. */
export const CACHE = path.join(ROOT, '.cache');

/** What is built once per person rather than per clone (XDG base directories). */
export const TOOLS = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'switchboard',
);

/** The local SecretStore: outside the repository, so that no commit can carry it. */
export const SECRETS_FILE = path.join(
  process.env.XDG_STATE_HOME || path.join(homedir(), '.local', 'state'),
  'switchboard',
  'secrets.json',
);

/** A path as a person at the repository's root would type it. @param {string} file */
export const shown = (file) => path.relative(ROOT, file) || '.';
