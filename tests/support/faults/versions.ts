import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The app served by itself, for tests in which a new version of it comes out. */
export interface Versions {
  readonly url: string;
  /** Puts out the next version: every chunk has another name, and the old ones are gone. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

type Files = ReadonlyMap<string, Buffer>;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Serves what hosting serves at `origin`: what its worker lists, and all code that leads on from there. */
export async function openVersions(origin: string): Promise<Versions> {
  let files = await copyOf(origin);
  let version = 1;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', origin).pathname;
    const asset = path.startsWith('/assets/');
    const found = files.get(path) ?? (asset ? undefined : files.get('/index.html'));
    const type = TYPES[path.split('.')[1] ?? 'html'] ?? 'application/octet-stream';
    response.writeHead(found ? 200 : 404, { 'content-type': type, 'cache-control': 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : found);
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release() {
      version += 1;
      files = nextOf(files, `v${version}`);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function copyOf(origin: string): Promise<Files> {
  const worker = await (await fetch(`${origin}/sw.js`)).text();
  const listed = [...worker.matchAll(/"url":"([^"]+)"/g)].map(([, url]) => `/${url}`);
  const files = new Map<string, Buffer>();
  for (let paths = ['/sw.js', ...listed]; paths.length > 0;) {
    const answers = await Promise.all(paths.map((path) => fetch(origin + path)));
    const bodies = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    paths.forEach((path, index) => {
      if (answers[index]?.ok) files.set(path, Buffer.from(bodies[index] ?? new ArrayBuffer(0)));
    });
    // Code that is loaded on demand is in no list: it is named by what loads it.
    const asked = new Set(paths);
    const named = paths.flatMap((path) => chunksIn(files.get(path)));
    paths = [...new Set(named)].filter((path) => !files.has(path) && !asked.has(path));
  }
  return files;
}

const chunksIn = (body: Buffer | undefined): readonly string[] =>
  [...(body?.toString('utf8').matchAll(/(?:assets|\.)\/([\w-]+\.js)\b/g) ?? [])].map(
    ([, name]) => `/assets/${name}`,
  );

/** As another build of changed sources has it: other hashes in all names, and in the worker's list. */
function nextOf(files: Files, mark: string): Files {
  const renamed = new Map(
    [...files.keys()]
      .filter((path) => path.startsWith('/assets/'))
      .map((path) => path.slice('/assets/'.length))
      .map((name) => [name, name.replace(/\.(?=[a-z]+$)/, `${mark}.`)]),
  );
  const rewritten = (body: Buffer): Buffer => {
    let text = body.toString('utf8');
    for (const [before, after] of renamed) text = text.replaceAll(before, after);
    return Buffer.from(text.replaceAll(/("revision":")(?=[0-9a-f])/g, `$1${mark}`));
  };
  return new Map(
    [...files].map(([path, body]) => {
      const name = path.slice('/assets/'.length);
      const next = path.startsWith('/assets/') ? `/assets/${renamed.get(name)}` : path;
      return [next, /\.(?:js|css|html)$/.test(path) ? rewritten(body) : body];
    }),
  );
}
