/**
 * For the demo workspace: its past is played through the capabilities themselves, over documents in
 * memory and at the hour at which each thing happened, and then written in one go. What is seeded
 * is thereby what these capabilities would have left, and no trigger acts on a half-played past.
 */
import { createHash, createHmac } from 'node:crypto';
import {
  agentPath,
  agentSchema,
  conversationPath,
  conversationSchema,
  type Agent,
  type Conversation,
} from '@switchboard/domain';
import * as v from 'valibot';
import { nodeHash } from '../adapters/hash.ts';
import { fileSecrets } from '../adapters/secrets-file.ts';
import { remembering } from '../adapters/secrets.ts';
import type { Graph, Ports } from '../ports.ts';
import { webhook } from '../webhook/webhook.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

export { command } from '../command/command.ts';
export { dispatch } from '../dispatch/dispatch.ts';
export type { GraphAnswer } from '@switchboard/domain';
export type { Ports } from '../ports.ts';
export type { MemoryStore } from './memory-store.ts';
export { localWorkspace, type LocalWorkspace } from '../adapters/local-workspace.ts';

/** One thread of the past: ports whose clock shows the hour it is set to. */
export interface Thread {
  readonly ports: Ports;
  /** Moves this thread's clock, epoch ms. */
  setHour(at: number): void;
  /** Brings a webhook body in, signed as Meta signs. Throws where it was not taken. */
  receive(body: unknown): Promise<void>;
}

/**
 * The documents of a past that is being played. `conversation` and `agent` parse what is there and
 * throw where there is none.
 */
export interface Past {
  readonly store: MemoryStore;
  /** A conversation as it stands. Throws where there is none. */
  conversation(id: string): Conversation;
  agent(uid: string): Agent;
  /** A thread of its own; ids that it makes follow from `name`, so that every run makes the same. */
  thread(name: string, graph: Pick<Graph, 'send'>): Thread;
}

const APP_SECRET = 'the-past-signs-for-itself';

/**
 * An empty past. Customers are found again by what the running functions hash with, so the identity
 * key comes from the same `secretsFile`.
 */
export function openPast(secretsFile: string): Past {
  const store = memoryStore();
  const file = remembering(fileSecrets(secretsFile), () => Date.now());
  const secrets = {
    get: (name: string) =>
      name === 'app-default-secret' ? Promise.resolve([APP_SECRET]) : file.get(name),
  };
  const nothing = () => Promise.resolve();
  const fail = (event: string) => {
    throw new Error(`The past met "${event}"`);
  };
  // Nobody asks in the past: the running functions bring what was sent then.
  const notHad = () => Promise.resolve({ kind: 'failed', failure: 'unreachable' } as const);
  const absent = { find: notHad, open: notHad };
  const unasked = {
    markRead: () => Promise.resolve(false),
    upload: () => Promise.resolve({ kind: 'unreachable' } as const),
    templates: () => Promise.resolve(null),
    check: () => Promise.resolve('unknown' as const),
    number: () => Promise.resolve(null),
  };
  const shared = {
    store,
    secrets,
    hash: nodeHash(secrets),
    source: absent,
    media: { put: nothing, open: () => Promise.resolve(null), remove: nothing },
    pace: { pass: nothing },
    tasks: { drain: nothing, bringMedia: nothing, sweep: nothing },
    accounts: { apply: nothing },
    log: { info: () => undefined, error: fail },
  };
  const read = (path: string) => store.documents().get(path);
  return {
    store,
    conversation: (id) => v.parse(conversationSchema, read(conversationPath(id))),
    agent: (uid) => v.parse(agentSchema, read(agentPath(uid))),
    thread(name, graph) {
      let hour = 0;
      let ids = 0;
      const newId = () => idOf(name, (ids += 1));
      const clock = { now: () => hour, newId, wait: nothing };
      const ports: Ports = { ...shared, graph: { ...unasked, ...graph }, clock };
      return { ports, setHour: (at) => (hour = at), receive: (body) => receive(ports, body) };
    },
  };
}

const idOf = (name: string, count: number): string =>
  createHash('sha256')
    .update(JSON.stringify([name, count]))
    .digest('base64url')
    .slice(0, 20);

async function receive(ports: Ports, body: unknown): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body));
  const signature = `sha256=${createHmac('sha256', APP_SECRET).update(bytes).digest('hex')}`;
  const request = { method: 'POST', url: '/whatsapp/webhook', signature, body: bytes };
  const { status } = await webhook(ports, [], request);
  if (status !== 200) throw new Error(`The webhook answered ${status} to a demo message`);
}
