import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/*
 * What a built app weighs: `node web/scripts/sizes.ts [dist folder]`. Prints one line per figure and
 * exits with 1 where a budget is exceeded.
 */

/** A chunk in Vite's manifest (`.vite/manifest.json`). */
interface Chunk {
  readonly file: string;
  readonly name?: string;
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

export interface Figure {
  readonly name: string;
  /** Bytes; for `web fonts` a number of files. */
  readonly value: number;
  readonly budget: number;
}

const KB = 1000;

/** What a visitor downloads until the sign-in stands. */
const FIRST_PAINT = ['index.html', 'src/pages/SignInPage.vue'];

/** What a list, a thread and its composer need until they are live. */
const LIVE_INBOX = [
  'index.html',
  'src/pages/inbox.ts',
  'src/data/firebase.ts',
  'src/data/browser-store.ts',
];

/** Measures a built app: gzip at level 9 for what travels, raw for the precache. */
export function measure(dist: string): readonly Figure[] {
  const read = (file: string) => readFileSync(path.join(dist, file));
  const gzip = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
  const manifest = JSON.parse(read('.vite/manifest.json').toString()) as Manifest;
  const assets = readdirSync(path.join(dist, 'assets')).map((name) => `assets/${name}`);
  const texts = (part: RegExp) =>
    Math.max(...assets.filter((file) => part.test(file)).map((file) => gzip([file])));
  const first = texts(/\/_?messages-[a-z]{2}-first-.*\.js$/);
  const rest = texts(/\/_?messages-[a-z]{2}-rest-.*\.js$/);
  const css = assets.filter((file) => file.endsWith('.css'));
  const fonts = assets.filter((file) => /\.(woff2?|ttf|otf)$/.test(file));
  return [
    {
      name: 'js to first paint, gzip',
      value: gzip(filesOf(manifest, FIRST_PAINT)) + first,
      budget: 60 * KB,
    },
    {
      name: 'js to a live inbox, gzip',
      value: gzip(filesOf(manifest, LIVE_INBOX)) + first + rest,
      budget: 215 * KB,
    },
    { name: 'css, gzip', value: gzip(css), budget: 20 * KB },
    { name: 'web fonts', value: fonts.length, budget: 0 },
    { name: 'precache, raw', value: precached(dist), budget: 900 * KB },
  ];
}

/** The files of some entries and of everything that they import statically. */
function filesOf(manifest: Manifest, entries: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`The build has no chunk "${key}": adapt sizes.ts.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return files;
}

/** Raw size of what the service worker keeps from the start. */
function precached(dist: string): number {
  const worker = readFileSync(path.join(dist, 'sw.js'), 'utf8');
  const files = [...worker.matchAll(/\burl["']?:\s*["'`]([^"'`]+)/g)]
    .map((match) => path.join(dist, match[1] ?? ''))
    .filter((file) => existsSync(file));
  if (files.length === 0) throw new Error('The worker precaches nothing: adapt sizes.ts.');
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

function main(): void {
  const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
  if (!existsSync(path.join(dist, '.vite/manifest.json'))) {
    process.stderr.write(`No build in ${dist}: run "npm run build -w web" first.\n`);
    process.exit(2);
  }
  const figures = measure(dist);
  for (const { name, value, budget } of figures) {
    const verdict = value <= budget ? 'ok' : 'OVER';
    process.stdout.write(
      `${name.padEnd(26)}${String(value).padStart(8)} of ${budget}  ${verdict}\n`,
    );
  }
  process.exit(figures.every(({ value, budget }) => value <= budget) ? 0 : 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
