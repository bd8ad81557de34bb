import type { CallableName, MediaCommand } from '@switchboard/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acknowledge } from './alerts.ts';
import { command, media, newCommandId, people } from './callables.ts';
import { ledger } from './ledger.ts';
import { StoreFailure } from './store.ts';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';

interface World {
  offline: boolean;
  token: string | Error;
  store: FakeStore | null;
}
const world = vi.hoisted((): World => ({ offline: false, token: 'token', store: null }));
vi.mock('./store.ts', async (original) => ({
  ...(await original<object>()),
  openStore: () => Promise.resolve(world.store),
}));
vi.mock('./connection.ts', () => ({ isOffline: () => world.offline }));
vi.mock('./firebase.ts', () => ({
  idToken: async () => {
    if (world.token instanceof Error) throw world.token;
    return world.token;
  },
}));

const fetched = vi.fn<typeof fetch>();
const answer = (body: unknown, status = 200): void => {
  fetched.mockResolvedValue(
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
  );
};
beforeEach(() => {
  world.offline = false;
  world.token = 'token';
  world.store = fakeStore();
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

const fakeStoreInUse = (): FakeStore => world.store ?? fakeStore();

const resolve = {
  type: 'resolve',
  commandId: newCommandId(),
  conversationId: 'marta',
  expectedVersion: 4,
} as const;

/** The wrapper of each callable, with an input that fits. */
const WRAPPERS: Readonly<Record<CallableName, () => Promise<unknown>>> = {
  command: () => command(resolve),
  people: () => people({ type: 'deactivate', uid: 'ana' }),
  media: () => media({ type: 'retry', conversationId: 'marta', entryId: 'photo' }),
  ledger: () => ledger({ type: 'read' }),
  alerts: () => acknowledge('a1'),
};

describe('Each callable', () => {
  it.each(Object.entries(WRAPPERS))('%s has a wrapper that calls it', async (name, call) => {
    answer({ result: { code: 'not-permitted', retryable: false } });
    expect(await call()).toMatchObject({ code: 'not-permitted' });
    expect(fetched.mock.calls[0]?.[0]).toBe(`/api/${name}`);
  });
});

describe('A command', () => {
  it('travels in the callable protocol with the person’s token', async () => {
    answer({ result: { code: 'ok', version: 5 } });
    expect(await command(resolve)).toEqual({ code: 'ok', version: 5 });
    const [url, init] = fetched.mock.calls[0]!;
    expect(url).toBe('/api/command');
    expect(init).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer token' } });
    expect(JSON.parse(init?.body as string)).toEqual({ data: resolve });
  });

  it('answers a refusal with its code and whether trying again can help', async () => {
    answer({ result: { code: 'stale', retryable: false } });
    expect(await command(resolve)).toEqual({ code: 'stale', retryable: false });
    answer({ result: { code: 'busy', retryable: true } });
    expect(await command(resolve)).toEqual({ code: 'busy', retryable: true });
  });

  it('understands the protocol’s errors, with our code in the details or by status', async () => {
    answer({ error: { status: 'PERMISSION_DENIED', details: { code: 'not-holder' } } }, 403);
    expect(await command(resolve)).toMatchObject({ code: 'not-holder' });
    answer({ error: { status: 'UNAUTHENTICATED', message: 'Unauthenticated' } }, 401);
    expect(await command(resolve)).toMatchObject({ code: 'not-signed-in' });
    answer({ error: { status: 'INTERNAL' } }, 500);
    expect(await command(resolve)).toEqual({ code: 'internal', retryable: true });
  });

  it('is `internal` where the answer is none of ours', async () => {
    answer('<html>');
    expect(await command(resolve)).toMatchObject({ code: 'internal' });
    answer({ result: { code: 'surprise' } });
    expect(await command(resolve)).toMatchObject({ code: 'internal' });
  });

  it('is `offline`, and may be tried again, without a connection: nothing was sent', async () => {
    world.offline = true;
    expect(await command(resolve)).toEqual({ code: 'offline', retryable: true });
    world.offline = false;
    world.token = Object.assign(new Error(), { code: 'offline' });
    expect(await command(resolve)).toEqual({ code: 'offline', retryable: true });
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each(['no answer', 'an answer that is none of ours'])(
    'was carried out where its event says so, whatever %s',
    async (lost) => {
      if (lost === 'no answer') fetched.mockRejectedValue(new TypeError('Failed to fetch'));
      else answer({ error: { status: 'INTERNAL' } }, 500);
      const event = `conversations/marta/timeline/cmd-${resolve.commandId}`;
      world.store?.set(event, { kind: 'event', type: 'resolved', data: { version: 5 } });
      expect(await command(resolve)).toEqual({ code: 'ok', version: 5 });
      expect(fetched).toHaveBeenCalledTimes(1);
    },
  );

  it('is `unknown` without an answer where its event is not there, or can’t be read', async () => {
    fetched.mockRejectedValue(new DOMException('signal timed out', 'TimeoutError'));
    expect(await command(resolve)).toEqual({ code: 'unknown', retryable: true });
    vi.spyOn(fakeStoreInUse(), 'readServer').mockRejectedValue(new StoreFailure('unreachable'));
    expect(await command(resolve)).toEqual({ code: 'unknown', retryable: true });
  });

  it('is `deactivated` for an account that is switched off', async () => {
    world.token = Object.assign(new Error(), { code: 'deactivated' });
    expect(await command(resolve)).toMatchObject({ code: 'deactivated' });
  });

  it('has an id of 32 hexadecimal digits', () => {
    expect(newCommandId()).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('A change to a colleague', () => {
  it('goes to its own address', async () => {
    answer({ result: { code: 'ok' } });
    expect(await people({ type: 'deactivate', uid: 'jonas' })).toEqual({ code: 'ok' });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/people');
    answer({ result: { code: 'last-admin', retryable: false } });
    expect(await people({ type: 'deactivate', uid: 'ravi' })).toMatchObject({ code: 'last-admin' });
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await people({ type: 'deactivate', uid: 'jonas' })).toEqual({
      code: 'offline',
      retryable: true,
    });
  });
});

describe('Media', () => {
  const access: MediaCommand = { type: 'access', conversationId: 'marta', entryIds: ['photo'] };

  it('is answered with addresses and how long they work', async () => {
    const result = { code: 'ok', addresses: { photo: '/media/a' }, until: 5 } as const;
    answer({ result });
    expect(await media(access)).toEqual(result);
    const [url, init] = fetched.mock.calls[0]!;
    expect(url).toBe('/api/media');
    expect(JSON.parse(init?.body as string)).toEqual({ data: access });
  });

  it('is refused in one word, no answer included', async () => {
    answer({ result: { code: 'not-permitted' } });
    expect(await media(access)).toEqual({ code: 'not-permitted', retryable: false });
    answer({ result: { code: 'ok', addresses: { photo: 7 } } });
    expect(await media(access)).toEqual({ code: 'internal', retryable: true });
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await media(access)).toEqual({ code: 'offline', retryable: true });
  });
});
