import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  dispatch,
  httpGraph,
  systemClock,
  webhook,
  type SecretStore,
} from '@switchboard/functions/testing';
import { startSandbox, type Sandbox } from '@switchboard/sandbox';
import { aClock } from '../support/clock.ts';
import { conversationOf, entryOf, queueReply, takeAs } from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

/*
 * Our dispatcher and webhook against the sandbox's Cloud API over HTTP, as the two meet in production:
 * sends out, signed statuses back.
 */
const APP_SECRET = 'test-app-secret';
const TOKEN = 'test-access-token';
const CUSTOMER = '15550123456';

const open: { sandbox: Sandbox; server: Server }[] = [];
afterEach(async () => {
  for (const { sandbox, server } of open.splice(0)) {
    await sandbox.stop();
    server.closeAllConnections();
    server.close();
  }
});

interface RoundTrip {
  readonly world: World;
  readonly sandbox: Sandbox;
  /** Tells the sandbox something through its control interface. */
  control(path: string, body: object): Promise<void>;
}

/** A world that sends to a sandbox under a token, whose webhooks come back to the world. */
async function aRoundTrip({ token = TOKEN, clock = systemClock } = {}): Promise<RoundTrip> {
  const here: { world?: World } = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (!here.world) return void response.writeHead(503).end();
      void webhook(here.world.ports, [], {
        method: request.method ?? '',
        url: request.url ?? '/',
        signature: request.headers['x-hub-signature-256'] as string | undefined,
        body: Buffer.concat(chunks),
      }).then(({ status, body }) => response.writeHead(status).end(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/webhook`;
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl,
    appSecret: APP_SECRET,
    accessToken: TOKEN,
  });
  open.push({ sandbox, server });
  const secrets: SecretStore = {
    get: (name) => Promise.resolve([secretOf(name, token)]),
  };
  const settings = { graphUrl: sandbox.url, graphVersion: 'v24.0' };
  const world = await aWorld({ clock, secrets, graph: httpGraph(settings, secrets, 1_000) });
  here.world = world;
  const control = async (path: string, body: object) => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  };
  return { world, sandbox, control };
}

const secretOf = (name: string, token: string) =>
  name.startsWith('app-') ? APP_SECRET : name.startsWith('channel-') ? token : 'identity';

/** A customer who wrote through the sandbox, and a reply of Jonas queued for them. */
async function aReplyTo({ world, control }: RoundTrip): Promise<string> {
  await control('inbound', { from: CUSTOMER, message: { type: 'text', text: { body: 'Hi' } } });
  await world.settle();
  const [conversation] = await world.all('conversations');
  const id = conversation?.id ?? '';
  await queueReply(world, id, 'r1', await takeAs(world, id));
  return id;
}

const stateIn = async (world: World, id: string) => (await entryOf(world, id, 'r1'))?.['state'];

describe('a round trip with the Cloud API', () => {
  it('is accepted, then delivered and read by the customer’s phone', async () => {
    const trip = await aRoundTrip();
    const { world, control } = trip;
    const id = await aReplyTo(trip);
    await dispatch(world.ports, id);
    await expect.poll(() => stateIn(world, id), { timeout: 5_000 }).toBe('delivered');
    await control('read', { from: CUSTOMER });
    await expect.poll(() => stateIn(world, id), { timeout: 5_000 }).toBe('read');
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'pending',
      waitingSince: null,
      preview: { kind: 'outbound', state: 'read' },
    });
  });

  it.each([
    ['the window is closed', { code: 131047, httpStatus: 400 }, 'failed', 131047],
    ['the number can’t receive', { code: 131026, httpStatus: 400 }, 'failed', 131026],
    ['the account is locked', { code: 131031, httpStatus: 400 }, 'failed', 131031],
    ['Meta has trouble of its own', { code: 131000, httpStatus: 500 }, 'unknown', 131000],
  ] as const)('says what Meta says where %s', async (_, fault, state, code) => {
    const trip = await aRoundTrip();
    const { world, control } = trip;
    const id = await aReplyTo(trip);
    await control('faults', { op: 'messages', mode: 'error', times: 1, ...fault });
    await dispatch(world.ports, id);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state, error: { code } });
    expect(await conversationOf(world, id)).toMatchObject({ status: 'open' });
  });

  it('waits under a token that Meta does not know, which is asked about and stays unknown', async () => {
    const trip = await aRoundTrip({ token: 'another-token' });
    const { world } = trip;
    const id = await aReplyTo(trip);
    await dispatch(world.ports, id);
    await world.sweep();
    expect(await stateIn(world, id)).toBe('queued');
    expect(await world.all('alerts')).toMatchObject([
      { data: { cause: 'token-dead', open: true } },
    ]);
  });

  it('waits while the token is turned away, and leaves when Meta takes it again', async () => {
    const trip = await aRoundTrip();
    const { world, control } = trip;
    const id = await aReplyTo(trip);
    const fault = { op: 'messages', mode: 'error', times: 1, code: 190, httpStatus: 401 };
    await control('faults', fault);
    await dispatch(world.ports, id);
    expect(await stateIn(world, id)).toBe('queued');
    await world.sweep();
    await expect.poll(() => stateIn(world, id), { timeout: 5_000 }).toBe('delivered');
    expect(await world.all('alerts')).toMatchObject([{ data: { open: false } }]);
  });

  it('whose answer is lost after Meta took it is unknown, sent once, and found by its status', async () => {
    const trip = await aRoundTrip();
    const { world, sandbox, control } = trip;
    const id = await aReplyTo(trip);
    await control('settings', { hold: true });
    await control('faults', { op: 'messages', mode: 'timeout-after-accept', times: 1 });
    await dispatch(world.ports, id);
    expect(await stateIn(world, id)).toBe('unknown');
    await world.sweep();
    await control('settings', { hold: false });
    await control('deliveries/flush', {});
    await expect.poll(() => stateIn(world, id), { timeout: 5_000 }).toBe('delivered');
    const outbound = await fetch(`${sandbox.url}/_sandbox/outbound?to=${CUSTOMER}`);
    expect(JSON.stringify(await outbound.json()).split('We are on our way')).toHaveLength(2);
  });

  it('is unknown where no answer comes, and nobody sends it again', async () => {
    const trip = await aRoundTrip();
    const { world, control } = trip;
    const id = await aReplyTo(trip);
    await control('faults', { op: 'messages', mode: 'timeout', times: 1 });
    await dispatch(world.ports, id);
    await world.sweep();
    expect(await stateIn(world, id)).toBe('unknown');
  });

  it('is kept out by the pair limit, and comes through when WhatsApp lets it', async () => {
    const { clock } = aClock();
    const trip = await aRoundTrip({ clock });
    const { world, control } = trip;
    const id = await aReplyTo(trip);
    await control('faults', {
      op: 'messages',
      mode: 'error',
      code: 131056,
      httpStatus: 400,
      times: 2,
    });
    await dispatch(world.ports, id);
    await expect.poll(() => stateIn(world, id), { timeout: 5_000 }).toBe('delivered');
  });
});
