import { anInbound, anOutbound, aPerson, NOW } from '@switchboard/domain/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';
import { mounted } from './testing/harness.ts';
import { entryOf, useTimeline } from './thread.ts';

const state = vi.hoisted(() => ({
  store: null as FakeStore | null,
  endings: [] as (() => void)[],
}));
const endSession = () => state.endings.forEach((task) => task());
vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(state.store),
}));
vi.mock('./session.ts', () => ({
  useSession: () => ({ person: shallowRef({ ...aPerson(), name: 'Jonas' }) }),
  onSessionEnd: (task: () => void) => state.endings.push(task),
}));

let store: FakeStore;
let stops: (() => void)[] = [];
beforeEach(() => {
  store = state.store = fakeStore();
});
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
  endSession();
});
const use = (id: string) => {
  const { value, stop } = mounted(() => useTimeline(id));
  stops.push(stop);
  return value;
};

const say = (id: string, at: number): void =>
  store.set(`conversations/marta/timeline/${id}`, anInbound({ at, wamid: id, text: id }));

describe('A timeline', () => {
  it('shows the newest thirty, oldest first, and follows what comes and changes', async () => {
    for (let index = 0; index < 40; index += 1) say(`m${index}`, NOW + index);
    const { entries, ended } = use('marta');
    await vi.waitFor(() => expect(entries.value).toHaveLength(30));
    expect(entries.value[0]?.id).toBe('m10');
    expect(entries.value.at(-1)?.id).toBe('m39');
    expect(ended.value).toBe(false);
    store.set('conversations/marta/timeline/reply', anOutbound({ at: NOW + 99 }));
    await vi.waitFor(() => expect(entries.value.at(-1)?.id).toBe('reply'));
    store.set('conversations/marta/timeline/reply', anOutbound({ at: NOW + 99, state: 'read' }));
    await vi.waitFor(() => expect(entries.value.at(-1)).toMatchObject({ state: 'read' }));
    expect(entries.value).toHaveLength(31);
  });

  it('has the same object for an entry that did not change', async () => {
    say('m1', NOW);
    say('m2', NOW + 1);
    const { entries } = use('marta');
    await vi.waitFor(() => expect(entries.value).toHaveLength(2));
    const [first] = entries.value;
    say('m2', NOW + 2);
    await vi.waitFor(() => expect(entries.value[1]?.at).toBe(NOW + 2));
    expect(entries.value[0]).toBe(first);
  });

  it('reads older pages on demand until there is nothing older', async () => {
    for (let index = 0; index < 70; index += 1) say(`m${String(index).padStart(2, '0')}`, NOW);
    const { entries, ended, older } = use('marta');
    await vi.waitFor(() => expect(entries.value).toHaveLength(30));
    await older();
    expect(entries.value).toHaveLength(60);
    await older();
    expect(entries.value).toHaveLength(70);
    expect(ended.value).toBe(true);
    expect(entries.value.map(({ id }) => id)).toEqual(
      Array.from({ length: 70 }, (_, index) => `m${String(index).padStart(2, '0')}`),
    );
    await older();
    expect(entries.value).toHaveLength(70);
  });

  it('has no hole after more came at once than a page holds', async () => {
    for (let index = 0; index < 70; index += 1) say(`old${index}`, NOW + index);
    const { entries, older } = use('marta');
    await vi.waitFor(() => expect(entries.value).toHaveLength(30));
    await older();
    for (let index = 0; index < 90; index += 1) say(`new${index}`, NOW + 1_000 + index);
    await vi.waitFor(() => expect(entries.value.at(-1)?.id).toBe('new89'));
    while (entries.value[0]?.id !== 'old0') await older();
    expect(entries.value).toHaveLength(160);
  });

  it('reads a page once, however often it is asked for at the same time', async () => {
    for (let index = 0; index < 70; index += 1) say(`m${index}`, NOW + index);
    const { entries, older } = use('marta');
    await vi.waitFor(() => expect(entries.value).toHaveLength(30));
    const before = store.reads;
    await Promise.all([older(), older(), older()]);
    expect(store.reads - before).toBe(30);
  });

  it('reads no more than forty documents to open a thread of thousands', async () => {
    for (let index = 0; index < 500; index += 1) say(`m${index}`, NOW + index);
    store.reads = 0;
    const { entries } = use('marta');
    await vi.waitFor(() => expect(entries.value).toHaveLength(30));
    expect(store.reads).toBeLessThanOrEqual(40);
  });
});

describe('A timeline that is opened again', () => {
  async function seenBefore(): Promise<void> {
    say('m1', NOW);
    const { entries, fromCache } = use('marta');
    await vi.waitFor(() => expect([entries.value.length, fromCache.value]).toEqual([1, false]));
    stops.splice(0).forEach((stop) => stop());
  }

  it('is there at once, and then as it is now', async () => {
    await seenBefore();
    say('m2', NOW + 1);
    const { entries, state: shown, fromCache } = use('marta');
    expect(entries.value.map(({ id }) => id)).toEqual(['m1']);
    expect([shown.value, fromCache.value]).toEqual(['ready', true]);
    await vi.waitFor(() => expect(entries.value.map(({ id }) => id)).toEqual(['m1', 'm2']));
    expect(fromCache.value).toBe(false);
  });

  it('keeps nothing of before that the server has not confirmed', async () => {
    for (let index = 0; index < 30; index += 1) say(`m${index}`, NOW + index);
    const before = use('marta');
    await vi.waitFor(() => expect(before.fromCache.value).toBe(false));
    stops.splice(0).forEach((stop) => stop());
    for (let index = 30; index < 50; index += 1) say(`m${index}`, NOW + index);
    const { entries, fromCache, older } = use('marta');
    await vi.waitFor(() => expect(fromCache.value).toBe(false));
    expect(entries.value.map(({ id }) => id)[0]).toBe('m20');
    await older();
    expect(entries.value).toHaveLength(50);
  });

  it('is forgotten with the session', async () => {
    await seenBefore();
    endSession();
    expect(use('marta').entries.value).toEqual([]);
  });

  it('is forgotten where it may not be read any more', async () => {
    await seenBefore();
    store.deny = () => true;
    const { state: shown } = use('marta');
    await vi.waitFor(() => expect(shown.value).toBe('denied'));
    stops.splice(0).forEach((stop) => stop());
    expect(use('marta').entries.value).toEqual([]);
  });

  it('is forgotten when twenty others were read since', async () => {
    await seenBefore();
    for (let index = 0; index < 20; index += 1) {
      const { fromCache } = use(`other${index}`);
      await vi.waitFor(() => expect(fromCache.value).toBe(false));
    }
    expect(use('marta').entries.value).toEqual([]);
  });
});

describe('An entry of a form that nobody knows', () => {
  it('is shown where it belongs, as unsupported', () => {
    expect(entryOf({ id: 'x', data: { kind: 'hologram', at: NOW } })).toMatchObject({
      id: 'x',
      kind: 'event',
      type: 'unsupported',
      at: NOW,
    });
  });

  it('is left out where not even its time is known', () => {
    expect(entryOf({ id: 'x', data: { kind: 'hologram' } })).toBeNull();
  });
});
