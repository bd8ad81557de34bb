/** One run of a kind per clone: a file that names the one that runs. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from './paths.mjs';
import { alive, beganAt } from './processes.mjs';

const mine = () => JSON.stringify({ pid: process.pid, began: beganAt(process.pid) });

const fileOf = (/** @type {string} */ name) => path.join(CACHE, name, 'running.json');

/**
 * Takes the place of a run.
 * @param {string} name
 * @returns {Promise<{release: () => void} | {heldBy: number}>} the pid of the living holder, if there is one
 */
export async function takePlace(name) {
  const file = fileOf(name);
  await mkdir(path.dirname(file), { recursive: true });
  for (;;) {
    const done = await writeFile(file, mine(), { flag: 'wx' }).then(
      () => true,
      (error) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (done) return { release: () => release(file) };
    const holder = await heldBy(name);
    if (holder !== null) return { heldBy: holder };
    rmSync(file, { force: true });
  }
}

/**
 * Who has the place of a run: a process that lives, or null.
 * @param {string} name
 * @returns {Promise<number | null>} its pid
 */
export async function heldBy(name) {
  const text = await readFile(fileOf(name), 'utf8').catch(() => '');
  const { pid, began } = parsed(text);
  return pid && alive(pid) && beganAt(pid) === began ? pid : null;
}

/** @param {string} text @returns {{pid?: number, began?: string | null}} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param {string} file */
function release(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text === mine()) rmSync(file, { force: true });
}
