/**
 * Which program plays Firestore: the first that is there of hidane on PATH, hidane in the per-user
 * tool cache, hidane built by cargo, the official emulator under Java 21. `FIRESTORE_EMULATOR` picks
 * one side. hidane (https://crates.io/crates/hidane) needs no Java and speaks the same protocols.
 */
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCargo, RUST } from './cargo.mjs';
import { TOOLS } from './paths.mjs';
import { alive, lastLines, run, which } from './processes.mjs';
import { Problem, say, step } from './say.mjs';

const VERSION = '0.6.0';
const JAVA = 21;

/** @typedef {{kind: 'hidane', file: string} | {kind: 'official'}} FirestoreEmulator */

/** The command that starts the emulators under it. @param {FirestoreEmulator} emulator @param {string[]} args */
export function commandFor(emulator, args) {
  return emulator.kind === 'hidane'
    ? { command: emulator.file, args: ['exec', '--', 'firebase', ...args] }
    : { command: 'firebase', args };
}

/**
 * Finds the emulator, building it where that is the way.
 * @returns {Promise<FirestoreEmulator>}
 */
export async function findFirestoreEmulator() {
  const asked = process.env.FIRESTORE_EMULATOR || '';
  if (!['', 'hidane', 'official'].includes(asked)) {
    throw new Problem(
      `FIRESTORE_EMULATOR is "${asked}".`,
      'Set it to "hidane" or "official", or leave it unset.',
    );
  }
  if (asked === 'official') return demandOfficial();
  const there = (await hidaneOnPath()) ?? (await hidaneInCache());
  if (there) return { kind: 'hidane', file: there };

  const cargo = await findCargo();
  const built = cargo.ok ? await buildHidane(cargo) : { failure: cargo.failure };
  if (built.file) return { kind: 'hidane', file: built.file };
  if (asked !== 'hidane' && (await javaMajor()) >= JAVA) {
    say(`  ${built.failure} Using the official Firestore emulator instead.`);
    return { kind: 'official' };
  }
  throw new Problem(
    `There is no Firestore emulator: ${built.failure}`,
    `Install Rust ${RUST} or newer (https://rustup.rs), or Java ${JAVA} or newer, and run the command again.`,
    built.evidence,
  );
}

/** What is there, without building: for the doctor. @returns {Promise<string | null>} */
export async function describeFirestoreEmulator() {
  const onPath = await hidaneOnPath();
  if (onPath) return `hidane ${VERSION} (${onPath})`;
  const cached = await hidaneInCache();
  if (cached) return `hidane ${VERSION} (${cached})`;
  if ((await findCargo()).ok)
    return `none yet; cargo will build hidane ${VERSION}, about three minutes, once`;
  const java = await javaMajor();
  return java >= JAVA ? `the official one, under Java ${java}` : null;
}

/** @returns {Promise<FirestoreEmulator>} */
async function demandOfficial() {
  const java = await javaMajor();
  if (java >= JAVA) return { kind: 'official' };
  throw new Problem(
    `FIRESTORE_EMULATOR=official needs Java ${JAVA}; ${java ? `this is Java ${java}` : 'there is no Java here'}.`,
    `Install Java ${JAVA} or newer, or leave FIRESTORE_EMULATOR unset.`,
  );
}

async function hidaneOnPath() {
  const file = which('hidane');
  if (!file) return null;
  const version = await versionOf(file);
  if (version === VERSION) return file;
  say(`  hidane on PATH is ${version ?? 'broken'}, tested here is ${VERSION}: using our own copy.`);
  return null;
}

/** @param {string} file */
async function versionOf(file) {
  const { code, output } = await run(file, ['--version']).catch(() => ({ code: 1, output: '' }));
  return code === 0 ? (/\d+\.\d+\.\d+/.exec(output)?.[0] ?? null) : null;
}

const home = () => path.join(TOOLS, `hidane-${VERSION}`);
const cachedFile = () => path.join(home(), 'hidane');
const sealFile = () => path.join(home(), 'hidane.sha256');

/** The cached copy, if it is still byte for byte what was put there. */
async function hidaneInCache() {
  const [bytes, seal] = await Promise.all([
    readFile(cachedFile()).catch(() => null),
    readFile(sealFile(), 'utf8').catch(() => null),
  ]);
  if (!bytes || !seal) return null;
  if (sha256(bytes) === seal.trim() && (await versionOf(cachedFile())) === VERSION)
    return cachedFile();
  say(`  ${cachedFile()} is not what was put there: building it again.`);
  await rm(home(), { recursive: true, force: true });
  return null;
}

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Puts a hidane binary into the cache, complete or not at all. @param {string} binary @returns {Promise<string>} */
export async function keepHidane(binary) {
  const fresh = `${home()}.${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await copyFile(binary, path.join(fresh, 'hidane'));
  await chmod(path.join(fresh, 'hidane'), 0o755);
  await writeFile(path.join(fresh, 'hidane.sha256'), `${sha256(await readFile(binary))}\n`);
  await rm(home(), { recursive: true, force: true });
  await rename(fresh, home());
  return cachedFile();
}

/**
 * @param {Extract<import('./cargo.mjs').Cargo, {ok: true}>} cargo
 * @returns {Promise<{file?: string, failure: string, evidence?: string}>}
 */
async function buildHidane(cargo) {
  await removeAbandonedBuilds();
  const root = path.join(TOOLS, `build-${process.pid}`);
  const args = [
    'install',
    'hidane',
    '--version',
    `=${VERSION}`,
    '--locked',
    '--no-track',
    '--root',
    root,
  ];
  try {
    return await step(
      `Build the Firestore emulator (hidane ${VERSION}; about three minutes, once per person)`,
      async (busyWith) => {
        const env = {
          ...cargo.env,
          CARGO_TERM_COLOR: 'never',
          CARGO_TARGET_DIR: path.join(root, 'target'),
        };
        const { code, output } = await run(cargo.file, args, { env, onLine: busyWith });
        if (code !== 0)
          throw new Problem('cargo could not build it.', undefined, lastLines(output, 15));
        return { file: await keepHidane(path.join(root, 'bin', 'hidane')), failure: '' };
      },
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { failure: `"cargo ${args.slice(0, 4).join(' ')}" failed.`, evidence: error.evidence };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A build that was stopped leaves a gigabyte behind. */
async function removeAbandonedBuilds() {
  const names = await readdir(TOOLS).catch(() => []);
  const abandoned = names.filter((name) => {
    const pid = Number(/^build-(\d+)$/.exec(name)?.[1]);
    return pid > 0 && !alive(pid);
  });
  await Promise.all(
    abandoned.map((name) => rm(path.join(TOOLS, name), { recursive: true, force: true })),
  );
}

/** The major version of Java, 0 where there is none. */
async function javaMajor() {
  const { code, output } = await run('java', ['-version']).catch(() => ({ code: 1, output: '' }));
  return code === 0 ? Number(/version "(\d+)/.exec(output)?.[1] ?? 0) : 0;
}
