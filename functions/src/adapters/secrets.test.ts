import { describe, expect, it } from 'vitest';
import { remembering, seeded } from './secrets.ts';

/** A store that counts what it is asked. */
const counting = (answer: (name: string) => Promise<readonly string[]>) => {
  const asked: string[] = [];
  const get = (name: string) => {
    asked.push(name);
    return answer(name);
  };
  return { asked, store: { get } };
};

const nothing = { get: () => Promise.resolve([]) };
const settings = { appSecrets: ['first', 'second'], accessToken: 'token' };

describe('remembering', () => {
  it('asks once a minute for each name, so that a rotation is in force after that', async () => {
    let now = 0;
    let value = 'old';
    const { asked, store } = counting(() => Promise.resolve([value]));
    const remembered = remembering(store, () => now);
    expect(await remembered.get('a')).toEqual(['old']);
    value = 'new';
    now = 59_999;
    expect(await remembered.get('a')).toEqual(['old']);
    now = 60_000;
    expect(await remembered.get('a')).toEqual(['new']);
    expect(asked).toEqual(['a', 'a']);
  });

  it('asks once for many at the same time', async () => {
    const { asked, store } = counting(() => Promise.resolve(['value']));
    const remembered = remembering(store, () => 0);
    await Promise.all(Array.from({ length: 50 }, () => remembered.get('a')));
    expect(asked).toEqual(['a']);
  });

  it('does not remember a failure', async () => {
    let fails = true;
    const { store } = counting(() =>
      fails ? Promise.reject(new Error('down')) : Promise.resolve(['value']),
    );
    const remembered = remembering(store, () => 0);
    await expect(remembered.get('a')).rejects.toThrow('down');
    fails = false;
    expect(await remembered.get('a')).toEqual(['value']);
  });

  it('forgets when it is asked for more names than any workspace has', async () => {
    const { asked, store } = counting(() => Promise.resolve([]));
    const remembered = remembering(store, () => 0);
    await remembered.get('app-default-secret');
    for (let index = 0; index < 1_000; index += 1) await remembered.get(`app-${index}-secret`);
    await remembered.get('app-default-secret');
    expect(asked.filter((name) => name === 'app-default-secret')).toHaveLength(2);
  });
});

describe('seeded', () => {
  it('gives the first app its secrets, and every number without a token of its own the first token', async () => {
    const store = seeded(settings, nothing);
    expect(await store.get('app-default-secret')).toEqual(['first', 'second']);
    expect(await store.get('channel-100000000000001-token')).toEqual(['token']);
  });

  it('gives another app nothing: a path nobody set up is believed nothing', async () => {
    const store = seeded(settings, nothing);
    expect(await store.get('app-other-secret')).toEqual([]);
    expect(await store.get('identity-key')).toEqual([]);
  });

  it('yields to what the store has of its own', async () => {
    const store = seeded(settings, { get: () => Promise.resolve(['own']) });
    expect(await store.get('app-default-secret')).toEqual(['own']);
    expect(await store.get('channel-1-token')).toEqual(['own']);
  });

  it('has no token where none is set', async () => {
    const store = seeded({ ...settings, accessToken: '' }, nothing);
    expect(await store.get('channel-1-token')).toEqual([]);
  });
});
