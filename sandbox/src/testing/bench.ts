import { startSandbox, type Sandbox, type SandboxOptions } from '../server.ts';
import type { Json } from '../model.ts';
import { textAt } from './json.ts';
import { startReceiver, type Receiver } from './receiver.ts';

/** An answer with its parsed body. */
export interface Answer {
  status: number;
  body: Json;
}

/** A sandbox on a free port beside a webhook that listens to it. */
export interface Bench {
  sandbox: Sandbox;
  webhook: Receiver;
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  /** `POST /v24.0/{number}/messages` with a valid token and product. */
  send: (message: Record<string, unknown>) => Promise<Answer>;
  /** The customer writes a text; answers its id. */
  write: (from: string, text: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Phone number id of the demo business that a {@link Bench} serves. */
export const NUMBER_ID = '100000000000001';
/** Headers of a request that the Graph API of a {@link Bench} lets in. */
export const TOKEN = { authorization: 'Bearer demo-access-token' };
/** A customer's phone number, digits only; the sandbox makes the customer at the first message. */
export const NOOR = '15550123456';

const QUICK = {
  statusDelays: { sent: 1, delivered: 1, read: 1 },
  retryBase: 5,
  retryMax: 20,
};

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Json };
}

/** Starts both; statuses and retries follow within milliseconds. */
export async function startBench(options: SandboxOptions = {}): Promise<Bench> {
  const webhook = await startReceiver();
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: webhook.url,
    ...options,
    settings: { ...QUICK, ...options.settings },
  });
  const get: Bench['get'] = async (path, headers = {}) =>
    answerOf(await fetch(sandbox.url + path, { headers }));
  const post: Bench['post'] = async (path, body, headers = {}) =>
    answerOf(
      await fetch(sandbox.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
  return {
    sandbox,
    webhook,
    get,
    post,
    send: (message) =>
      post(`/v24.0/${NUMBER_ID}/messages`, { messaging_product: 'whatsapp', ...message }, TOKEN),
    write: async (from, text) => {
      const message = { type: 'text', text: { body: text } };
      return textAt((await post('/_sandbox/inbound', { from, message })).body, 'wamid');
    },
    stop: async () => {
      await sandbox.stop();
      await webhook.stop();
    },
  };
}
