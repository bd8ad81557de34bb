import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { managedSecrets } from './secret-manager.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** Google's Secret Manager as far as we ask it (REST v1: `versions.list`, `versions.access`). */
async function aSecretManager(answer: (path: string, request: IncomingMessage) => Answer) {
  const asked: string[] = [];
  const started = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status, body } = answer(request.url ?? '', request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  const store = managedSecrets({
    projectId: 'acme',
    accessToken: () => Promise.resolve('oauth'),
    baseUrl: `http://127.0.0.1:${port}`,
  });
  return { asked, store };
}

const PREFIX = 'projects/acme/secrets/app-default-secret/versions';
const version = (number: number) => ({ name: `${PREFIX}/${number}`, state: 'ENABLED' });
const payload = (value: string): Answer => ({
  status: 200,
  body: { payload: { data: Buffer.from(value).toString('base64') } },
});

describe('secrets in Secret Manager', () => {
  it('answers every enabled version, newest first, with the account’s token', async () => {
    const tokens = new Set<string | undefined>();
    const { asked, store } = await aSecretManager((path, request) => {
      tokens.add(request.headers.authorization);
      if (path === `/v1/${PREFIX}?filter=state:ENABLED`)
        return { status: 200, body: { versions: [version(3), version(2)] } };
      return payload(path.includes('/3:') ? 'new' : 'old');
    });
    expect(await store.get('app-default-secret')).toEqual(['new', 'old']);
    expect(asked.slice(1).sort()).toEqual([`/v1/${PREFIX}/2:access`, `/v1/${PREFIX}/3:access`]);
    expect([...tokens]).toEqual(['Bearer oauth']);
  });

  it('answers none for a name that is not there, and for a secret without an enabled version', async () => {
    const { store } = await aSecretManager((path) =>
      path.includes('unknown') ? { status: 404, body: {} } : { status: 200, body: {} },
    );
    expect(await store.get('unknown')).toEqual([]);
    expect(await store.get('app-default-secret')).toEqual([]);
  });

  it.each([403, 500, 503])(
    'throws on %i, so that nobody takes an outage for no secret',
    async (status) => {
      const { store } = await aSecretManager(() => ({ status, body: { error: {} } }));
      await expect(store.get('app-default-secret')).rejects.toThrow(
        `Secret Manager answered ${status}`,
      );
    },
  );

  it('throws on a version without data', async () => {
    const { store } = await aSecretManager((path) =>
      path.includes(':access')
        ? { status: 200, body: { payload: {} } }
        : { status: 200, body: { versions: [version(1)] } },
    );
    await expect(store.get('app-default-secret')).rejects.toThrow('a version without data');
  });

  it('can be asked for no other path by the name of a secret', async () => {
    const { asked, store } = await aSecretManager(() => ({ status: 404, body: {} }));
    await store.get('../../other/secrets/x');
    expect(asked).toEqual([
      '/v1/projects/acme/secrets/..%2F..%2Fother%2Fsecrets%2Fx/versions?filter=state:ENABLED',
    ]);
  });
});
