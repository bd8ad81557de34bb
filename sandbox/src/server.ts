import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { controlRoutes } from './control/routes.ts';
import { downloadRoutes } from './graph/media-routes.ts';
import { graphRoutes } from './graph/routes.ts';
import { onlyJson, onlyLocalHost, onlyOwnPages } from './http-guard.ts';
import { DEFAULT_SETTINGS, DEMO_NUMBER, type BusinessNumber, type Settings } from './model.ts';
import { PhoneHub } from './phone/hub.ts';
import { phoneRoutes } from './phone/routes.ts';
import { Deliverer, httpPost } from './webhook/deliverer.ts';
import { World } from './world/world.ts';

/** Local values that the demo workspace uses (see the README, "Settings"). */
export const DEMO_APP_SECRET = 'demo-app-secret';
/** The bearer token that the Graph API here takes unless another is given; any other is refused. */
export const DEMO_ACCESS_TOKEN = 'demo-access-token';
/** Port of the API and of the phone, on 127.0.0.1, unless another is given. */
export const DEFAULT_PORT = 4700;

/** One structured line: what happened, with ids only. */
export type Log = (event: string, fields: Record<string, string | number | null>) => void;

/** How a sandbox is started; everything has the value of the demo workspace by default. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number;
  webhookUrl?: string;
  appSecret?: string;
  accessToken?: string;
  numbers?: BusinessNumber[];
  /** Deviations from the default settings, to which a reset returns. */
  settings?: Partial<Settings>;
  /** Epoch milliseconds. */
  clock?: () => number;
  log?: Log;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string;
  port: number;
  /** The state, for tests that run in the same process. */
  world: World;
  deliverer: Deliverer;
  /** Back to the first moment, as `POST /_sandbox/reset`. */
  reset: () => void;
  /** Ends connections, timers and retries, and frees the port. */
  stop: () => Promise<void>;
}

/** The port is in use; `code` is EADDRINUSE. */
export class PortTaken extends Error {
  readonly code = 'EADDRINUSE';
}

interface Parts {
  world: World;
  deliverer: Deliverer;
  app: Hono;
  reset: () => void;
}

/** Starts a WhatsApp Cloud API on 127.0.0.1. Rejects with `PortTaken` when the port is in use. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const stopping = new AbortController();
  const parts = compose(options, stopping.signal);
  const { server, port } = await listen(parts.app, options.port ?? DEFAULT_PORT);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    world: parts.world,
    deliverer: parts.deliverer,
    reset: parts.reset,
    stop: async () => {
      stopping.abort();
      parts.world.stop();
      parts.deliverer.reset();
      await close(server);
    },
  };
}

function compose(options: SandboxOptions, stopped: AbortSignal): Parts {
  const now = options.clock ?? Date.now;
  let appSecret = options.appSecret ?? DEMO_APP_SECRET;
  const hub = new PhoneHub();
  const settings = settingsOf(options);
  const log = options.log ?? (() => undefined);
  const world: World = new World(options.numbers ?? [DEMO_NUMBER], settings, {
    now,
    entropy: () => randomBytes(10),
    hub,
    submit: (updates, copies) => deliverer.submit(updates, copies),
  });
  const deliverer: Deliverer = new Deliverer({
    settings: () => world.settings,
    appSecret: () => appSecret,
    takeFault: () => world.takeFault('webhook'),
    now,
    post: httpPost(stopped),
    onDelivered: (updates) => {
      world.customers.delivered(updates);
    },
    onAttempt: (id, attempt) => {
      log('webhook', { delivery: id, status: attempt.status, ms: attempt.ms });
    },
  });
  const reset = (): void => {
    appSecret = options.appSecret ?? DEMO_APP_SECRET;
    deliverer.reset();
    world.reset();
  };
  const app = new Hono();
  app.use('*', onlyLocalHost());
  app.use('/_sandbox/*', onlyOwnPages(), onlyJson());
  app.use('/phone/api/*', onlyOwnPages(), onlyJson());
  app.route(
    '/_sandbox',
    controlRoutes({ world, deliverer, reset, setAppSecret: (secret) => (appSecret = secret) }),
  );
  app.route('/phone', phoneRoutes({ world, hub, stopped }));
  const graph = {
    world,
    accessToken: options.accessToken ?? DEMO_ACCESS_TOKEN,
    traceId: () => `A${randomBytes(16).toString('base64url')}`,
    wait: (ms: number) => waitFor(ms, stopped),
  };
  app.route('/:version{v\\d+\\.\\d+}', graphRoutes(graph));
  app.route('/_media', downloadRoutes(graph));
  app.get('/', (c) => c.redirect('/phone'));
  app.notFound((c) => c.json({ error: `The sandbox has nothing at ${c.req.path}.` }, 404));
  return { world, deliverer, app, reset };
}

function settingsOf(options: SandboxOptions): Settings {
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  return options.webhookUrl === undefined
    ? settings
    : { ...settings, webhookUrl: options.webhookUrl };
}

function waitFor(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stopped.addEventListener('abort', end, { once: true });
  });
}

function listen(app: Hono, port: number): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) => {
      resolve({ server: server as Server, port: info.port });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`Port ${port} is taken.`) : error);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
