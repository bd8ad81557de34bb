import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortTaken, startSandbox, type Sandbox } from './server.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterEach(async () => {
  await sandbox.stop();
});

/** The status for a request that names another host, which fetch does not allow. */
function statusFor(host: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: sandbox.port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the address', () => {
  it('is 127.0.0.1 or localhost and no other name', async () => {
    const { port } = sandbox;
    expect(await statusFor(`127.0.0.1:${port}`, '/_sandbox/health')).toBe(200);
    expect(await statusFor(`localhost:${port}`, '/_sandbox/health')).toBe(200);
    expect(await statusFor('evil.test', '/_sandbox/health')).toBe(403);
    expect(await statusFor('127.0.0.1.evil.test', '/phone')).toBe(403);
    expect(await statusFor('evil.test', '/v24.0/1/messages')).toBe(403);
  });

  it('that is taken is told apart from other failures', async () => {
    await expect(startSandbox({ port: sandbox.port })).rejects.toBeInstanceOf(PortTaken);
  });

  it('is free again after a stop, even with a request left hanging', async () => {
    const other = await startSandbox({ port: 0 });
    other.world.setFault('messages', {
      op: 'messages',
      mode: 'timeout',
      code: 131000,
      httpStatus: null,
      times: null,
      delay: null,
    });
    const hanging = fetch(`${other.url}/v24.0/100000000000001/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer demo-access-token' },
      body: '{}',
    }).catch(() => null);
    await other.stop();
    await hanging;
    const again = await startSandbox({ port: other.port });
    await again.stop();
  });
});
