import { anInbound, anOutbound, aPerson, NOW } from '@switchboard/domain/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';
import { mounted } from './testing/harness.ts';
import { entryOf, useTimeline } from './thread.ts';

const state = vi.hoisted(() => ({ store: null as FakeStore | null }));
vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(state.store),
}));
vi.mock('./session.ts', () => ({
  useSession: () => ({ person: shallowRef({ ...aPerson(), name: 'Jonas' }) }),
}));

let store: FakeStore;
let stops: (() => void)[] = [];
beforeEach(() => {
  store = state.store = fakeStore();
});
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
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
