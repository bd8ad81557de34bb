import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { perFrame, reopenListeners, useDoc, useQuery } from './live.ts';
import type { QuerySpec } from './queries.ts';
import { StoreFailure } from './store.ts';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';
import { mounted } from './testing/harness.ts';

const state = vi.hoisted(() => ({ store: null as FakeStore | null }));
vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(state.store),
}));

let store: FakeStore;
beforeEach(() => {
  store = state.store = fakeStore();
});

const schema = v.object({ name: v.string() });
const people = (limit = 10): QuerySpec => ({ collection: 'people', where: [], limit });

let stops: (() => void)[] = [];
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
});
function use<T>(run: () => T): T {
  const { value, stop } = mounted(run);
  stops.push(stop);
  return value;
}

describe('A live query', () => {
  it('shows what is there, and what comes', async () => {
    store.set('people/ana', { name: 'Ana' });
    const { rows, state: phase } = use(() => useQuery(people, schema));
    expect(phase.value).toBe('loading');
    await vi.waitFor(() => expect(rows.value).toEqual([{ id: 'ana', name: 'Ana' }]));
    expect(phase.value).toBe('ready');
    store.set('people/jonas', { name: 'Jonas' });
    await vi.waitFor(() => expect(rows.value).toHaveLength(2));
  });

  it('leaves out and counts what does not fit, and shows the rest', async () => {
    store.set('people/ana', { name: 'Ana' });
    store.set('people/odd', { name: 7 });
    const { rows, skipped } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(skipped.value).toBe(1));
    expect(rows.value).toEqual([{ id: 'ana', name: 'Ana' }]);
  });

  it('has the same object for what did not change, and changes nothing where nothing did', async () => {
    store.set('people/ana', { name: 'Ana' });
    store.set('people/jonas', { name: 'Jonas' });
    const { rows } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(rows.value).toHaveLength(2));
    const [ana] = rows.value;
    store.set('people/jonas', { name: 'Jonas W.' });
    await vi.waitFor(() => expect(rows.value[1]).toMatchObject({ name: 'Jonas W.' }));
    expect(rows.value[0]).toBe(ana);
    const before = rows.value;
    store.set('teams/support', { name: 'Support' });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(rows.value).toBe(before);
  });

  it('is ready with what the cache has, and says so', async () => {
    store.set('people/ana', { name: 'Ana' });
    store.fromCache = true;
    const { state: phase, fromCache } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(phase.value).toBe('ready'));
    expect(fromCache.value).toBe(true);
  });

  it('keeps waiting for the server where the cache has nothing', async () => {
    store.fromCache = true;
    const { state: phase, fromCache, rows } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(store.listening()).toHaveLength(1));
    expect(phase.value).toBe('loading');
    store.fromCache = false;
    store.set('people/ana', { name: 'Ana' });
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    expect([phase.value, fromCache.value]).toEqual(['ready', false]);
  });

  it('asks again with a new token where it was denied', async () => {
    store.set('people/ana', { name: 'Ana' });
    store.deny = () => true;
    const { rows, state: phase } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(phase.value).toBe('denied'));
    store.deny = () => false;
    reopenListeners();
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    expect(phase.value).toBe('ready');
  });

  it('shows nothing any more once it is denied', async () => {
    store.set('people/ana', { name: 'Ana' });
    const { rows, state: phase } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    store.breakListeners(new StoreFailure('denied'));
    await vi.waitFor(() => expect(phase.value).toBe('denied'));
    expect(rows.value).toEqual([]);
  });

  it('fails and tries again', async () => {
    const { state: phase, retry } = use(() => useQuery(people, schema));
    await vi.waitFor(() => expect(store.listening()).toHaveLength(1));
    store.breakListeners(new StoreFailure('failed'));
    await vi.waitFor(() => expect(phase.value).toBe('failed'));
    retry();
    await vi.waitFor(() => expect(phase.value).toBe('ready'));
  });

  it('follows its source, forgets what the other one showed and ignores its late answers', async () => {
    store.set('people/ana', { name: 'Ana' });
    store.set('teams/support', { name: 'Support' });
    const collection = ref<string | null>('people');
    const { rows } = use(() =>
      useQuery(
        () => (collection.value === null ? null : { ...people(), collection: collection.value }),
        schema,
      ),
    );
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    store.set('people/jonas', { name: 'Jonas' });
    collection.value = 'teams';
    await nextTick();
    expect(rows.value).toEqual([]);
    await vi.waitFor(() => expect(rows.value.map(({ id }) => id)).toEqual(['support']));
    collection.value = null;
    await nextTick();
    expect(rows.value).toEqual([]);
    expect(store.listening()).toEqual([]);
  });

  it('does not open again for a source that is equal', async () => {
    const limit = ref(10);
    const unrelated = ref(0);
    use(() => useQuery(() => ({ ...people(limit.value + 0 * unrelated.value) }), schema));
    await vi.waitFor(() => expect(store.listening()).toHaveLength(1));
    const [before] = store.listening();
    unrelated.value = 1;
    await nextTick();
    expect(store.listening()[0]).toBe(before);
  });

  it('shows what was kept while the store opens, and then what the store says', async () => {
    store.set('people/ana', { name: 'Ana' });
    const old = [{ id: 'ana', data: { name: 'Anna' } }];
    const write = vi.fn();
    const opened = vi.spyOn(store, 'listenRows').mockReturnValueOnce(() => undefined);
    const {
      rows,
      state: phase,
      fromCache,
      retry,
    } = use(() => useQuery(people, schema, { read: async () => old, write }));
    await vi.waitFor(() => expect(rows.value).toEqual([{ id: 'ana', name: 'Anna' }]));
    expect([phase.value, fromCache.value]).toEqual(['ready', true]);
    expect(opened).toHaveBeenCalledOnce();
    retry();
    await vi.waitFor(() => expect(rows.value).toEqual([{ id: 'ana', name: 'Ana' }]));
    expect(fromCache.value).toBe(false);
    expect(write.mock.calls).toEqual([[people(), [{ id: 'ana', data: { name: 'Ana' } }]]]);
  });

  it('does not go back to what was kept once the store has answered', async () => {
    store.set('people/ana', { name: 'Ana' });
    let found: (rows: { id: string; data: { name: string } }[]) => void = () => undefined;
    const kept = new Promise<{ id: string; data: { name: string } }[]>(
      (resolve) => (found = resolve),
    );
    const { rows } = use(() =>
      useQuery(people, schema, { read: () => kept, write: () => undefined }),
    );
    await vi.waitFor(() => expect(rows.value).toEqual([{ id: 'ana', name: 'Ana' }]));
    found([{ id: 'ana', data: { name: 'Anna' } }]);
    await nextTick();
    expect(rows.value).toEqual([{ id: 'ana', name: 'Ana' }]);
  });

  it('keeps nothing that only the cache says', async () => {
    store.set('people/ana', { name: 'Ana' });
    store.fromCache = true;
    const write = vi.fn();
    const { rows } = use(() => useQuery(people, schema, { read: async () => null, write }));
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    expect(write).not.toHaveBeenCalled();
  });

  it('ends with its component', async () => {
    const { stop } = mounted(() => useQuery(people, schema));
    await vi.waitFor(() => expect(store.listening()).toHaveLength(1));
    stop();
    expect(store.listening()).toEqual([]);
  });
});

describe('A live document', () => {
  it('has failed, and waits for nothing, where the SDK throws at once', async () => {
    vi.spyOn(store, 'listenDoc').mockImplementation(() => {
      throw new Error('an odd number of segments');
    });
    const { state: phase } = use(() => useDoc('conversations/a/b', schema));
    await vi.waitFor(() => expect(phase.value).toBe('failed'));
  });

  it('carries its id, and is null where there is none', async () => {
    const path = ref('people/ana');
    store.set('people/ana', { name: 'Ana' });
    const { data, state: phase } = use(() => useDoc(path, schema));
    await vi.waitFor(() => expect(data.value).toEqual({ id: 'ana', name: 'Ana' }));
    path.value = 'people/nobody';
    await vi.waitFor(() => expect(phase.value).toBe('ready'));
    expect(data.value).toBeNull();
  });
});

describe('A burst of snapshots', () => {
  it('is rendered once, as it was last', async () => {
    const run = vi.fn();
    const frames = perFrame<number>(run);
    for (let value = 0; value < 100; value += 1) frames.push(value);
    await vi.waitFor(() => expect(run).toHaveBeenCalled());
    expect(run.mock.calls).toEqual([[99]]);
  });

  it('is not rendered after it was cancelled', async () => {
    const run = vi.fn();
    const frames = perFrame<number>(run);
    frames.push(1);
    frames.cancel();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(run).not.toHaveBeenCalled();
  });
});
