/** Where the app finds its project. `VITE_EMULATORS=1` is the build flag of a build for the emulators. */
export const EMULATORS = import.meta.env.VITE_EMULATORS === '1';

const port = (value: string | undefined, otherwise: number): number =>
  value === undefined || value === '' ? otherwise : Number(value);

/** Port of the Auth emulator on 127.0.0.1; `VITE_AUTH_PORT` of the build, else 9099. */
export const AUTH_EMULATOR_PORT = port(import.meta.env.VITE_AUTH_PORT, 9099);
/** Port of the Firestore emulator on 127.0.0.1; `VITE_FIRESTORE_PORT` of the build, else 8080. */
export const FIRESTORE_EMULATOR_PORT = port(import.meta.env.VITE_FIRESTORE_PORT, 8080);

/** What the Firebase SDK asks for. Nothing in it is secret. */
export interface ProjectConfig {
  readonly projectId: string;
  readonly apiKey: string;
  readonly authDomain?: string;
  readonly appId?: string;
}

const DEMO: ProjectConfig = { projectId: 'demo-switchboard', apiKey: 'demo-key' };

/** The project of this build: the demo one for the emulators, else the `VITE_FIREBASE_…` settings. */
export function projectConfig(): ProjectConfig {
  if (EMULATORS) return DEMO;
  const env = import.meta.env;
  if (!env.VITE_FIREBASE_PROJECT_ID || !env.VITE_FIREBASE_API_KEY)
    throw new Error(
      'This build names no Firebase project: set VITE_FIREBASE_PROJECT_ID and VITE_FIREBASE_API_KEY and build again.',
    );
  return {
    projectId: env.VITE_FIREBASE_PROJECT_ID,
    apiKey: env.VITE_FIREBASE_API_KEY,
    ...(env.VITE_FIREBASE_AUTH_DOMAIN ? { authDomain: env.VITE_FIREBASE_AUTH_DOMAIN } : {}),
    ...(env.VITE_FIREBASE_APP_ID ? { appId: env.VITE_FIREBASE_APP_ID } : {}),
  };
}
