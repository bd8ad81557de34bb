/**
 * The ports of one local system. Each can be moved by its variable; `npm test` shifts all of them, so
 * that it runs beside `npm start`.
 */
import { createServer } from 'node:net';
import { Problem } from './say.mjs';

/** @typedef {keyof typeof DEFAULTS} PortName */

const DEFAULTS = {
  hosting: 5050,
  sandbox: 4700,
  auth: 9099,
  functions: 5001,
  firestore: 8080,
  tasks: 9499,
  eventarc: 9299,
  hub: 4400,
  logging: 4401,
  websocket: 9150,
};

/** What listens there, as people call it. @type {Record<PortName, string>} */
const LABELS = {
  hosting: 'the app',
  sandbox: 'the WhatsApp sandbox',
  auth: 'the Auth emulator',
  functions: 'the Functions emulator',
  firestore: 'the Firestore emulator',
  tasks: 'the Cloud Tasks emulator',
  eventarc: 'the Eventarc emulator',
  hub: 'the emulator hub',
  logging: 'the emulator log',
  websocket: "the Firestore emulator's socket",
};

/** The variable that moves a port. @param {string} name */
export const variableOf = (name) => `SWITCHBOARD_${name.toUpperCase()}_PORT`;

/**
 * The ports of a run.
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [shift] added to every port that no variable sets
 * @returns {Record<PortName, number>}
 */
export function portsFrom(env, shift = 0) {
  const entries = Object.entries(DEFAULTS).map(([name, port]) => {
    const asked = env[variableOf(name)];
    return [name, asked ? parsePort(asked, variableOf(name)) : port + shift];
  });
  const ports = Object.fromEntries(entries);
  refuseTwins(ports);
  return ports;
}

/** @param {string} text @param {string} variable */
function parsePort(text, variable) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65535) return port;
  throw new Problem(
    `${variable} is "${text}", which is no port.`,
    'Use a number from 1024 to 65535.',
  );
}

/** @param {Record<string, number>} ports */
function refuseTwins(ports) {
  const seen = new Map();
  for (const [name, port] of Object.entries(ports)) {
    const other = seen.get(port);
    if (other) {
      throw new Problem(
        `Port ${port} is asked for twice, by ${variableOf(other)} and ${variableOf(name)}.`,
        'Give one of them another number.',
      );
    }
    seen.set(port, name);
  }
}

/** Whether nothing listens on a port of this machine. @param {number} port @returns {Promise<boolean>} */
export const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      probe.close(() => resolve(true)),
    );
  });

/** A port that nothing listens on. @returns {Promise<number>} */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The names of the ports that are taken. @param {Record<string, number>} ports */
export async function taken(ports) {
  const names = Object.keys(ports);
  const free = await Promise.all(names.map((name) => isFree(ports[name])));
  return names.filter((_, index) => !free[index]);
}

/** Throws, naming the first port that is taken and the variable that moves it. @param {Record<string, number>} ports */
export async function demandFree(ports) {
  const [name] = await taken(ports);
  if (!name) return;
  const port = ports[name];
  throw new Problem(
    `Port ${port}, where ${LABELS[name]} should listen, is taken by another program.`,
    `Stop that program, or set ${variableOf(name)} to a free port (for example ${variableOf(name)}=${port + 1000} npm start).`,
  );
}
