/** One run of a kind per clone: a file with the pid of the one that runs. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from './paths.mjs';
import { alive } from './processes.mjs';

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
    const done = await writeFile(file, JSON.stringify({ pid: process.pid }), { flag: 'wx' }).then(
      () => true,
      (error) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (done) return { release: () => release(file) };
    const holder = await holderOf(file);
    if (holder !== null) return { heldBy: holder };
    rmSync(file, { force: true });
  }
}

/** The pid in the file if that is one of our commands and alive. @param {string} file */
async function holderOf(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(/\d+/.exec(text)?.[0]);
  return pid && pid !== process.pid && alive(pid) && isOurs(pid) ? pid : null;
}

/** A pid is used again after a restart of the machine: where /proc tells, it must be a script of ours. @param {number} pid */
function isOurs(pid) {
  const file = `/proc/${pid}/cmdline`;
  return !existsSync(file) || /scripts[/\\][\w-]+\.mjs/.test(readFileSync(file, 'utf8'));
}

/** @param {string} file */
function release(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text === JSON.stringify({ pid: process.pid })) rmSync(file, { force: true });
}
