import { applicationDefault, getApps, initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { getStorage } from 'firebase-admin/storage';
import { pacing } from '../dispatch/pace.ts';
import type { Ports, SecretStore } from '../ports.ts';
import type { Settings } from '../platform/environment.ts';
import { firebaseAccounts } from './accounts.ts';
import { systemClock } from './clock.ts';
import { httpGraph } from './graph.ts';
import { nodeHash } from './hash.ts';
import { cloudLog } from './log.ts';
import { bucketMedia } from './media-bucket.ts';
import { folderMedia } from './media-folder.ts';
import { httpMedia } from './media-source.ts';
import { managedSecrets } from './secret-manager.ts';
import { fileSecrets } from './secrets-file.ts';
import { remembering, seeded } from './secrets.ts';
import { firestoreStore } from './store.ts';
import { cloudTasks } from './tasks.ts';

/** The real ports: Firebase, Meta, Secret Manager or the local secrets file. */
export function composePorts(settings: Settings): Ports {
  const app = getApps()[0] ?? initializeApp();
  const secrets = remembering(seeded(settings, secretsOf(settings)), () => systemClock.now());
  const store = firestoreStore(getFirestore(app), systemClock, Math.random);
  return {
    store,
    pace: pacing({ store, clock: systemClock }),
    graph: httpGraph(settings, secrets),
    source: httpMedia(settings, secrets),
    media:
      settings.mediaFolder === null
        ? bucketMedia(() => getStorage(app).bucket(), accessToken)
        : folderMedia(settings.mediaFolder),
    secrets,
    tasks: cloudTasks,
    accounts: firebaseAccounts(getAuth(app)),
    hash: nodeHash(secrets),
    clock: systemClock,
    log: cloudLog,
  };
}

function secretsOf(settings: Settings): SecretStore {
  if (settings.secretsFile !== null) return fileSecrets(settings.secretsFile);
  return managedSecrets({
    projectId: settings.projectId,
    accessToken,
  });
}

const accessToken = async (): Promise<string> =>
  (await applicationDefault().getAccessToken()).access_token;
