import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { SecretStore } from '../ports.ts';
import { httpGraph, readAnswer } from './graph.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function listen(handle: RequestListener): Promise<string> {
  const started = createServer(handle);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const token: SecretStore = { get: (name) => Promise.resolve([`token of ${name}`]) };
const graphAt = (graphUrl: string, secrets = token, timeoutMs = 2_000) =>
  httpGraph({ graphUrl, graphVersion: 'v24.0' }, secrets, timeoutMs);

describe('what the Graph API answered', () => {
  it('is accepted with the id of the message', () => {
    expect(readAnswer(200, { messages: [{ id: 'wamid.A' }] })).toEqual({
      kind: 'accepted',
      wamid: 'wamid.A',
    });
  });

  it.each([
    ['no JSON', 200, null],
    ['a list', 200, []],
    ['no message', 200, { messages: [] }],
    ['a message without an id', 200, { messages: [{ id: '' }] }],
  ])('is lost where a 200 has %s: it may have gone out', (_, status, body) => {
    expect(readAnswer(status, body)).toEqual({ kind: 'lost' });
  });

  it('is refused with code, title and details, whatever the HTTP status', () => {
    const body = {
      error: {
        message: '(#131047) Re-engagement message',
        code: 131047,
        error_data: { messaging_product: 'whatsapp', details: 'More than 24 hours' },
      },
    };
    const refused = {
      kind: 'refused',
      code: 131047,
      title: '(#131047) Re-engagement message',
      details: 'More than 24 hours',
    };
    expect(readAnswer(400, body)).toEqual({ ...refused, httpStatus: 400 });
    expect(readAnswer(200, { ...body, messages: [{ id: 'wamid.A' }] })).toEqual({
      ...refused,
      httpStatus: 200,
    });
  });

  it('is refused without a code where the error has none', () => {
    expect(readAnswer(502, '<html>')).toEqual({
      kind: 'refused',
      httpStatus: 502,
      code: null,
      title: '',
      details: '',
    });
  });
});

describe('a send', () => {
  it('goes to the number’s messages with the number’s token and the body as it is', async () => {
    const seen: unknown[] = [];
    const url = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers.authorization, JSON.parse(body));
        response.end(JSON.stringify({ messages: [{ id: 'wamid.A' }] }));
      });
    });
    const answer = await graphAt(url).send('1234', { type: 'text', text: { body: 'Olá' } });
    expect(answer).toEqual({ kind: 'accepted', wamid: 'wamid.A' });
    expect(seen).toEqual([
      'POST',
      '/v24.0/1234/messages',
      'Bearer token of channel-1234-token',
      { type: 'text', text: { body: 'Olá' } },
    ]);
  });

  it('is unreachable where nobody listens', async () => {
    const url = await listen(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await graphAt(url).send('1', {})).toEqual({ kind: 'unreachable' });
  });

  it('says that it had no token while the secrets can’t be read: nothing was sent', async () => {
    const secrets = { get: () => Promise.reject(new Error('down')) };
    expect(await graphAt('http://127.0.0.1:1', secrets).send('1', {})).toEqual({
      kind: 'no-token',
    });
  });

  it('is lost where no answer comes in time', async () => {
    const url = await listen(() => undefined);
    expect(await graphAt(url, token, 50).send('1', {})).toEqual({ kind: 'lost' });
  });

  it('is lost where the connection breaks before the answer', async () => {
    const url = await listen((request) => request.socket.destroy());
    expect(await graphAt(url).send('1', {})).toEqual({ kind: 'lost' });
  });

  it('is lost where the answer breaks off', async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('{"messages":[{"id":');
      setImmediate(() => response.destroy());
    });
    expect(await graphAt(url).send('1', {})).toEqual({ kind: 'lost' });
  });

  it('follows no redirect, which would carry the token elsewhere', async () => {
    let requests = 0;
    const url = await listen((_, response) => {
      requests += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await graphAt(url).send('1', {})).toEqual({ kind: 'lost' });
    expect(requests).toBe(1);
  });
});
