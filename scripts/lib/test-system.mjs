/**
 * The local system that tests, benchmarks and mutation runs use: on ports of its own, with settings
 * and a SecretStore of its own, so that it runs beside `npm start` and beside another of its kind.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startSystem } from './emulators.mjs';
import { findFirestoreEmulator } from './firestore-emulator.mjs';
import { CACHE, SECRETS_FILE } from './paths.mjs';
import { freePort, portsFrom, taken } from './ports.mjs';
import { takePlace } from './run-lock.mjs';
import { Problem } from './say.mjs';
import { settingsFor } from './settings.mjs';

const SHIFTS = [100, 110, 120, 130, 140, 150];

/**
 * Starts it; whoever starts it stops it.
 * @param {{breakable?: boolean}} [options] `breakable`: the functions reach Firestore only while a test
 *   carries them, from `SWITCHBOARD_LINE_PORT` on, and sign in to the folder `SWITCHBOARD_WORKERS`
 * @returns {Promise<{ports: Record<string, number>, env: Record<string, string>, stop: () => Promise<void>}>}
 *   `env` is what tests are run with (see environment.mjs), settings included
 */
export async function startTestSystem({ breakable: wanted = false } = {}) {
  const emulator = await findFirestoreEmulator();
  const { name, ports, release } = await freePlace();
  try {
    const secretsFile = path.join(path.dirname(SECRETS_FILE), name, 'secrets.json');
    await rm(secretsFile, { force: true });
    const settings = settingsFor(ports, { secretsFile });
    const breakable = wanted
      ? { line: await freePort(), workers: path.join(CACHE, name, 'workers') }
      : undefined;
    const system = await startSystem({ name, ports, settings, emulator, breakable });
    const stop = async () => {
      await system.stop();
      release();
    };
    const ways = breakable
      ? { SWITCHBOARD_LINE_PORT: String(breakable.line), SWITCHBOARD_WORKERS: breakable.workers }
      : {};
    return { ports, env: { ...system.env, ...settings, ...ways }, stop };
  } catch (error) {
    release();
    throw error;
  }
}

/** The first shift of the ports that no other run holds. */
async function freePlace() {
  for (const shift of SHIFTS) {
    const name = `test-${shift}`;
    const ports = portsFrom({}, shift);
    const place = await takePlace(name);
    if ('heldBy' in place) continue;
    if ((await taken(ports)).length === 0) return { name, ports, release: place.release };
    place.release();
  }
  throw new Problem(
    'Every range of ports for tests is taken.',
    `Stop what listens on some of the ports ${Object.values(portsFrom({}, SHIFTS[0])).join(', ')}, and run the command again.`,
  );
}
