import type { Claims } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';

interface World {
  store: FakeStore;
  local: Map<string, unknown>;
  claims: Claims | null;
  /** What the server's next token would say. */
  fresh: Claims | null;
  tokenFails: string | null;
  enter: (email: string, password: string) => Promise<void>;
  account: ((account: { uid: string; name: string } | null) => void) | null;
  wiped: number;
  left: number;
}
const world = vi.hoisted(() => ({}) as World);

vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(world.store),
  wipeStore: () => {
    world.wiped += 1;
    return world.store.wipe();
  },
}));
vi.mock('./local.ts', () => ({
  readLocal: async (key: string) => world.local.get(key),
  writeLocal: async (key: string, value: unknown) => world.local.set(key, value),
  removeLocal: async (key: string) => world.local.delete(key),
  listLocal: async (prefix: string) => [...world.local].filter(([key]) => key.startsWith(prefix)),
  wipeLocal: async () => world.local.clear(),
}));
vi.mock('./clock.ts', () => ({ setClock: async () => undefined }));
vi.mock('./firebase.ts', () => ({
  onAccount: (changed: NonNullable<World['account']>) => {
    world.account = changed;
  },
  enter: (email: string, password: string) => world.enter(email, password),
  readClaims: async (fresh: boolean) => {
    if (world.tokenFails !== null)
      throw Object.assign(new Error('no token'), { code: world.tokenFails });
    if (fresh) world.claims = world.fresh;
    return world.claims;
  },
  leave: async () => {
    world.left += 1;
    world.account?.(null);
  },
}));

const SUPPORT: Claims = { r: 'agent', t: ['support'], all: false };
const SALES: Claims = { r: 'agent', t: ['sales'], all: false };
const JONAS = { uid: 'jonas', name: 'jonas@demo.test' };

const { BroadcastChannel: RealChannel } = globalThis;
afterEach(() => vi.unstubAllGlobals());
beforeEach(() => {
  vi.resetModules();
  // Every test is a device of its own.
  vi.stubGlobal('BroadcastChannel', undefined);
  Object.assign(world, {
    store: fakeStore(),
    local: new Map(),
    claims: SUPPORT,
    fresh: SUPPORT,
    tokenFails: null,
    wiped: 0,
    left: 0,
    enter: async () => world.account?.(JONAS),
  });
  world.store.set('agents/jonas', anAgent());
});

/** A tab is opened. */
const start = async () => {
  world.account = null;
  const { useSession } = await import('./session.ts');
  const session = useSession();
  session.prepare();
  await vi.waitFor(() => expect(world.account).toBeTypeOf('function'));
  return session;
};

describe('A session', () => {
  it('is signed out where nobody was signed in', async () => {
    const { state, person, endedBecause } = await start();
    world.account?.(null);
    await vi.waitFor(() => expect(state.value).toBe('signedOut'));
    expect([person.value, endedBecause.value, world.wiped]).toEqual([null, null, 0]);
  });

  it('is signed out at once on a device that keeps nobody, and downloads nothing for it', async () => {
    world.account = null;
    const { useSession } = await import('./session.ts');
    const { state } = useSession();
    expect(state.value).toBe('starting');
    await vi.waitFor(() => expect(state.value).toBe('signedOut'));
    expect(world.account).toBeNull();
  });

  it('begins though this device kept nothing, where the sign-in was restored', async () => {
    const { state } = await start();
    world.account?.(JONAS);
    await vi.waitFor(() => expect(state.value).toBe('signedIn'));
  });

  it('reads rights from the token and the name from the person’s own document', async () => {
    const { state, person, signIn } = await start();
    expect(await signIn('jonas@demo.test', 'switchboard')).toBe('ok');
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas Weber'));
    expect(state.value).toBe('signedIn');
    expect(person.value).toMatchObject({
      uid: 'jonas',
      role: 'agent',
      teams: ['support'],
      all: false,
      active: true,
    });
  });

  it('says why a sign-in failed', async () => {
    const { signIn, state } = await start();
    world.account?.(null);
    for (const code of [
      'wrong-password',
      'offline',
      'too-many',
      'deactivated',
      'failed',
    ] as const) {
      world.enter = () => Promise.reject(Object.assign(new Error(code), { code }));
      expect(await signIn('jonas@demo.test', 'x')).toBe(code);
    }
    expect(state.value).toBe('signedOut');
  });

  it('is refused to an account without claims, which learns that it is switched off', async () => {
    world.claims = null;
    const { signIn, state, endedBecause } = await start();
    expect(await signIn('jonas@demo.test', 'switchboard')).toBe('deactivated');
    expect([state.value, endedBecause.value]).toEqual(['signedOut', 'deactivated']);
  });

  it('starts without a connection for somebody who was signed in before', async () => {
    const first = await start();
    await first.signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(first.person.value?.name).toBe('Jonas Weber'));
    await vi.waitFor(() => expect(world.local.get('session/jonas')).toMatchObject({ version: 1 }));
    vi.resetModules();
    world.tokenFails = 'offline';
    world.store.fromCache = true;
    const again = await start();
    world.account?.(JONAS);
    await vi.waitFor(() => expect(again.state.value).toBe('signedIn'));
    expect(again.person.value).toMatchObject({ name: 'Jonas Weber', teams: ['support'] });
  });

  it('shows who was signed in last before the sign-in is restored, and ends where it was not', async () => {
    world.local.set('session/jonas', { name: 'Jonas Weber', claims: SUPPORT, version: 1 });
    const { state, person } = await start();
    await vi.waitFor(() => expect(state.value).toBe('signedIn'));
    expect(person.value).toMatchObject({ uid: 'jonas', name: 'Jonas Weber' });
    world.account?.(null);
    await vi.waitFor(() => expect(state.value).toBe('signedOut'));
    await vi.waitFor(() => expect([world.wiped, world.local.size]).toEqual([1, 0]));
  });

  it('leaves nothing of a session that ended while the app was closed', async () => {
    world.local.set('session/jonas', { name: 'Jonas Weber', claims: SUPPORT, version: 1 });
    world.local.set('session/ana', { name: 'Ana Ruiz', claims: SUPPORT, version: 1 });
    const { state } = await start();
    world.account?.(null);
    await vi.waitFor(() => expect(state.value).toBe('signedOut'));
    await vi.waitFor(() => expect([world.wiped, world.local.size]).toEqual([1, 0]));
  });

  it('asks for a new token when claims changed, and reads with it', async () => {
    const { person, signIn } = await start();
    await signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas Weber'));
    world.fresh = SALES;
    world.store.set('agents/jonas', anAgent({ teams: ['sales'], claimsVersion: 2, claims: SALES }));
    await vi.waitFor(() => expect(person.value?.teams).toEqual(['sales']));
  });

  it('asks for no new token when nothing changed', async () => {
    const { person, signIn } = await start();
    await signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas Weber'));
    world.fresh = SALES;
    world.store.set('agents/jonas', anAgent({ name: 'Jonas W.' }));
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas W.'));
    expect(person.value?.teams).toEqual(['support']);
  });

  it('ends at once for somebody switched off, and leaves nothing on the device', async () => {
    const { state, person, endedBecause, signIn } = await start();
    await signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas Weber'));
    world.local.set('draft/jonas/marta', { reply: 'half a sentence' });
    world.store.set('agents/jonas', anAgent({ active: false }));
    await vi.waitFor(() => expect(state.value).toBe('signedOut'));
    expect([person.value, endedBecause.value]).toEqual([null, 'deactivated']);
    await vi.waitFor(() => expect([world.wiped, world.left, world.local.size]).toEqual([1, 1, 0]));
  });

  it('ends in every tab of the device at once', async () => {
    vi.stubGlobal('BroadcastChannel', RealChannel);
    const first = await start();
    await first.signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(first.person.value?.name).toBe('Jonas Weber'));
    vi.resetModules();
    const second = await start();
    await second.signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(second.person.value?.name).toBe('Jonas Weber'));
    await second.signOut();
    await vi.waitFor(() => expect(first.state.value).toBe('signedOut'));
    expect(first.endedBecause.value).toBeNull();
  });

  it('ends when the token says that the account is gone', async () => {
    const { state, endedBecause, signIn, person } = await start();
    await signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas Weber'));
    world.tokenFails = 'deactivated';
    world.store.set('agents/jonas', anAgent({ claimsVersion: 9 }));
    await vi.waitFor(() => expect(state.value).toBe('signedOut'));
    expect(endedBecause.value).toBe('deactivated');
  });

  it('does not end on an old memory of having been switched off', async () => {
    const { state, signIn, person } = await start();
    world.store.fromCache = true;
    world.store.set('agents/jonas', anAgent({ active: false }));
    await signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(person.value).not.toBeNull());
    expect(state.value).toBe('signedIn');
  });

  it('ends by the person’s own wish, after unsent text was brought to safety', async () => {
    const { beforeSignOut, useSession } = await import('./session.ts');
    const order: string[] = [];
    beforeSignOut(async () => {
      order.push(`saved while ${useSession().state.value}`);
    });
    const { state, signIn, signOut, endedBecause, person } = await start();
    await signIn('jonas@demo.test', 'switchboard');
    await vi.waitFor(() => expect(person.value?.name).toBe('Jonas Weber'));
    world.local.set('draft/jonas/marta', { reply: 'could not be sent' });
    world.local.set('rows/jonas', { mine: [] });
    await signOut();
    expect(order).toEqual(['saved while signedIn']);
    expect([state.value, endedBecause.value, world.wiped]).toEqual(['signedOut', null, 1]);
    expect([...world.local.keys()]).toEqual(['draft/jonas/marta']);
  });
});
