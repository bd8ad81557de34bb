import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DIST = path.join(ROOT, 'functions', 'dist');
const MINUTES = 60_000;

/** What the source exports, and nothing else; what that must be its own test says. */
const FUNCTIONS = [
  ...(await readFile(path.join(ROOT, 'functions/src/index.ts'), 'utf8')).matchAll(
    /^export const (\w+) =/gm,
  ),
]
  .map(([, name]) => name)
  .sort();

const exec = promisify(execFile);
let bare: string;

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly engines: { readonly node: string };
}

const manifestOf = async (folder: string) =>
  JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;

beforeAll(async () => {
  await exec('node', ['functions/build.mjs'], { cwd: ROOT });
  bare = await mkdtemp(path.join(tmpdir(), 'switchboard-deploy-'));
  await cp(DIST, bare, { recursive: true });
  await exec('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: bare });
}, 10 * MINUTES);

afterAll(() => rm(bare, { recursive: true, force: true }));

describe('functions/dist, alone in a bare folder', () => {
  it('installs from its own lockfile and exports exactly the functions', async () => {
    const script = 'console.log(JSON.stringify(Object.keys(await import("./index.js")).sort()))';
    const { stdout } = await exec('node', ['--input-type=module', '-e', script], { cwd: bare });
    expect(JSON.parse(stdout)).toEqual(FUNCTIONS);
  });

  it('describes itself to the Firebase CLI, every function in us-central1', async () => {
    const out = path.join(bare, 'manifest.json');
    const cli = 'node_modules/firebase-functions/lib/bin/firebase-functions.js';
    const env = {
      ...process.env,
      FUNCTIONS_MANIFEST_OUTPUT_PATH: out,
      GCLOUD_PROJECT: 'demo-bare',
    };
    await exec('node', [cli, '.'], { cwd: bare, env });
    const { endpoints } = JSON.parse(await readFile(out, 'utf8')) as {
      endpoints: Record<string, { region: string[]; platform: string }>;
    };
    expect(Object.keys(endpoints).sort()).toEqual(FUNCTIONS);
    for (const { region, platform } of Object.values(endpoints)) {
      expect({ region, platform }).toEqual({ region: ['us-central1'], platform: 'gcfv2' });
    }
  });

  it('imports nothing outside its dependencies and node', async () => {
    const { metafile } = await build({
      entryPoints: [path.join(DIST, 'index.js')],
      bundle: true,
      write: false,
      metafile: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
    });
    const packages = Object.values(metafile.outputs)
      .flatMap(({ imports }) => imports.map((each) => each.path))
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    expect(packages).not.toEqual([]);
    const { dependencies } = await manifestOf(DIST);
    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('carries exact versions, Node 22, and no settings or secrets', async () => {
    const { dependencies, engines } = await manifestOf(DIST);
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(engines).toEqual({ node: '22' });
    expect((await readdir(DIST)).sort()).toEqual([
      'index.js',
      'index.js.map',
      'package-lock.json',
      'package.json',
    ]);
  });
});
