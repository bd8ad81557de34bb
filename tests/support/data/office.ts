import { readFileSync } from 'node:fs';
import path from 'node:path';
import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import {
  agentPath,
  claimsFor,
  conversationPath,
  entryPath,
  personOf,
  WINDOW_MS,
  type Agent,
  type Conversation,
} from '@switchboard/domain';
import { aConversation, anAgent } from '@switchboard/domain/testing';
import { doc, getDoc, setDoc, type DocumentData, type Firestore } from 'firebase/firestore';
import { actionsOf, type Actions } from '../../../web/src/data/actions.ts';
import { storeOver, toStored } from '../../../web/src/data/firestore.ts';
import type { SignedIn } from '../../../web/src/data/session.ts';
import type { Store } from '../../../web/src/data/store.ts';

/** A colleague at their screen: the app's own store and acts, under the rules. */
export interface Desk {
  readonly uid: string;
  readonly person: SignedIn;
  readonly store: Store;
  readonly act: Actions;
}

export interface Office {
  /** Somebody signs in; their agent document says what `agent` says. */
  readonly desk: (uid: string, agent?: Partial<Agent>) => Promise<Desk>;
  /** Puts a conversation there, past the rules. */
  readonly conversation: (
    id: string,
    over?: Partial<Conversation>,
  ) => Promise<Conversation & { readonly id: string }>;
  readonly put: (path: string, data: Readonly<Record<string, unknown>>) => Promise<void>;
  /** What the database holds, past the rules. */
  readonly read: (path: string) => Promise<DocumentData | undefined>;
  readonly entry: (conversationId: string, entryId: string) => Promise<DocumentData | undefined>;
  readonly close: () => Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../../..');

const emulator = (): { host: string; port: number } => {
  const [host = '127.0.0.1', port = '8080'] = (process.env['FIRESTORE_EMULATOR_HOST'] ?? '').split(
    ':',
  );
  return { host: host || '127.0.0.1', port: Number(port) };
};

/** A workspace of its own project, under the real rules. */
export async function openOffice(projectId: string): Promise<Office> {
  const rules = readFileSync(path.join(root, 'firestore.rules'), 'utf8');
  const env = await initializeTestEnvironment({ projectId, firestore: { ...emulator(), rules } });
  await env.clearFirestore();
  const asServer = <T>(run: (db: Firestore) => Promise<T>): Promise<T> => serverDoes(env, run);
  const put: Office['put'] = (at, data) =>
    asServer((db) => setDoc(doc(db, at), toStored(data) as DocumentData));
  const read: Office['read'] = (at) => asServer(async (db) => (await getDoc(doc(db, at))).data());
  return {
    put,
    read,
    entry: (conversationId, entryId) => read(entryPath(conversationId, entryId)),
    async conversation(id, over = {}) {
      const now = Date.now();
      const data = aConversation({ windowExpiresAt: now + WINDOW_MS, waitingSince: now, ...over });
      await put(conversationPath(id), data);
      return { ...data, id };
    },
    async desk(uid, over = {}) {
      const agent = anAgent({ name: uid, ...over });
      await put(agentPath(uid), agent);
      const claims = claimsFor({ ...agent, active: true }, { agentsReadAll: false });
      const db = env.authenticatedContext(uid, { ...claims }).firestore() as unknown as Firestore;
      const person: SignedIn = {
        ...personOf(uid, claims, null),
        active: agent.active,
        name: agent.name,
      };
      const store = storeOver(db, () => Promise.resolve());
      const act = actionsOf({
        person: () => person,
        store: () => Promise.resolve(store),
        isOffline: () => false,
      });
      return { uid, person, store, act };
    },
    close: () => env.cleanup(),
  };
}

async function serverDoes<T>(
  env: RulesTestEnvironment,
  run: (db: Firestore) => Promise<T>,
): Promise<T> {
  let answer: { value: T } | null = null;
  await env.withSecurityRulesDisabled(async (context) => {
    answer = { value: await run(context.firestore() as unknown as Firestore) };
  });
  return (answer as unknown as { value: T }).value;
}
