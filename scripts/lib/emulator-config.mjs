/**
 * firebase.json as the emulators of one run read it: their ports, what this run built, and a
 * Content-Security-Policy that lets the page speak to them. Written beside firebase.json, since
 * firebase-tools takes the folder of its configuration for the project.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT, shown } from './paths.mjs';

const EMULATORS = [
  'hub',
  'logging',
  'auth',
  'functions',
  'firestore',
  'hosting',
  'tasks',
  'eventarc',
];

/**
 * @param {Record<string, any>} config firebase.json
 * @param {{ports: Record<string, number>, web: string, functions: string}} run folders are relative to the root
 */
export function emulatorConfig(config, { ports, web, functions }) {
  const emulators = { ...config.emulators };
  for (const name of EMULATORS) emulators[name] = { host: '127.0.0.1', port: ports[name] };
  emulators.firestore.websocketPort = ports.websocket;
  return {
    ...config,
    functions: config.functions.map((codebase) => ({ ...codebase, source: functions })),
    hosting: {
      ...config.hosting,
      public: web,
      headers: config.hosting.headers.map(withEmulators(ports)),
    },
    emulators,
  };
}

/** @param {Record<string, number>} ports */
const withEmulators = (ports) => (rule) => ({
  ...rule,
  headers: rule.headers.map((header) =>
    header.key === 'Content-Security-Policy'
      ? {
          ...header,
          value: connectingTo(header.value, [ports.auth, ports.firestore, ports.functions]),
        }
      : header,
  ),
});

/** @param {string} policy @param {number[]} ports */
const connectingTo = (policy, ports) =>
  policy.replace(/connect-src [^;]*/, (directive) =>
    [directive, ...ports.map((port) => `http://127.0.0.1:${port}`)].join(' '),
  );

/**
 * Writes the configuration of a run.
 * @param {string} name of the run: `start` writes firebase.emulators.json, others their own file
 * @param {{ports: Record<string, number>, web: string, functions: string}} run absolute folders
 * @returns {Promise<string>} the file
 */
export async function writeEmulatorConfig(name, { ports, web, functions }) {
  const config = JSON.parse(await readFile(path.join(ROOT, 'firebase.json'), 'utf8'));
  const suffix = name === 'start' ? '' : `.${name}`;
  const file = path.join(ROOT, `firebase.emulators${suffix}.json`);
  const changed = emulatorConfig(config, { ports, web: shown(web), functions: shown(functions) });
  await writeFile(file, `${JSON.stringify(changed, null, 2)}\n`);
  return file;
}
