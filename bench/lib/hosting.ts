/** A build served as Firebase Hosting serves it: its headers and rewrites of firebase.json, and compressed. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

interface HeaderRule {
  readonly source: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}
interface Config {
  readonly hosting: { readonly headers: readonly HeaderRule[] };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
/** What is small already is not compressed again. */
const PACKED = new Set(['.png']);

/** A running server. */
export interface Hosting {
  readonly url: string;
  readonly close: () => void;
}

/** Serves the files of a folder. A path that names none is the app's own and answered with its page, but for its parts. */
export async function serve(folder: string): Promise<Hosting> {
  const root = path.join(import.meta.dirname, '../..');
  const config = JSON.parse(readFileSync(path.join(root, 'firebase.json'), 'utf8')) as Config;
  const answers = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = fileOf(folder, pathname);
    if (file === null) return void response.writeHead(404).end();
    const type = path.extname(file);
    for (const [key, value] of headersFor(config, pathname)) response.setHeader(key, value);
    response.setHeader('content-type', TYPES[type] ?? 'application/octet-stream');
    if (!PACKED.has(type)) response.setHeader('content-encoding', 'gzip');
    const body = answers.get(file) ?? packed(file);
    answers.set(file, body);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function fileOf(folder: string, pathname: string): string | null {
  const file = path.join(folder, path.normalize(pathname));
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  return pathname.startsWith('/assets/') ? null : path.join(folder, 'index.html');
}

const packed = (file: string): Buffer => {
  const content = readFileSync(file);
  return PACKED.has(path.extname(file)) ? content : gzipSync(content);
};

/** A later rule outweighs an earlier one (Firebase, "Configure Hosting behavior"). */
function headersFor({ hosting }: Config, pathname: string): ReadonlyMap<string, string> {
  const fits = ({ source }: HeaderRule): boolean =>
    source === '**' ||
    (source.startsWith('!')
      ? !path.matchesGlob(pathname, source.slice(1))
      : path.matchesGlob(pathname, source));
  const headers = hosting.headers.filter(fits).flatMap((rule) => rule.headers);
  return new Map(headers.map(({ key, value }) => [key, value]));
}
