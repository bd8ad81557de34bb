/** The Firestore emulator without anything beside it, on free ports. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandFor, findFirestoreEmulator } from './firestore-emulator.mjs';
import { until } from './health.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { freePort } from './ports.mjs';
import { service, toolEnv } from './processes.mjs';

/**
 * Starts it; whoever starts it stops it.
 * @param {string} name of the run, for its configuration and log
 * @returns {Promise<{host: string, stop: () => Promise<void>}>} `host` as FIRESTORE_EMULATOR_HOST has it
 */
export async function startFirestore(name) {
  const emulator = await findFirestoreEmulator();
  const [firestore = 0, websocketPort = 0, hub = 0, logging = 0] = await Promise.all(
    Array.from({ length: 4 }, freePort),
  );
  const at = (/** @type {number} */ port) => ({ host: '127.0.0.1', port });
  const config = path.join(ROOT, `firebase.emulators.${name}.json`);
  const emulators = {
    firestore: { ...at(firestore), websocketPort },
    hub: at(hub),
    logging: at(logging),
    ui: { enabled: false },
    singleProjectMode: false,
  };
  await writeFile(
    config,
    JSON.stringify({ firestore: { rules: 'firestore.rules' }, emulators }, null, 2),
  );
  const { command, args } = commandFor(emulator, [
    'emulators:start',
    '--only',
    'firestore',
    '--project',
    `demo-${name}`,
    '--config',
    config,
  ]);
  const running = await service('The Firestore emulator', command, args, {
    env: toolEnv({ CI: '1', NO_COLOR: '1', FIREBASE_CLI_DISABLE_TELEMETRY: '1' }),
    log: path.join(CACHE, name, 'firestore.log'),
  });
  await until('The Firestore emulator', async () => running.seen(/All emulators ready/), {
    services: [running],
    log: running.log,
  });
  const stop = async () => {
    await running.stop();
    await rm(config, { force: true });
  };
  return { host: `127.0.0.1:${firestore}`, stop };
}
