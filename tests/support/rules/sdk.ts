import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import {
  Timestamp,
  collectionGroup,
  doc,
  getCountFromServer,
  getDocFromServer,
  getDocsFromServer,
  limit,
  query,
  runTransaction,
  serverTimestamp,
  setLogLevel,
  type DocumentData,
  type Firestore,
} from 'firebase/firestore';
import { toQuery } from '../../../web/src/data/firestore.ts';
import type { Actor } from './actors.ts';
import { SERVER_TIME, type Asker, type Request, type Value } from './requests.ts';
import { clear, emulatorHost } from './wire.ts';

/** An {@link Asker} as the app is one: the web SDK, its queries built by the app's own code. */
export interface SdkAsker extends Asker {
  readonly close: () => Promise<void>;
}

/** Puts the rules into force for an empty project. */
export async function sdkAsker(projectId: string, rules: string): Promise<SdkAsker> {
  // Denials are what is asked for here; the SDK would print each.
  setLogLevel('silent');
  const [host = '', port = ''] = emulatorHost().split(':');
  const env = await initializeTestEnvironment({
    projectId,
    firestore: { host, port: Number(port), rules },
  });
  await clear(projectId);
  const databases = new Map<Actor, Firestore>();
  const database = (actor: Actor): Firestore => {
    const known = databases.get(actor);
    if (known) return known;
    const opened = open(env, actor);
    databases.set(actor, opened);
    return opened;
  };
  return {
    async ask(actor, request) {
      try {
        await send(database(actor), request);
        return 'allowed';
      } catch (error) {
        if ((error as { code?: unknown }).code === 'permission-denied') return 'permission-denied';
        throw error;
      }
    },
    close: () => env.cleanup(),
  };
}

function open(env: RulesTestEnvironment, { uid, claims }: Actor): Firestore {
  const context =
    uid === null ? env.unauthenticatedContext() : env.authenticatedContext(uid, { ...claims });
  return context.firestore() as unknown as Firestore;
}

async function send(db: Firestore, request: Request): Promise<void> {
  switch (request.kind) {
    case 'get':
      await getDocFromServer(doc(db, request.path));
      return;
    case 'list':
      await getDocsFromServer(toQuery(db, request.query));
      return;
    case 'count':
      await getCountFromServer(toQuery(db, request.query));
      return;
    case 'group':
      await getDocsFromServer(
        query(collectionGroup(db, request.query.collection), limit(request.query.limit)),
      );
      return;
    case 'commit':
      // As the app commits: at once, never through the SDK's queue, and without a second attempt.
      await runTransaction(
        db,
        async (transaction) => {
          for (const write of request.writes) {
            const reference = doc(db, write.path);
            if (write.kind === 'delete') transaction.delete(reference);
            else if (write.kind === 'set') transaction.set(reference, encode(write.data));
            else transaction.update(reference, encode(write.data));
          }
        },
        { maxAttempts: 1 },
      );
  }
}

function encodeValue(value: Value): unknown {
  if (value === SERVER_TIME) return serverTimestamp();
  if (value instanceof Date) return Timestamp.fromDate(value);
  if (Array.isArray(value)) return value.map(encodeValue);
  if (typeof value === 'object' && value !== null) return encode(value as DocumentData);
  return value;
}

const encode = (data: Readonly<Record<string, Value>>): DocumentData =>
  Object.fromEntries(Object.entries(data).map(([field, value]) => [field, encodeValue(value)]));
