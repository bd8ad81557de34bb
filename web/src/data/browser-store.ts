import {
  clearIndexedDbPersistence,
  connectFirestoreEmulator,
  initializeFirestore,
  persistentLocalCache,
  persistentMultipleTabManager,
  setLogLevel,
  terminate,
} from 'firebase/firestore';
import { EMULATORS, FIRESTORE_EMULATOR_PORT } from './config.ts';
import { app } from './firebase.ts';
import { storeOver } from './firestore.ts';
import type { Store } from './store.ts';

// The SDK prints every write that the rules refuse, with its data.
setLogLevel('silent');

/** Firestore with its cache on this device, shared by the tabs. */
export function createStore(): Store {
  const db = initializeFirestore(app, {
    localCache: persistentLocalCache({ tabManager: persistentMultipleTabManager() }),
  });
  if (EMULATORS) connectFirestoreEmulator(db, '127.0.0.1', FIRESTORE_EMULATOR_PORT);
  return storeOver(db, async () => {
    await terminate(db);
    await clearIndexedDbPersistence(db);
  });
}
