import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Firebase's own emulator will not do: it takes the first chunk of an upload for all of it. */
const MODULE = 'github.com/fsouza/fake-gcs-server';
const VERSION = 'v1.56.1';

/** What is built once per person, as the Firestore emulator is. */
const TOOLS = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'),
  'switchboard',
);

/** Cloud Storage on this machine, or why there is none. */
export type CloudStorage =
  { readonly url: string; stop(): Promise<void> } | { readonly url: null; readonly why: string };

/**
 * Starts a Cloud Storage with this bucket, which keeps everything in memory. The first time it is
 * built, which takes a minute or two.
 */
export async function startCloudStorage(bucket: string): Promise<CloudStorage> {
  const program = path.join(TOOLS, `fake-gcs-server-${VERSION}`, 'fake-gcs-server');
  if (!existsSync(program)) {
    const why = await build(path.dirname(program));
    if (why !== null) return { url: null, why };
  }
  const url = `http://127.0.0.1:${await freePort()}`;
  const { hostname, port, host } = new URL(url);
  const args = { scheme: 'http', backend: 'memory', host: hostname, port };
  // It names itself in the addresses at which an upload goes on.
  const names = { 'public-host': host, 'external-url': url };
  const child = spawn(
    program,
    Object.entries({ ...args, ...names }).map(([name, value]) => `-${name}=${value}`),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await started(child);
  await fetch(`${url}/storage/v1/b`, { method: 'POST', body: JSON.stringify({ name: bucket }) });
  const stop = async (): Promise<void> => {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { url, stop };
}

/** Puts the program into this folder, whole or not at all; answers why it could not. */
async function build(folder: string): Promise<string | null> {
  await mkdir(TOOLS, { recursive: true });
  const draft = await mkdtemp(path.join(TOOLS, 'fake-gcs-server-'));
  const env = { ...process.env, GOBIN: draft, CGO_ENABLED: '0' };
  try {
    await exec('go', ['install', `${MODULE}@${VERSION}`], { env });
    await rename(draft, folder);
    return null;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another run was faster.
    if (existsSync(folder)) return null;
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'Go is not installed (https://go.dev), which builds the Cloud Storage to test against'
      : `"go install ${MODULE}@${VERSION}" failed`;
  }
}

async function started(child: ChildProcess): Promise<void> {
  for await (const line of createInterface(child.stderr!)) {
    if (!line.includes('server started')) continue;
    child.stderr!.resume();
    return;
  }
  throw new Error('The Cloud Storage on this machine did not start.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
