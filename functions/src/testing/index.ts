/** What tests and benchmarks need to run the capabilities without the Firebase wrappers. */
import { initializeApp } from 'firebase-admin/app';
import { getFirestore, type Firestore } from 'firebase-admin/firestore';
import { firestoreStore } from '../adapters/store.ts';
import { systemClock } from '../adapters/clock.ts';
import { nodeHash } from '../adapters/hash.ts';
import { pacing } from '../dispatch/pace.ts';
import type { Graph, MediaStore, Ports } from '../ports.ts';

export { alerts } from '../alerts/alerts.ts';
export { channel } from '../channel/channel.ts';
export { command } from '../command/command.ts';
export { dispatch } from '../dispatch/dispatch.ts';
export { report } from '../dispatch/report.ts';
export { systemClock } from '../adapters/clock.ts';
export { httpGraph } from '../adapters/graph.ts';
export { folderMedia } from '../adapters/media-folder.ts';
export { httpMedia } from '../adapters/media-source.ts';
export { ledger } from '../ledger/ledger.ts';
export { bringMedia } from '../media/bring.ts';
export { media } from '../media/access.ts';
export { mediaFile } from '../media/file.ts';
export { receipt } from '../receipts/receipt.ts';
export { schedule } from '../schedule/schedule.ts';
export { people } from '../people/people.ts';
export type { Caller } from '../platform/person.ts';
export type { GraphAnswer } from '@switchboard/domain';
export { uploadPart } from '../media/upload.ts';
export type {
  Bytes,
  Graph,
  Log,
  MediaStore,
  OutgoingFile,
  Ports,
  Query,
  SecretStore,
  Store,
  TokenCheck,
  UploadAnswer,
} from '../ports.ts';
export { drain, sweep } from '../sweep/sweep.ts';
export { pacing } from '../dispatch/pace.ts';
export { nodeHash } from '../adapters/hash.ts';
export { memoryDatabase, type MemoryDatabase } from '../seeding/memory-database.ts';
export { storeOver, type Carry } from '../seeding/memory-store.ts';
export { rawOf } from '../webhook/journaled.ts';
export { journal } from '../webhook/journal.ts';
export { sideBySide } from '../platform/side-by-side.ts';
export { webhook } from '../webhook/webhook.ts';
export { bucketMedia, type Bucket } from '../adapters/media-bucket.ts';
export { fromFirestore, toFirestore } from '../adapters/convert.ts';

/** A Graph API that does so much, and beyond it knows no template and takes no file. */
export const graphOf = (does: Partial<Graph>): Graph => ({
  send: () => Promise.resolve({ kind: 'lost' }),
  markRead: () => Promise.resolve(false),
  upload: () => Promise.resolve({ kind: 'unreachable' }),
  templates: () => Promise.resolve(null),
  check: () => Promise.resolve('unknown'),
  number: () => Promise.resolve(null),
  ...does,
});

/** Bytes that nobody keeps. */
export const noMedia: MediaStore = {
  put: () => Promise.resolve(),
  open: () => Promise.resolve(null),
  remove: () => Promise.resolve(),
};

/** What a test gives in place of a port. */
export type PortsOver = Partial<Omit<Ports, 'store' | 'graph'>> & {
  readonly graph?: Partial<Graph>;
};

/** The app secret that {@link portsOn} believes. */
export const TEST_APP_SECRET = 'test-app-secret';

/**
 * Ports on a real Firestore (emulator) in a project of their own, with everything outside it
 * replaced by what the test gives: by default a Graph that accepts, no tasks, a quiet log.
 */
export function portsOn(
  projectId: string,
  { graph, ...over }: PortsOver = {},
): { readonly ports: Ports; readonly db: Firestore } {
  const db = getFirestore(initializeApp({ projectId }, projectId));
  const secrets = {
    get: (name: string) =>
      Promise.resolve(name === 'identity-key' ? ['test-identity-key'] : [TEST_APP_SECRET]),
  };
  const clock = over.clock ?? systemClock;
  const nothing = () => Promise.resolve();
  let sent = 0;
  const store = firestoreStore(db, clock, Math.random);
  const ports: Ports = {
    store,
    pace: pacing({ store, clock }),
    graph: graphOf({
      send: () => Promise.resolve({ kind: 'accepted', wamid: `wamid.${projectId}.${sent++}` }),
      ...graph,
    }),
    secrets,
    source: {
      find: () => Promise.resolve({ kind: 'failed', failure: 'gone' }),
      open: () => Promise.resolve({ kind: 'failed', failure: 'gone' }),
    },
    media: noMedia,
    tasks: { drain: nothing, bringMedia: nothing, sweep: nothing },
    accounts: { apply: nothing },
    hash: nodeHash(secrets),
    clock,
    log: { info: () => undefined, error: () => undefined },
    ...over,
  };
  return { ports, db };
}
