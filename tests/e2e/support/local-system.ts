import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';

/** Where the local system is; `npm test -- e2e` says so. */
export const system = {
  app: required('SWITCHBOARD_URL'),
  sandbox: required('SWITCHBOARD_SANDBOX_URL'),
  firestore: `http://${required('FIRESTORE_EMULATOR_HOST')}`,
  auth: `http://${required('FIREBASE_AUTH_EMULATOR_HOST')}`,
  project: required('GCLOUD_PROJECT'),
};

/** A variable that the stage sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with "npm test -- <stage>".`);
  return value;
}

const app = initializeApp({ projectId: system.project });

/** The documents with the server's eyes. */
export const db = getFirestore(app);

/** Where the documents lie for somebody who asks by REST, as a browser's console can. */
export const documentsUrl = `${system.firestore}/v1/projects/${system.project}/databases/(default)/documents`;

/** A person's ID token, as their browser has it. */
export async function idToken(uid: string): Promise<string> {
  const response = await fetch(
    `${system.auth}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=demo`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: `${uid}@demo.test`,
        password: 'switchboard',
        returnSecureToken: true,
      }),
    },
  );
  return ((await response.json()) as { idToken: string }).idToken;
}
