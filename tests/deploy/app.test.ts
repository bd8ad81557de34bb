import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_TEXTS } from '../../web/src/features/session/demo-texts.ts';
import { FIRST, OTHERS } from '../../web/src/features/session/demo.ts';
import { measure } from '../../web/scripts/sizes.ts';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const vite = path.join(
  path.dirname(createRequire(`${web}package.json`).resolve('vite/package.json')),
  'bin/vite.js',
);

/** Builds as `npm run build` does, into a folder of its own. */
function build(outDir: string, mode: string): void {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  execFileSync(
    process.execPath,
    [vite, 'build', '--mode', mode, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'],
    { cwd: web, env, stdio: 'pipe' },
  );
}

const scripts = (dist: string): string =>
  readdirSync(path.join(dist, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(path.join(dist, 'assets', name), 'utf8'))
    .join('\n');

const folder = mkdtempSync(path.join(tmpdir(), 'switchboard-web-'));
const production = path.join(folder, 'production');
const emulators = path.join(folder, 'emulators');
const read = (file: string) => readFileSync(path.join(production, file), 'utf8');

beforeAll(() => {
  build(production, 'production');
  build(emulators, 'emulators');
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the worker keeps only once it was opened (`globIgnores` of `web/vite.config.ts`). */
const OPENED =
  /^(admin|ledger|alerts|voice-note|FileTray|TemplateComposer|TemplateDialog|StructuredSheet|SeenFrame|TextExtras|MediaViewer|MediaGallery|AssignSheet|KeysSheet|opus-worker|decoded|_messages-[a-z]{2}-(ledger|structured|later))-/;

describe('a build for production', () => {
  const traces = [
    '@demo.test',
    'demo-switchboard',
    DEMO_TEXTS.en.title,
    ...[...FIRST, ...OTHERS].map(({ name }) => name),
  ];

  it('has nothing of the demo sign-in, which a build for the emulators has', () => {
    const code = scripts(production);
    expect(traces.filter((trace) => code.includes(trace))).toEqual([]);
    const demo = scripts(emulators);
    expect(traces.filter((trace) => !demo.includes(trace))).toEqual([]);
  });

  it('names no emulator', () => {
    expect(scripts(production)).not.toMatch(/127\.0\.0\.1|:9099/);
  });

  it('keeps its budgets', () => {
    expect(measure(production).filter(({ value, budget }) => value > budget)).toEqual([]);
  });

  it('loads what sign-in needs without Firestore', () => {
    const manifest = JSON.parse(read('.vite/manifest.json')) as Record<
      string,
      { imports?: string[] }
    >;
    const reached = new Set<string>();
    const visit = (key: string): void => {
      if (reached.has(key)) return;
      reached.add(key);
      manifest[key]?.imports?.forEach(visit);
    };
    ['index.html', 'src/pages/SignInPage.vue', 'src/data/firebase.ts'].forEach(visit);
    expect([...reached].filter((key) => key.includes('firestore'))).toEqual([]);
    expect([...reached].some((key) => key.includes('auth'))).toBe(true);
  });

  it('keeps to its content security policy: no code or style inside the page', () => {
    const html = read('index.html');
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
    expect(scripts(production)).not.toMatch(/\beval\(|new Function\(/);
  });

  it('can be installed', () => {
    const manifest = JSON.parse(read('manifest.webmanifest')) as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; sizes: string; purpose: string }[];
    };
    expect(manifest).toMatchObject({
      name: 'Switchboard',
      start_url: '/inbox/mine',
      display: 'standalone',
    });
    const kinds = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
    expect(kinds).toEqual(['192x192 any', '512x512 any', '512x512 maskable']);
    for (const { src, sizes } of manifest.icons) {
      const png = readFileSync(path.join(production, src));
      // The width stands at byte 16 of a PNG.
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });

  it('starts offline: the worker keeps the page and every script but what is kept when it is opened, and answers for no function', () => {
    const worker = read('sw.js');
    for (const name of readdirSync(path.join(production, 'assets'))) {
      const kept = !OPENED.test(name);
      if (/\.(js|css)$/.test(name)) expect([name, worker.includes(name)]).toEqual([name, kept]);
    }
    expect(worker).toContain('index.html');
    expect(worker).not.toContain('.map"');
    for (const path of ['whatsapp', 'api', 'media', 'upload', '__'])
      expect(worker).toContain(`^\\/${path}\\/`);
  });
});
