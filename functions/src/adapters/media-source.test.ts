import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { allowedHost, httpMedia, readFound } from './media-source.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(handle: RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

const sourceAt = (graphUrl: string) =>
  httpMedia(
    { graphUrl, graphVersion: 'v24.0', mediaHosts: ['127.0.0.1'], emulated: true },
    { get: (name) => Promise.resolve([`token of ${name}`]) },
  );

const textOf = async (opened: Awaited<ReturnType<ReturnType<typeof sourceAt>['open']>>) => {
  if (opened.kind !== 'opened') return opened;
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe('what Meta says of media', () => {
  it('is an address, a type, a size and a hash', () => {
    const body = {
      url: 'https://x',
      mime_type: 'image/jpeg',
      file_size: '12',
      sha256: 'ff',
      id: '4',
    };
    expect(readFound(200, body)).toEqual({
      kind: 'found',
      url: 'https://x',
      mimeType: 'image/jpeg',
      size: 12,
      sha256: 'ff',
    });
  });

  it.each([
    ['an id that Meta does not know', 400, { error: { code: 100 } }, 'gone'],
    ['nothing there', 404, null, 'gone'],
    ['a token that is dead', 401, { error: { code: 190 } }, 'refused'],
    ['too many questions', 429, { error: { code: 80007 } }, 'refused'],
    ['a fault of Meta', 500, null, 'unreachable'],
    ['no address', 200, {}, 'unreachable'],
  ])('is a failure with %s', (_, status, body, failure) => {
    expect(readFound(status, body)).toEqual({ kind: 'failed', failure });
  });

  it('is asked with the token of the number', async () => {
    let asked = '';
    const url = await listen((request, response) => {
      asked = `${request.url} ${request.headers.authorization}`;
      response.end(JSON.stringify({ url: 'https://x' }));
    });
    await sourceAt(url).find('100', '4/2');
    expect(asked).toBe('/v24.0/4%2F2?phone_number_id=100 Bearer token of channel-100-token');
  });
});

describe('the bytes', () => {
  it('come over a redirect, with the token to allowed hosts', async () => {
    const url = await listen((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else response.end(request.headers.authorization);
    });
    expect(await textOf(await sourceAt(url).open('100', `${url}/a`))).toBe(
      'Bearer token of channel-100-token',
    );
  });

  it('are not fetched from another host, neither at once nor over a redirect', async () => {
    let heard = false;
    const other = await listen((_, response) => {
      heard = true;
      response.end('caught');
    }, 'localhost');
    const url = await listen((_, response) => response.writeHead(302, { location: other }).end());
    const foreign = { kind: 'failed', failure: 'foreign-host' };
    expect(await sourceAt(url).open('100', other)).toEqual(foreign);
    expect(await sourceAt(url).open('100', url)).toEqual(foreign);
    expect(heard).toBe(false);
  });

  it('are not chased in a circle', async () => {
    const url = await listen((_, response) => response.writeHead(302, { location: '/' }).end());
    expect(await sourceAt(url).open('100', url)).toMatchObject({ kind: 'failed' });
  });

  it('are had another time where the address ran out or the server is away', async () => {
    const url = await listen((_, response) => response.writeHead(404).end());
    const unreachable = { kind: 'failed', failure: 'unreachable' };
    expect(await sourceAt(url).open('100', url)).toEqual(unreachable);
    expect(await sourceAt(url).open('100', 'http://127.0.0.1:1/')).toEqual(unreachable);
  });
});

describe('the token', () => {
  const meta = { mediaHosts: ['*.fbsbx.com'], emulated: false };
  it.each(['https://lookaside.fbsbx.com/x', 'https://a.b.fbsbx.com:443/'])(
    'may go to %s',
    (url) => {
      expect(allowedHost(meta, url)).toBe(true);
    },
  );

  it.each([
    'http://lookaside.fbsbx.com/',
    'https://fbsbx.com.evil.example/',
    'https://evilfbsbx.com/',
    'https://evil.example/?lookaside.fbsbx.com',
    'https://lookaside.fbsbx.com@evil.example/',
    'https://user:word@lookaside.fbsbx.com/',
    'file:///etc/passwd',
    'no address',
  ])('may not go to %s', (url) => {
    expect(allowedHost(meta, url)).toBe(false);
  });
});
