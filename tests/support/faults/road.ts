import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Line, listen, type Place } from './line.ts';

/**
 * A browser's way to everything: a SOCKS5 proxy (RFC 1928) with a {@link Line} for each port. A
 * context of its own takes it as `proxy`, so that the app is told nothing and tests side by side break
 * only their own.
 */
export interface Road {
  /** For `browser.newContext({ proxy: { server } })`. */
  readonly server: string;
  /** The line to a port of this machine. */
  readonly to: (port: number) => Line;
  readonly close: () => Promise<void>;
}

/** Opens a road on which nothing is broken. */
export async function openRoad(): Promise<Road> {
  const lines = new Map<number, Line>();
  const to = (port: number): Line => {
    const line = lines.get(port) ?? new Line();
    lines.set(port, line);
    return line;
  };
  const { port, close } = await listen((client) => {
    askedFor(client).then(
      (place) => to(place.port).carry(client, place),
      () => client.destroy(),
    );
  });
  return { server: `socks5://127.0.0.1:${port}`, to, close };
}

const GRANTED = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/** The greeting and the request of a SOCKS5 client, answered; where it wants to go. */
async function askedFor(client: Socket): Promise<Place> {
  const [, methods = 0] = await read(client, 2);
  await read(client, methods);
  client.write(Buffer.from([5, 0]));
  const [, , , kind] = await read(client, 4);
  const host = kind === 3 ? await name(client) : (await read(client, 4)).join('.');
  const port = (await read(client, 2)).readUInt16BE();
  client.write(GRANTED);
  return { host, port };
}

async function name(client: Socket): Promise<string> {
  const [length = 0] = await read(client, 1);
  return (await read(client, length)).toString('latin1');
}

/** Exactly so many bytes; rejects where the connection ends before. */
async function read(client: Socket, size: number): Promise<Buffer> {
  for (;;) {
    const bytes = client.read(size) as Buffer | null;
    if (bytes !== null) return bytes;
    if (client.readableEnded || client.destroyed) throw new Error('The client left.');
    await once(client, 'readable');
  }
}
