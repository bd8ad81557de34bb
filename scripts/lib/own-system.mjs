/** The system that `npm start` runs from this folder, as other commands see it. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from './paths.mjs';
import { heldBy } from './run-lock.mjs';

const fileOf = (/** @type {string} */ name) => path.join(CACHE, name, 'ports.json');

/**
 * Notes where the run of this name listens; its place must be taken (run-lock.mjs).
 * @param {Record<string, number>} ports
 * @param {string} [name]
 */
export const notePorts = (ports, name = 'start') => writeFile(fileOf(name), JSON.stringify(ports));

/**
 * The system that runs now, or null.
 * @param {string} [name]
 * @returns {Promise<{pid: number, ports: Record<string, number>} | null>} `pid` is whom to stop
 */
export async function ownSystem(name = 'start') {
  const pid = await heldBy(name);
  if (pid === null) return null;
  const noted = await readFile(fileOf(name), 'utf8').catch(() => '{}');
  return { pid, ports: JSON.parse(noted) };
}
