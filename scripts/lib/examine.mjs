/** What `npm run doctor` looks at. Only looks: nothing is installed or built. */
import { statfs } from 'node:fs/promises';
import { browserHere } from './browser.mjs';
import { dependenciesReady } from './dependencies.mjs';
import { describeFirestoreEmulator } from './firestore-emulator.mjs';
import { ownSystem } from './own-system.mjs';
import { NODE, ROOT, TOOLS } from './paths.mjs';
import { portsFrom, taken, variableOf } from './ports.mjs';
import { bold, dim, green, red, say, sayProblem } from './say.mjs';
import { adoptToolSettings, readEnvFile } from './settings.mjs';
import { run, which } from './processes.mjs';

/**
 * @typedef {{ok: boolean, found: string, way?: string}} Finding
 *   `way` is how to get what is missing; `ok` without a way means nothing is to be done
 */

export async function examine() {
  const checks = {
    Node: nodeHere,
    npm: npmHere,
    Dependencies: dependencies,
    'Firestore emulator': firestore,
    'Browser for tests': browser,
    Ports: ports,
    'Disk space': disk,
  };
  adoptToolSettings(await readEnvFile());
  let missing = 0;
  for (const [name, check] of Object.entries(checks)) {
    const { ok, found, way } = await check().catch(asFinding);
    if (!ok) missing += 1;
    say(`${ok ? green('✓') : red('✗')} ${name.padEnd(20)} ${found}`);
    if (way) say(dim(`  ${' '.repeat(20)} ${way}`));
  }
  say('');
  const own = await ownSystem();
  const ready = own?.ports.hosting
    ? `Running: http://127.0.0.1:${own.ports.hosting}/`
    : 'Ready: npm start';
  say(bold(missing === 0 ? ready : `${missing} missing; the way to each is above.`));
  process.exitCode = missing === 0 ? 0 : 1;
}

/** @param {unknown} error @returns {Finding} */
function asFinding(error) {
  if (!(error instanceof Error)) throw error;
  if (error.name !== 'Problem') sayProblem(error);
  return { ok: false, found: error.message, ...('way' in error ? { way: String(error.way) } : {}) };
}

/** @returns {Promise<Finding>} */
async function nodeHere() {
  const versionOf = async (/** @type {string} */ file) => {
    const { code, output } = await run(file, ['--version']).catch(() => ({ code: 1, output: '' }));
    return code === 0 ? output.trim() : null;
  };
  // npm puts our own Node before the machine's.
  const host = (await versionOf(which('node') ?? process.execPath)) ?? process.version;
  const own = await versionOf(NODE);
  const rest = own ? `${own} for everything else` : 'npm start brings Node 22';
  return { ok: true, found: `${host} to start with; ${rest}` };
}

/** @returns {Promise<Finding>} */
async function npmHere() {
  const { code, output } = await run('npm', ['--version']).catch(() => ({ code: 1, output: '' }));
  if (code !== 0)
    return { ok: false, found: 'none', way: 'Install Node with npm (https://nodejs.org).' };
  return { ok: true, found: output.trim().split('\n').at(-1) ?? '' };
}

/** @returns {Promise<Finding>} */
async function dependencies() {
  return (await dependenciesReady())
    ? { ok: true, found: 'installed, as package-lock.json says' }
    : { ok: true, found: 'not installed yet', way: 'npm start (or npm test) installs them.' };
}

/** @returns {Promise<Finding>} */
async function firestore() {
  const found = await describeFirestoreEmulator();
  if (found) return { ok: true, found };
  return {
    ok: false,
    found: 'none, and neither Rust 1.88 nor Java 21 to get one',
    way: 'Install Rust (https://rustup.rs), or Java 21 or newer.',
  };
}

/** @returns {Promise<Finding>} */
async function browser() {
  const file = process.env.CHROMIUM_PATH || (await browserHere());
  if (file) return { ok: true, found: file };
  return {
    ok: true,
    found: 'none here',
    way: 'npm test downloads one; or install Chromium, or set CHROMIUM_PATH. npm start needs none.',
  };
}

/** @returns {Promise<Finding>} */
async function ports() {
  const numbers = portsFrom({ ...(await readEnvFile()), ...process.env });
  const own = await ownSystem();
  const ours = Object.values(own?.ports ?? {});
  const busy = (await taken(numbers)).filter((name) => !ours.includes(numbers[name]));
  if (busy.length > 0)
    return {
      ok: false,
      found: `taken: ${busy.map((name) => numbers[name]).join(', ')}`,
      way: `Stop what listens there, or set ${busy.map(variableOf).join(', ')}.`,
    };
  return own
    ? { ok: true, found: `Switchboard runs from here (process ${own.pid}) on ${ours.join(', ')}` }
    : { ok: true, found: `free: ${Object.values(numbers).join(', ')}` };
}

/** @returns {Promise<Finding>} */
async function disk() {
  const { bavail, bsize } = await statfs(ROOT);
  const free = (bavail * bsize) / 1024 ** 3;
  const found = `${free.toFixed(1)} GB free (dependencies take 1.5; the emulator's build 1, in ${TOOLS})`;
  return free > 3 ? { ok: true, found } : { ok: false, found, way: 'Free at least 3 GB.' };
}
