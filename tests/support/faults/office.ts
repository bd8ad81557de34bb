import { agentPath, agentSchema, claimsFor, parseEntryPath, personOf } from '@switchboard/domain';
import * as v from 'valibot';
import { fromFirestore } from '@switchboard/functions/testing';
import { expect, vi } from 'vitest';
import { actionsOf, newEntryId, type Actions } from '../../../web/src/data/actions.ts';
import { db, idToken, required, system } from '../../e2e/support/local-system.ts';
import { openClients, quietly, type Clients } from '../data/clients.ts';

/** Long enough for the sweep to do the work of everything that was lost, a worker's lease included, ms. */
const SWEPT_WITHIN = 100_000;

/** Waits until what is asserted holds; `interval` in ms. */
export const eventually = (assert: () => Promise<void> | void, interval = 250): Promise<void> =>
  vi.waitFor(assert, { timeout: SWEPT_WITHIN, interval });

/** Posts to the sandbox's control interface and answers what it says. */
export async function control<T = unknown>(path: string, body: object): Promise<T> {
  const response = await fetch(`${system.sandbox}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/** The sandbox's faults in force. */
export async function faults(): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${system.sandbox}/_sandbox/faults`);
  return ((await answer.json()) as { faults: Record<string, unknown> }).faults;
}

/** How many webhook bodies have not been answered with 200 yet. */
export const unacknowledged = async (): Promise<number> =>
  ((await (await fetch(`${system.sandbox}/_sandbox/health`)).json()) as { pending: number })
    .pending;

/** A customer of the sandbox with a number of their own. */
export interface Customer {
  readonly from: string;
  /** Writes, and answers the message's id; whether the webhook took it is the sandbox's to repeat. */
  write(...texts: readonly string[]): Promise<readonly string[]>;
  /** Texts of the messages that the business sent here, in order. */
  received(): Promise<readonly string[]>;
  /** The conversation's id, once it is there. */
  conversation(): Promise<string>;
}

let serial = 0;

/** A customer nobody has seen before. */
export function aCustomer(): Customer {
  serial += 1;
  const from = `1556${String(Date.now()).slice(-6)}${String(serial).padStart(3, '0')}`;
  const name = `Customer ${from}`;
  return {
    from,
    async write(...texts) {
      const messages = texts.map((body) => ({ type: 'text', text: { body } }));
      return (await control<{ wamids: string[] }>('inbound', { from, name, messages })).wamids;
    },
    async received() {
      const sent = await fetch(`${system.sandbox}/_sandbox/outbound?to=${from}`);
      return ((await sent.json()) as { request: { text: { body: string } } }[]).map(
        ({ request }) => request.text.body,
      );
    },
    async conversation() {
      const found = () =>
        db.collection('conversations').where('contact.name', '==', name).limit(1).get();
      await eventually(async () => expect((await found()).size).toBe(1));
      return (await found()).docs[0]?.id ?? '';
    },
  };
}

/** A field of a conversation as it is stored. */
export const field = async (conversationId: string, name: string): Promise<unknown> =>
  (await db.doc(`conversations/${conversationId}`).get()).get(name) as unknown;

/** Ids of the WhatsApp messages that stand in timelines, each as often as it does, by conversation. */
export async function shown(wamids: readonly string[]): Promise<readonly string[]> {
  const chunks = Array.from({ length: Math.ceil(wamids.length / 30) }, (_, index) =>
    wamids.slice(index * 30, index * 30 + 30),
  );
  const found = await Promise.all(
    chunks.map((chunk) => db.collectionGroup('timeline').where('wamid', 'in', chunk).get()),
  );
  return found.flatMap(({ docs }) => docs.map((entry) => entry.get('wamid') as string)).sort();
}

/** States of the outbound entries of a conversation by their text. */
export async function states(conversationId: string): Promise<Readonly<Record<string, string>>> {
  const found = await db
    .collection(`conversations/${conversationId}/timeline`)
    .where('kind', '==', 'outbound')
    .get();
  return Object.fromEntries(
    found.docs.map((entry) => [entry.get('text') as string, entry.get('state') as string]),
  );
}

/** Ids of the events of a conversation, in order. */
export async function events(conversationId: string): Promise<readonly string[]> {
  const found = await db
    .collection(`conversations/${conversationId}/timeline`)
    .where('kind', '==', 'event')
    .orderBy('at')
    .get();
  return found.docs.flatMap(({ ref }) => parseEntryPath(ref.path)?.entryId ?? []);
}

/** What the callable answered; `null` where no usable answer came. */
export type CommandAnswer = { readonly code: string; readonly version?: number } | null;

/** A colleague: the app's own acts, straight to Firestore, and commands through hosting. */
export interface Colleague {
  readonly act: Actions;
  /** Takes a conversation, however often it has to be tried, and answers the fence. */
  take(conversationId: string): Promise<number>;
  reply(conversationId: string, fence: number, text: string): Promise<void>;
  command(input: Readonly<Record<string, unknown>>): Promise<CommandAnswer>;
}

/** Opens the desks of colleagues of the demo workspace; `close` ends their connections. */
export function openDesks(): {
  readonly at: (uid: string) => Promise<Colleague>;
  readonly close: () => Promise<void>;
} {
  quietly();
  let opened: Promise<Clients> | null = null;
  const clients = (): Promise<Clients> =>
    (opened ??= openClients(system.project, required('FIRESTORE_EMULATOR_HOST')));
  return {
    at: async (uid) => desk(await clients(), uid),
    close: async () => (await opened)?.close(),
  };
}

async function desk(clients: Clients, uid: string): Promise<Colleague> {
  const data = (await db.doc(agentPath(uid)).get()).data();
  const agent = v.parse(agentSchema, data && fromFirestore(data));
  const claims = claimsFor(agent, { agentsReadAll: false });
  if (claims === null) throw new Error(`${uid} is switched off.`);
  const person = { ...personOf(uid, claims, agent), name: agent.name };
  const store = clients.storeOf(uid, claims);
  const act = actionsOf({
    person: () => person,
    store: () => Promise.resolve(store),
    isOffline: () => false,
  });
  const token = await idToken(uid);
  const seen = (id: string, version: number) => ({ id, assignment: { version, at: 0, by: uid } });
  return {
    act,
    async take(id) {
      const before = (await db.doc(`conversations/${id}`).get()).get(
        'assignment.version',
      ) as number;
      expect(await act.take(seen(id, before))).toEqual({ ok: true });
      return before + 1;
    },
    async reply(id, fence, text) {
      expect(await act.reply(seen(id, fence), { id: newEntryId(), text })).toEqual({ ok: true });
    },
    async command(input) {
      try {
        const response = await fetch(`${required('SWITCHBOARD_URL')}/api/command`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ data: input }),
        });
        return ((await response.json()) as { result?: CommandAnswer }).result ?? null;
      } catch {
        return null;
      }
    },
  };
}
