import { initializeApp, type FirebaseApp } from 'firebase/app';
import {
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
  onIdTokenChanged,
  signInWithEmailAndPassword,
  signOut,
  type Auth,
  type User,
} from 'firebase/auth/web-extension';
import { claimsSchema, type Claims } from '@switchboard/domain';
import * as v from 'valibot';
import { AUTH_EMULATOR_PORT, EMULATORS, projectConfig } from './config.ts';

/** The Firebase app and its sign-in; a chunk of its own, without Firestore. */
export const app: FirebaseApp = initializeApp(projectConfig());

const auth: Auth = initializeAuth(app, { persistence: indexedDBLocalPersistence });
if (EMULATORS)
  connectAuthEmulator(auth, `http://127.0.0.1:${AUTH_EMULATOR_PORT}`, { disableWarnings: true });

/** A signed-in account, before its claims are known. */
export interface Account {
  readonly uid: string;
  readonly name: string;
}

/** How sign-in and tokens fail. `deactivated`: the account is switched off or gone. */
export type AuthFailureCode = 'wrong-password' | 'offline' | 'deactivated' | 'too-many' | 'failed';

/** How signing in and reading a token fail; `cause` is the SDK's own error. */
export class AuthFailure extends Error {
  readonly code: AuthFailureCode;
  constructor(code: AuthFailureCode, cause: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** What the Auth SDK's codes (Firebase, "AuthErrorCodes") mean to us. */
const CODES: Readonly<Record<string, AuthFailureCode>> = {
  'auth/invalid-credential': 'wrong-password',
  'auth/wrong-password': 'wrong-password',
  'auth/user-not-found': 'wrong-password',
  'auth/invalid-email': 'wrong-password',
  'auth/missing-email': 'wrong-password',
  'auth/missing-password': 'wrong-password',
  'auth/network-request-failed': 'offline',
  'auth/timeout': 'offline',
  'auth/user-disabled': 'deactivated',
  'auth/user-token-expired': 'deactivated',
  'auth/too-many-requests': 'too-many',
};

function failure(error: unknown): AuthFailure {
  const code = (error as { code?: string } | null)?.code ?? '';
  return new AuthFailure(CODES[code] ?? 'failed', error);
}

const accountOf = (user: User | null): Account | null =>
  user === null ? null : { uid: user.uid, name: user.displayName ?? user.email ?? user.uid };

/** Calls back with the account at once and at every change, in every tab. */
export const onAccount = (changed: (account: Account | null) => void): (() => void) =>
  onIdTokenChanged(auth, (user) => changed(accountOf(user)));

/** Rejects with an {@link AuthFailure}. */
export async function enter(email: string, password: string): Promise<void> {
  try {
    await signInWithEmailAndPassword(auth, email, password);
  } catch (error) {
    throw failure(error);
  }
}

/**
 * Signs out on this device, in all its tabs; other devices stay signed in. Rejects with the SDK's
 * own error.
 */
export const leave = (): Promise<void> => signOut(auth);

/** The claims of the token; `fresh` asks the server for a new one. `null` for an account without claims. */
export async function readClaims(fresh: boolean): Promise<Claims | null> {
  const user = auth.currentUser;
  if (user === null) return null;
  try {
    const token = await user.getIdTokenResult(fresh);
    const parsed = v.safeParse(claimsSchema, token.claims);
    return parsed.success ? parsed.output : null;
  } catch (error) {
    throw failure(error);
  }
}

/** The ID token for our own functions. `null` where nobody is signed in. */
export async function idToken(): Promise<string | null> {
  try {
    return (await auth.currentUser?.getIdToken()) ?? null;
  } catch (error) {
    throw failure(error);
  }
}
