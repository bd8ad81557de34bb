/**
 * One local system: the Firebase emulators, the sandbox and, on request, the ticker. `npm start` and
 * `npm test` both run it, each in a folder of its own under .cache and on ports of its own.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { CALLABLES } from '@switchboard/domain';
import { FEW_PROCESSES, makeBreakable } from './breakable.mjs';
import { buildFunctions, buildWeb } from './builds.mjs';
import { writeEmulatorConfig } from './emulator-config.mjs';
import {
  environment,
  firstOf,
  NO_METADATA_SERVER,
  PROJECT,
  sandboxEnvironment,
} from './environment.mjs';
import { commandFor } from './firestore-emulator.mjs';
import { ask, until } from './health.mjs';
import { CACHE, NODE, ROOT, shown } from './paths.mjs';
import { lastOfLog, service, toolEnv } from './processes.mjs';
import { Problem, step } from './say.mjs';

/** @typedef {Awaited<ReturnType<typeof startSystem>>} LocalSystem */

/**
 * Builds and starts a local system and waits until every part of it answers.
 * @param {{name: string, ports: Record<string, number>, settings: Record<string, string>, emulator: import('./firestore-emulator.mjs').FirestoreEmulator, breakable?: {line: number, workers: string}}} run
 *   `breakable`: see breakable.mjs
 */
export async function startSystem({ name, ports, settings, emulator, breakable }) {
  const folder = path.join(CACHE, name);
  const logs = name === 'start' ? path.join(CACHE, 'logs') : path.join(folder, 'logs');
  const functions = path.join(folder, 'functions');
  const web = path.join(ROOT, 'web', name === 'start' ? 'dist-emulators' : `dist-${name}`);
  await mkdir(logs, { recursive: true });

  await buildFunctions(functions, settings);
  if (breakable) await makeBreakable(functions, breakable.line, breakable.workers);
  await buildWeb(web, ports);
  const config = await writeEmulatorConfig(name, { ports, web, functions });

  return step('Start the emulators and the sandbox', async (busyWith) => {
    const more = breakable ? FEW_PROCESSES : {};
    const emulators = await startEmulators({ emulator, config, folder, logs, more });
    const sandbox = await startSandbox(ports, settings, logs);
    const services = [emulators, sandbox];
    const stop = async () => {
      await Promise.all(services.map((each) => each.stop()));
    };
    try {
      await answering({ services, ports, settings, busyWith });
    } catch (error) {
      await stop();
      throw error;
    }
    return { ports, env: environment(ports), services, logs, stop };
  });
}

/** firebase-tools leaves its debug logs where it runs, hence a working folder of its own. */
async function startEmulators({ emulator, config, folder, logs, more }) {
  const { command, args } = commandFor(emulator, [
    'emulators:start',
    '--project',
    PROJECT,
    '--config',
    config,
  ]);
  const cwd = path.join(folder, 'work');
  await mkdir(cwd, { recursive: true });
  const env = toolEnv({
    CI: '1',
    NO_COLOR: '1',
    ...NO_METADATA_SERVER,
    ...more,
  });
  return service('The Firebase emulators', command, args, {
    cwd,
    env,
    log: path.join(logs, 'emulators.log'),
  });
}

const startSandbox = (ports, settings, logs) =>
  service('The WhatsApp sandbox', NODE, ['sandbox/src/main.ts'], {
    env: toolEnv(sandboxEnvironment(ports, settings)),
    log: path.join(logs, 'sandbox.log'),
  });

/** Waits for each part in the order in which they come up. */
async function answering({ services, ports, settings, busyWith }) {
  const [emulators, sandbox] = services;
  const at = (/** @type {string} */ name) => `http://127.0.0.1:${ports[name]}`;
  const ok = async (/** @type {string} */ url) => (await ask(url))?.ok === true;

  busyWith('the sandbox');
  await until('The WhatsApp sandbox', () => ok(`${at('sandbox')}/_sandbox/health`), {
    services,
    log: sandbox.log,
    patience: 30_000,
  });
  busyWith('the emulators');
  await until('The Firebase emulators', async () => emulators.seen(/All emulators ready/), {
    services,
    log: emulators.log,
    patience: 180_000,
  });
  if (emulators.seen(/Failed to load function definition/)) throw await notLoaded(emulators.log);
  busyWith('the functions');
  const challenge = `${at('hosting')}/whatsapp/webhook?hub.mode=subscribe&hub.challenge=ready&hub.verify_token=${encodeURIComponent(firstOf(settings.WHATSAPP_VERIFY_TOKEN))}`;
  await until('The webhook', async () => (await (await ask(challenge))?.text()) === 'ready', {
    services,
    log: emulators.log,
  });
  // Each function has a process of its own; the first press of a button should not wait for it.
  for (const name of Object.keys(CALLABLES)) {
    await until(`The function ${name}`, () => refuses(`${at('hosting')}/api/${name}`), {
      services,
      log: emulators.log,
    });
  }
  busyWith('the app');
  await until('The app', () => ok(`${at('hosting')}/`), { services, log: emulators.log });
}

/** True where a callable answers somebody who is not signed in, as it should. @param {string} url */
async function refuses(url) {
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(url, { method: 'POST', headers, body: '{"data":{}}' });
  return (await answer?.json().catch(() => null))?.result?.code === 'not-signed-in';
}

/** @param {string} log */
const notLoaded = async (log) =>
  new Problem(
    'The functions do not load.',
    `Their error is above; the whole log is in ${shown(log)}.`,
    await lastOfLog(log, 40),
  );

/** Empties a local system: documents, accounts, what the sandbox remembers. @param {Record<string, number>} ports */
export async function emptySystem(ports) {
  const wipe = [
    [
      `http://127.0.0.1:${ports.firestore}/emulator/v1/projects/${PROJECT}/databases/(default)/documents`,
      'DELETE',
    ],
    [`http://127.0.0.1:${ports.auth}/emulator/v1/projects/${PROJECT}/accounts`, 'DELETE'],
    [`http://127.0.0.1:${ports.sandbox}/_sandbox/reset`, 'POST'],
  ];
  for (const [url, method] of wipe) {
    const body =
      method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
    const answer = await ask(url, { method, ...body });
    if (!answer?.ok) {
      throw new Problem(
        `${url} could not be emptied (${answer?.status ?? 'no answer'}).`,
        'Run the command again.',
      );
    }
  }
}
