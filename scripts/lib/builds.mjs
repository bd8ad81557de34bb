/**
 * Builds what the emulators serve, and only when something that goes into it has changed: a build
 * leaves the hash of its input behind.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, NODE, ROOT, shown } from './paths.mjs';
import { must, toolEnv } from './processes.mjs';
import { step } from './say.mjs';
import { writeSettings } from './settings.mjs';

/**
 * Builds functions/dist and puts a copy with the settings of this run where its emulator reads it:
 * the folder that is deployed never holds a local secret, and a test run does not disturb `npm start`.
 * @param {string} folder
 * @param {Record<string, string>} settings
 */
export async function buildFunctions(folder, settings) {
  const dist = path.join(ROOT, 'functions', 'dist');
  await unlessUnchanged(
    'Build the functions',
    path.join(ROOT, '.cache', 'stamps', 'functions'),
    {
      inputs: [
        'functions/src',
        'functions/build.mjs',
        'functions/package.json',
        'domain/src',
        'package-lock.json',
      ],
      output: dist,
    },
    async () => {
      const env = toolEnv();
      await must(
        NODE,
        ['functions/build.mjs'],
        { env },
        'The functions do not build.',
        'Mend what esbuild names above.',
      );
    },
  );
  await rm(folder, { recursive: true, force: true });
  await cp(dist, folder, { recursive: true, filter: (source) => !source.includes('node_modules') });
  // Documents begin empty with every start, and so does what they tell of. A folder of one's own stays.
  if (settings.MEDIA_FOLDER?.startsWith(CACHE))
    await rm(settings.MEDIA_FOLDER, { recursive: true, force: true });
  await writeSettings(folder, settings);
}

/**
 * Builds the app for the emulators: `VITE_EMULATORS=1` and the ports that the page speaks to,
 * `VITE_AUTH_PORT` and `VITE_FIRESTORE_PORT` (functions are reached through hosting).
 * @param {string} folder inside `web/`
 * @param {Record<string, number>} ports
 */
export async function buildWeb(folder, ports) {
  const variables = {
    VITE_EMULATORS: '1',
    VITE_AUTH_PORT: String(ports.auth),
    VITE_FIRESTORE_PORT: String(ports.firestore),
  };
  const args = [
    'run',
    'build',
    '-w',
    'web',
    '--',
    '--mode',
    'emulators',
    '--outDir',
    path.basename(folder),
    '--emptyOutDir',
  ];
  await unlessUnchanged(
    'Build the app',
    path.join(ROOT, '.cache', 'stamps', path.basename(folder)),
    {
      inputs: ['web', 'domain/src', 'package-lock.json'],
      output: folder,
      also: JSON.stringify(variables),
    },
    async (busyWith) => {
      await must(
        'npm',
        args,
        { env: toolEnv(variables), onLine: busyWith },
        'The app does not build.',
        'Mend what vite names above.',
      );
    },
  );
}

/**
 * @param {string} name
 * @param {string} stampFile
 * @param {{inputs: string[], output: string, also?: string}} what
 * @param {(busyWith: (what: string) => void) => Promise<void>} build
 */
async function unlessUnchanged(name, stampFile, { inputs, output, also = '' }, build) {
  const stamp = await hashOf(inputs, also);
  const there = (await readdir(output).catch(() => [])).length > 0;
  if (there && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return;
  await rm(stampFile, { force: true });
  await step(`${name} (${shown(output)})`, build);
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp);
}

/** @param {string[]} inputs @param {string} also */
async function hashOf(inputs, also) {
  const hash = createHash('sha256').update(also);
  for (const input of inputs) {
    for (const file of await filesUnder(path.join(ROOT, input))) {
      hash.update(`\0${shown(file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/** Files below a folder in a steady order; the file itself; nothing where there is none. @param {string} start */
async function filesUnder(start) {
  const entries = await readdir(start, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return null;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries === null) return [start];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/[/\\](node_modules|dist(-[^/\\]*)?)[/\\]/.test(shown(file)))
    .sort();
}
