import {
  agentPath,
  agentSchema,
  claimsSchema,
  personOf,
  sameClaims,
  type Agent,
  type Person,
} from '@switchboard/domain';
import * as v from 'valibot';
import { readonly, ref, shallowReadonly, shallowRef, type Ref, type ShallowRef } from 'vue';
import { heard, watchConnection } from './connection.ts';
import type { Account, AuthFailure, AuthFailureCode } from './firebase.ts';
import { reopenListeners } from './live.ts';
import { listLocal, readLocal, removeLocal, wipeLocal, writeLocal } from './local.ts';
import { openStore, wipeStore, type Stop } from './store.ts';

/** A signed-in person: what the token lets them read, and their name. */
export type SignedIn = Person & { readonly name: string };

/** `starting` until it is known whether somebody is signed in, by this device or by Firebase. */
export type SessionState = 'starting' | 'signedOut' | 'signedIn';
/** What a try to sign in came to. `deactivated` also stands for an account without claims. */
export type SignInAnswer = 'ok' | AuthFailureCode;

/** What is kept of a session so that it starts offline. `version`: the `claimsVersion` that the claims carry. */
const keptSchema = v.object({
  name: v.string(),
  claims: claimsSchema,
  version: v.nullable(v.number()),
});
type Kept = v.InferOutput<typeof keptSchema>;

const state = ref<SessionState>('starting');
const person = shallowRef<SignedIn | null>(null);
const endedBecause = ref<'deactivated' | null>(null);

/** Things to do before a session ends by its person's own wish: unsent text is brought to safety. */
const farewells = new Set<() => Promise<void>>();
/**
 * Registers what a sign-out by the person waits for; its failure keeps nobody signed in. It does
 * not run where the session ends otherwise.
 */
export const beforeSignOut = (task: () => Promise<void>): void => {
  farewells.add(task);
};

/** What a module keeps in memory of a session is dropped with it. */
const endings = new Set<() => void>();
/**
 * Registers what drops a module's memory of a session, however it ends. It runs in every tab, and
 * must not throw.
 */
export const onSessionEnd = (task: () => void): void => {
  endings.add(task);
};

const firebase = () => import('./firebase.ts');
const keptKey = (uid: string): string => `session/${uid}`;
/** Where a person's lists are kept (`kept-rows.ts`), followed by the uid; they go with the session. */
export const KEPT_ROWS = 'rows/';

/** Tells the other tabs of this device that a session ended. */
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('switchboard');

/** What a tab tells the others: why the session ended, `null` for the person's own wish. */
const endedSchema = v.object({ ended: v.nullable(v.literal('deactivated')) });

interface Open {
  readonly uid: string;
  kept: Kept;
  agent: Agent | null;
  stopAgent: Stop;
  stopConnection: Stop;
  refreshing: boolean;
}
let open: Open | null = null;
let started = false;
let connected = false;

function publish(session: Open): void {
  const { uid, kept, agent } = session;
  // Reading follows the token; the agent document adds the name and whether it is switched on.
  person.value = {
    ...personOf(uid, kept.claims, null),
    everyTeam: personOf(uid, kept.claims, agent).everyTeam,
    active: agent?.active ?? true,
    name: agent?.name ?? kept.name,
  };
  state.value = 'signedIn';
}

/** The account changed: signed in, out, or a new token. */
async function onAccountChanged(account: Account | null): Promise<void> {
  if (account === null) {
    if (state.value !== 'signedOut') await end(null);
    return;
  }
  if (open?.uid === account.uid) return;
  if (open !== null) await end(null);
  const kept = v.safeParse(keptSchema, await readLocal(keptKey(account.uid)));
  if (kept.success) begin(account, kept.output);
  else await beginFresh(account);
}

/** Nothing is known of this person on this device: the token must say. */
async function beginFresh(account: Account): Promise<void> {
  try {
    const claims = await (await firebase()).readClaims(false);
    if (claims === null) await end('deactivated');
    else begin(account, { name: account.name, claims, version: null });
  } catch (error) {
    if ((error as AuthFailure).code === 'deactivated') await end('deactivated');
    else window.addEventListener('online', () => void beginFresh(account), { once: true });
  }
}

function begin(account: Account, kept: Kept): void {
  if (open?.uid === account.uid) return;
  const session: Open = {
    uid: account.uid,
    kept,
    agent: null,
    stopAgent: () => undefined,
    stopConnection: watchConnection(account.uid),
    refreshing: false,
  };
  open = session;
  endedBecause.value = null;
  publish(session);
  void writeLocal(keptKey(account.uid), kept);
  // In a task of its own: what the screens are made of is asked for first.
  setTimeout(() => void listenToOwnAgent(session));
}

/** The person's own document: switched off ends the session, a higher version asks for a new token. */
async function listenToOwnAgent(session: Open): Promise<void> {
  if (open !== session) return;
  const store = await openStore();
  if (open !== session) return;
  session.stopAgent = store.listenDoc(
    agentPath(session.uid),
    (snapshot) => {
      if (open !== session) return;
      heard(snapshot.fromCache);
      const agent = v.safeParse(agentSchema, snapshot.data);
      if (agent.success) void onAgent(session, agent.output, snapshot.fromCache);
    },
    (failure) => {
      if (open === session && failure.code === 'denied')
        void refresh(session, session.kept.version);
    },
  );
}

async function onAgent(session: Open, agent: Agent, fromCache: boolean): Promise<void> {
  // The cache may remember a time before this person was switched on again.
  if (!agent.active && fromCache) return;
  if (!agent.active) return end('deactivated');
  session.agent = agent;
  const known = session.kept.version;
  const behind =
    known === null
      ? agent.claims !== null && !sameClaims(agent.claims, session.kept.claims)
      : agent.claimsVersion > known;
  if (behind) return refresh(session, agent.claimsVersion);
  if (known === null || agent.name !== session.kept.name)
    await keep(session, { ...session.kept, name: agent.name, version: agent.claimsVersion });
  if (open === session) publish(session);
}

async function keep(session: Open, kept: Kept): Promise<void> {
  session.kept = kept;
  if (open === session) await writeLocal(keptKey(session.uid), kept);
}

/** A new token: what the person may read changed, so every query is asked again. */
async function refresh(session: Open, version: number | null): Promise<void> {
  if (session.refreshing) return;
  session.refreshing = true;
  try {
    const claims = await (await firebase()).readClaims(true);
    if (open !== session) return;
    if (claims === null) return await end('deactivated');
    await keep(session, { ...session.kept, claims, version });
    publish(session);
    reopenListeners();
  } catch (error) {
    if ((error as AuthFailure).code === 'deactivated' && open === session) await end('deactivated');
  } finally {
    session.refreshing = false;
  }
}

/** Ends the session in this tab and leaves nothing of it on the device. */
async function end(because: 'deactivated' | null, keepDrafts = false): Promise<void> {
  const session = open;
  open = null;
  session?.stopAgent();
  session?.stopConnection();
  endedBecause.value = because;
  person.value = null;
  state.value = 'signedOut';
  for (const task of endings) task();
  // A session that ended while the app was closed may have left something.
  const left = session !== null || (await listLocal(keptKey(''))).length > 0;
  if (!left && because === null) return;
  tabs?.postMessage({ ended: because });
  await Promise.allSettled([
    wipeStore(),
    keepDrafts ? forgetSessions() : wipeLocal(),
    firebase().then((module) => module.leave()),
  ]);
}

/** Forgets who was signed in; text that could not be brought to the server stays for its author. */
async function forgetSessions(): Promise<void> {
  const kept = await Promise.all([keptKey(''), KEPT_ROWS].map(listLocal));
  await Promise.all(kept.flat().map(([key]) => removeLocal(key)));
}

async function signIn(email: string, password: string): Promise<SignInAnswer> {
  connect();
  void openStore();
  try {
    const auth = await firebase();
    await auth.enter(email, password);
    const claims = await auth.readClaims(false);
    if (claims !== null) return 'ok';
    await end('deactivated');
    return 'deactivated';
  } catch (error) {
    return (error as Partial<AuthFailure>).code ?? 'failed';
  }
}

async function signOut(): Promise<void> {
  await Promise.allSettled([...farewells].map((task) => task()));
  await end(null, true);
}

/** Begins the download of sign-in and Firestore, and follows the account from then on. */
function connect(): void {
  if (connected) return;
  connected = true;
  void openStore();
  firebase().then(
    (module) => module.onAccount((account) => void onAccountChanged(account)),
    () => {
      connected = false;
      state.value = 'signedOut';
    },
  );
}

/**
 * Whoever was signed in last is shown what this device kept while the sign-in is still being
 * restored. What it says afterwards holds: another account, or none, ends this at once. A device
 * that keeps nobody waits for no restoring, and its first screen for no download.
 */
async function beginFromDevice(): Promise<void> {
  const [only, ...others] = await listLocal(keptKey(''));
  if (state.value !== 'starting') return;
  if (only === undefined) return void (state.value = 'signedOut');
  const kept = v.safeParse(keptSchema, only[1]);
  if (others.length === 0 && kept.success)
    begin({ uid: only[0].slice(keptKey('').length), name: kept.output.name }, kept.output);
  setTimeout(connect);
}

/** Starts once. */
function start(): void {
  if (started) return;
  started = true;
  tabs?.addEventListener('message', ({ data }) => {
    const told = v.safeParse(endedSchema, data);
    if (open !== null && told.success) void end(told.output.ended, told.output.ended === null);
  });
  void beginFromDevice();
}

/** Who is signed in, as this tab knows it. `signIn` and `signOut` never reject. */
export interface Session {
  readonly state: Readonly<Ref<SessionState>>;
  /** Reading rights from the token's claims; `active` from the person's own document. */
  readonly person: Readonly<ShallowRef<SignedIn | null>>;
  /** Why the last session ended, where it was not the person's own wish. */
  readonly endedBecause: Readonly<Ref<'deactivated' | null>>;
  /** Downloads beside the sign-in what it will need; `signIn` does so by itself. */
  readonly prepare: () => void;
  readonly signIn: (email: string, password: string) => Promise<SignInAnswer>;
  readonly signOut: () => Promise<void>;
}

/** Who is signed in. The same for the whole tab; the first call starts it. */
export function useSession(): Session {
  start();
  return {
    state: readonly(state),
    person: shallowReadonly(person),
    endedBecause: readonly(endedBecause),
    prepare: connect,
    signIn,
    signOut,
  };
}

/** The person, for what is no component. */
export const currentPerson = (): SignedIn | null => person.value;
