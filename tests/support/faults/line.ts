import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** Where a line ends. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * - `open`: everything passes.
 * - `cut`: connections are dropped and refused.
 * - `stalled`: connections are accepted and nothing passes; what is on its way arrives once mended.
 * - `mute`: what is asked arrives, what is answered does not before it is mended.
 */
export type Condition = 'open' | 'cut' | 'stalled' | 'mute';

/** How slow a line is: ms before the first byte of a burst, and bytes a second after it. */
export interface Pace {
  readonly latency: number;
  readonly rate: number;
}

/** What browsers call "Slow 3G": 400 kbit/s, two seconds from question to answer. */
export const SLOW_3G: Pace = { latency: 1_000, rate: 50_000 };

type Direction = 'asking' | 'answering';

/** One TCP connection's way through our hands, which can be broken in several ways and mended. */
export class Line {
  private condition: Condition = 'open';
  private pace: Pace | null = null;
  private since = Date.now();
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private changed = Promise.withResolvers<void>();

  /** Drops what is connected and refuses what comes. */
  cut(): void {
    this.become('cut');
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  stall(): void {
    this.become('stalled');
  }

  mute(): void {
    this.become('mute');
  }

  /** Everything passes, at this pace. */
  slow(pace: Pace): void {
    this.pace = pace;
    this.become('open');
  }

  mend(): void {
    this.pace = null;
    this.become('open');
  }

  /** Mends it as soon as it has been broken for so many ms: the length of a fault, not a pause. */
  async mendAfter(ms: number): Promise<void> {
    await wait(this.since + ms - Date.now());
    this.mend();
  }

  /** Carries a connection to its place. */
  carry(client: Socket, to: Place): void {
    if (this.condition === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ ...to });
    const pair = [client, server] as const;
    this.pairs.add(pair);
    const end = (): void => {
      this.pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', end).on('close', end);
    }
    client.pipe(this.gate('asking')).pipe(server);
    server.pipe(this.gate('answering')).pipe(client);
  }

  private become(condition: Condition): void {
    if (condition !== this.condition) this.since = Date.now();
    this.condition = condition;
    const { resolve } = this.changed;
    this.changed = Promise.withResolvers<void>();
    resolve();
  }

  private holds(direction: Direction): boolean {
    return this.condition === 'stalled' || (this.condition === 'mute' && direction === 'answering');
  }

  private gate(direction: Direction): Transform {
    let quietSince = 0;
    const pass = async (size: number): Promise<void> => {
      while (this.holds(direction)) await this.changed.promise;
      if (this.pace === null) return;
      const { latency, rate } = this.pace;
      const first = Date.now() - quietSince > latency;
      await wait((first ? latency : 0) + (size / rate) * 1_000);
      quietSince = Date.now();
    };
    return new Transform({
      transform(chunk: Buffer, _, done) {
        void pass(chunk.length).then(() => done(null, chunk));
      },
    });
  }
}

/** A server on 127.0.0.1; `close` also ends what is connected. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens and hands over every connection. */
export async function listen(accept: (client: Socket) => void, port = 0): Promise<Listening> {
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => undefined);
    accept(client);
  });
  server.listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      for (const client of open) client.destroy();
      await once(server, 'close');
    },
  };
}

/** A line with an end of its own on 127.0.0.1, for programs that are told where to connect. */
export async function openLine(to: Place, port = 0): Promise<Line & Listening> {
  const line = new Line();
  const listening = await listen((client) => line.carry(client, to), port);
  return Object.assign(line, listening);
}
