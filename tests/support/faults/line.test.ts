import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen, openLine, type Line, type Listening } from './line.ts';
import { openRoad, type Road } from './road.ts';

/** A server that hears everything and gives it back. */
let echo: Listening;
let heard = '';
let line: Line & Listening;
const clients: Socket[] = [];

beforeEach(async () => {
  heard = '';
  echo = await listen((socket) => {
    socket.on('data', (chunk) => {
      heard += String(chunk);
      socket.write(chunk);
    });
  });
  line = await openLine({ host: '127.0.0.1', port: echo.port });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all([line.close(), echo.close()]);
});

interface Client {
  readonly socket: Socket;
  readonly got: () => string;
}

function aClient(port = line.port): Client {
  const socket = connect({ host: '127.0.0.1', port });
  clients.push(socket);
  let got = '';
  socket.on('data', (chunk) => (got += String(chunk))).on('error', () => undefined);
  return { socket, got: () => got };
}

const ended = (socket: Socket): Promise<void> =>
  new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));

describe('a line', () => {
  it('passes everything both ways', async () => {
    const client = aClient();
    client.socket.write('hello');
    await vi.waitFor(() => expect(client.got()).toBe('hello'));
    expect(heard).toBe('hello');
  });

  it('that is cut drops what is connected and refuses what comes, until it is mended', async () => {
    const before = aClient();
    before.socket.write('1');
    await vi.waitFor(() => expect(before.got()).toBe('1'));
    line.cut();
    await ended(before.socket);
    const during = aClient();
    await ended(during.socket);
    line.mend();
    const after = aClient();
    after.socket.write('2');
    await vi.waitFor(() => expect(after.got()).toBe('2'));
    expect(heard).toBe('12');
  });

  it('that stalls takes connections and passes nothing, and passes all of it once mended', async () => {
    const before = aClient();
    line.stall();
    const during = aClient();
    before.socket.write('a');
    during.socket.write('b');
    const beside = await openLine({ host: '127.0.0.1', port: echo.port });
    const other = aClient(beside.port);
    other.socket.write('c');
    await vi.waitFor(() => expect(other.got()).toBe('c'));
    await beside.close();
    expect(heard).toBe('c');
    line.mend();
    await vi.waitFor(() => expect([before.got(), during.got()]).toEqual(['a', 'b']));
  });

  it('that is mute brings the question and keeps the answer', async () => {
    const client = aClient();
    line.mute();
    client.socket.write('asked');
    await vi.waitFor(() => expect(heard).toBe('asked'));
    expect(client.got()).toBe('');
    line.mend();
    await vi.waitFor(() => expect(client.got()).toBe('asked'));
  });

  it('that is slow takes its time, both ways', async () => {
    const client = aClient();
    line.slow({ latency: 50, rate: 10_000 });
    const began = performance.now();
    client.socket.write('x'.repeat(500));
    await vi.waitFor(() => expect(client.got()).toHaveLength(500));
    expect(performance.now() - began).toBeGreaterThan(2 * (50 + 50) - 20);
  });

  it('can be mended once it has been broken for a time', async () => {
    line.cut();
    const began = performance.now();
    await ended(aClient().socket);
    await line.mendAfter(50);
    expect(performance.now() - began).toBeGreaterThan(45);
    const after = aClient();
    after.socket.write('again');
    await vi.waitFor(() => expect(after.got()).toBe('again'));
  });
});

describe('a road', () => {
  let road: Road;
  beforeEach(async () => {
    road = await openRoad();
  });
  afterEach(() => road.close());

  /** Asks for a port as Chromium does. */
  function through(port: number): Client {
    const client = aClient(Number(road.server.split(':').at(-1)));
    const host = Buffer.from('127.0.0.1');
    const end = Buffer.alloc(2);
    end.writeUInt16BE(port);
    client.socket.write(Buffer.from([5, 1, 0]));
    client.socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, end]));
    return client;
  }

  const said = (client: Client): string => client.got().slice(12);

  it('leads to every port, and can be broken to one of them', async () => {
    road.to(line.port).cut();
    const [open, broken] = [through(echo.port), through(line.port)];
    await ended(broken.socket);
    open.socket.write('hello');
    await vi.waitFor(() => expect(said(open)).toBe('hello'));
  });
});
