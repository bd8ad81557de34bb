/**
 * Builds `functions/dist`, the folder that is deployed and that the emulator serves. It stands alone:
 * the workspace code in one bundle, a manifest with the exact runtime versions of the root lockfile,
 * and a lockfile of its own, so that the cloud installs without knowing this repository.
 *
 * Everything else in the folder (settings for the emulator among it) is removed first, so that a
 * deploy never carries a local secret.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const dist = path.join(here, 'dist');
const lockCache = path.join(root, '.cache', 'functions-lock');

const manifest = JSON.parse(await readFile(path.join(here, 'package.json'), 'utf8'));
const rootLock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
const external = Object.keys(manifest.dependencies);

await mkdir(dist, { recursive: true });
for (const name of await readdir(dist)) await rm(path.join(dist, name), { recursive: true });

await build({
  entryPoints: [path.join(here, 'src', 'index.ts')],
  outfile: path.join(dist, 'index.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  sourcemap: true,
  external: external.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
});

const distManifest = JSON.stringify(runtimeManifest(), null, 2) + '\n';
await writeFile(path.join(dist, 'package.json'), distManifest);
await writeFile(path.join(dist, 'package-lock.json'), await lockFor(distManifest));

/** What the cloud installs: the runtime dependencies only, each at the version tested here. */
function runtimeManifest() {
  return {
    name: manifest.name,
    private: true,
    type: 'module',
    main: 'index.js',
    engines: { node: '22' },
    dependencies: Object.fromEntries(external.map((name) => [name, lockedVersion(name)])),
  };
}

/** The version of a dependency in the root lockfile; throws where the lockfile does not know it. */
function lockedVersion(name) {
  const own = rootLock.packages[`functions/node_modules/${name}`];
  const hoisted = rootLock.packages[`node_modules/${name}`];
  const version = (own ?? hoisted)?.version;
  if (!version) throw new Error(`package-lock.json has no ${name}: run "npm install" first.`);
  return version;
}

/** The lockfile of a manifest; resolving it takes seconds, so it is kept under the hash of its input. */
async function lockFor(content) {
  const key = createHash('sha256').update(content).digest('hex').slice(0, 32);
  const kept = path.join(lockCache, `${key}.json`);
  const known = await readFile(kept, 'utf8').catch(() => null);
  if (known !== null) return known;

  const work = path.join(lockCache, `${key}.${process.pid}`);
  await mkdir(work, { recursive: true });
  try {
    await writeFile(path.join(work, 'package.json'), content);
    const args = [
      'install',
      '--package-lock-only',
      '--no-audit',
      '--no-fund',
      '--workspaces=false',
    ];
    await promisify(execFile)('npm', args, { cwd: work });
    const lock = await readFile(path.join(work, 'package-lock.json'), 'utf8');
    await writeFile(kept, lock);
    return lock;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
