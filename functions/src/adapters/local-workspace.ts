import { initializeApp, deleteApp } from 'firebase-admin/app';
import { getAuth, type Auth } from 'firebase-admin/auth';
import { getFirestore, type Firestore } from 'firebase-admin/firestore';
import type { Claims, DocumentData } from '@switchboard/domain';
import { toFirestore } from './convert.ts';

/** Somebody who may sign in. */
export interface Account {
  readonly uid: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly claims: Claims | null;
}

/** The emulators' Firestore and Auth, for filling them. */
export interface LocalWorkspace {
  has(path: string): Promise<boolean>;
  /** Makes accounts; one that is there gets these values. */
  addAccounts(accounts: readonly Account[]): Promise<void>;
  /** Writes documents in their order, whatever was there; a run that was cut off may be repeated. */
  write(documents: Iterable<readonly [path: string, data: DocumentData]>): Promise<void>;
  close(): Promise<void>;
}

/** Documents in one commit: well under Firestore's 10 MiB at the size of the demo's. */
const COMMIT = 400;

/** Opens the emulators that `FIRESTORE_EMULATOR_HOST` and `FIREBASE_AUTH_EMULATOR_HOST` name. */
export function localWorkspace(projectId: string): LocalWorkspace {
  const app = initializeApp({ projectId }, `local-workspace-${projectId}`);
  const db = getFirestore(app);
  const auth = getAuth(app);
  return {
    has: async (path) => (await db.doc(path).get()).exists,
    addAccounts: async (accounts) => {
      await Promise.all(accounts.map((account) => addAccount(auth, account)));
    },
    write: (documents) => write(db, [...documents]),
    close: () => deleteApp(app),
  };
}

async function addAccount(auth: Auth, account: Account): Promise<void> {
  const { uid, email, name: displayName, password, claims } = account;
  const values = { email, displayName, password, emailVerified: true };
  await auth.createUser({ uid, ...values }).catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== 'auth/uid-already-exists') throw error;
    await auth.updateUser(uid, values);
  });
  await auth.setCustomUserClaims(uid, claims);
}

async function write(
  db: Firestore,
  documents: readonly (readonly [path: string, data: DocumentData])[],
): Promise<void> {
  for (let start = 0; start < documents.length; start += COMMIT) {
    const batch = db.batch();
    for (const [path, data] of documents.slice(start, start + COMMIT))
      batch.set(db.doc(path), toFirestore(data));
    await batch.commit();
  }
}
