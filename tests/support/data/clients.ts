import { initializeTestEnvironment } from '@firebase/rules-unit-testing';
import type { Claims } from '@switchboard/domain';
import { setLogLevel, type Firestore } from 'firebase/firestore';
import { storeOver } from '../../../web/src/data/firestore.ts';
import type { Store } from '../../../web/src/data/store.ts';

/** Keeps the web SDK from printing each refusal, where refusals are what is asked for. */
export const quietly = (): void => setLogLevel('silent');

/** The app's own store in the hands of several people at once. */
export interface Clients {
  readonly storeOf: (uid: string, claims: Claims) => Store;
  readonly close: () => Promise<void>;
}

/** Clients of a project that is there, under the rules in force; nothing of it is changed. */
export async function openClients(projectId: string, emulator: string): Promise<Clients> {
  const [host = '', port = ''] = emulator.split(':');
  const env = await initializeTestEnvironment({
    projectId,
    firestore: { host, port: Number(port) },
  });
  return {
    storeOf(uid, claims) {
      const client = env.authenticatedContext(uid, { ...claims }).firestore();
      return storeOver(client as unknown as Firestore, () => Promise.resolve());
    },
    close: () => env.cleanup(),
  };
}
