/**
 * The npm dependencies, installed under Node 22. The trap this module exists for: under an older Node
 * npm skips optional dependencies whose `engines` ask for 22 without a word, and firebase-admin then
 * fails at run time with "Cannot find module '@google-cloud/firestore'".
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NODE, ROOT } from './paths.mjs';
import { must, run, toolEnv, withoutBin } from './processes.mjs';
import { Problem, step } from './say.mjs';

const LOCK = path.join(ROOT, 'package-lock.json');
const INSTALLED = path.join(ROOT, 'node_modules', '.package-lock.json');
const STAMP = path.join(ROOT, 'node_modules', '.switchboard-installed');

/** Installs what package-lock.json says, if that is not what is there. */
export async function ensureDependencies() {
  const { lock, version, stamp } = await wanted();
  if (await isStamped(stamp)) return;
  if (!(await isInstalled(lock))) await install(version);
  if ((await nodeVersion(NODE)) !== version) await unpackNode(version);
  await writeFile(STAMP, stamp);
}

/** Whether everything is installed already; only looks. @returns {Promise<boolean>} */
export async function dependenciesReady() {
  const { lock, version, stamp } = await wanted();
  return (
    (await isStamped(stamp)) || ((await isInstalled(lock)) && (await nodeVersion(NODE)) === version)
  );
}

/** What the lockfile asks for: its packages, the version of Node, and a stamp of both. */
async function wanted() {
  const text = await readFile(LOCK, 'utf8').catch(() => {
    throw new Problem(
      'package-lock.json is missing.',
      'Bring it back: "git checkout package-lock.json".',
    );
  });
  const lock = JSON.parse(text);
  const { version } = lock.packages['node_modules/node'];
  return { lock, version, stamp: createHash('sha256').update(text).digest('hex') };
}

/** @param {string} stamp */
const isStamped = async (stamp) =>
  existsSync(NODE) && (await readFile(STAMP, 'utf8').catch(() => '')) === stamp;

/** Whether npm's own record of node_modules has every package of the lock, at its version. */
async function isInstalled(lock) {
  const text = await readFile(INSTALLED, 'utf8').catch(() => null);
  if (text === null) return false;
  const there = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(
    ([where, wanted]) =>
      !where.includes('node_modules/') ||
      wanted.link ||
      there[where]?.version === wanted.version ||
      (!there[where] && mayBeAbsent(wanted)),
  );
}

/**
 * Optional packages of other platforms are absent by right; those that ask for Node 22 are absent only
 * where an older Node installed.
 * @param {{optional?: boolean, engines?: {node?: string}}} wanted
 */
const mayBeAbsent = ({ optional, engines }) =>
  optional === true && !/^>=\s*2[2-9]/.test(engines?.node ?? '');

/** @param {string} version of Node to install under */
async function install(version) {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'];
  await step(
    'Install the dependencies (a minute or two, after each change of the lockfile)',
    async (busyWith) => {
      const { command, prefix } = await npmUnder22(version);
      await must(
        command,
        [...prefix, ...args],
        { env: installEnv(), onLine: (line) => busyWith(fetched(line)), evidence: npmErrors },
        'The dependencies could not be installed.',
        'Look at what npm says above; where it speaks of the network, check the connection or the proxy, then run the command again.',
      );
    },
  );
}

/** The package that a line of npm's log speaks of. @param {string} line */
const fetched = (line) => /fetch GET \d+ (?:https?:\/\/[^/]+\/)?(\S+)/.exec(line)?.[1] ?? '';

/** What npm says went wrong: it comes first, before pages of usage. @param {string} output */
const npmErrors = (output) =>
  output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .slice(0, 15)
    .join('\n');

/**
 * Install scripts are left out because only one is needed: the one that unpacks Node. The others either
 * change nothing (esbuild, protobufjs) or compile for minutes what has a fallback (re2).
 * @param {string} version
 */
async function unpackNode(version) {
  await step(`Unpack Node ${version}`, async () => {
    const cause = `Node ${version} could not be unpacked from its npm package.`;
    const way = 'Look at what npm says above, then run the command again.';
    await must(
      'npm',
      ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'],
      { env: installEnv() },
      cause,
      way,
    );
    const found = await nodeVersion(NODE);
    if (found !== version)
      throw new Problem(cause, 'Delete node_modules and run the command again.');
  });
}

/** npm as it runs on the host when that has Node 22, else under a Node 22 that npx brings. */
async function npmUnder22(version) {
  const host = await nodeVersion('node', installEnv());
  const [major, minor] = (host ?? '0.0').split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return { command: 'npm', prefix: [] };
  return { command: 'npx', prefix: ['-y', '-p', `node@${version}`, '--', 'npm'] };
}

/** The host's own PATH: what lies in node_modules is about to be replaced. */
const installEnv = () => toolEnv({ PATH: withoutBin(process.env.PATH ?? '') });

/** @param {string} file @param {NodeJS.ProcessEnv} [env] @returns {Promise<string | null>} */
async function nodeVersion(file, env) {
  const { code, output } = await run(file, ['--version'], env ? { env } : {}).catch(() => ({
    code: 1,
    output: '',
  }));
  return code === 0 ? output.trim().replace(/^v/, '') : null;
}
