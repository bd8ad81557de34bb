import { aConversation, aPerson, NOW } from '@switchboard/domain/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef, watch } from 'vue';
import { useConversation, useConversationList, useListCounts } from './conversations.ts';
import type { SignedIn } from './session.ts';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';
import { mounted } from './testing/harness.ts';

const state = vi.hoisted(() => ({
  store: null as FakeStore | null,
  person: null as { value: SignedIn | null } | null,
}));
vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(state.store),
}));
vi.mock('./session.ts', () => ({
  useSession: () => ({ person: state.person }),
  onSessionEnd: () => undefined,
}));
vi.mock('./kept-rows.ts', () => ({ keptRows: { read: async () => null, write: () => undefined } }));

const ana: SignedIn = { ...aPerson({ uid: 'ana' }), name: 'Ana Ruiz' };
let store: FakeStore;
let stops: (() => void)[] = [];
beforeEach(() => {
  store = state.store = fakeStore();
  state.person = shallowRef<SignedIn | null>(ana);
});
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
});
function use<T>(run: () => T): T {
  const { value, stop } = mounted(run);
  stops.push(stop);
  return value;
}

const put = (id: string, over: Parameters<typeof aConversation>[0] = {}): void =>
  store.set(`conversations/${id}`, aConversation(over));
const numbered = (index: number): string => `c${String(index).padStart(3, '0')}`;

describe('A list', () => {
  it('holds a section in its order and follows every change', async () => {
    put('late', { waitingSince: NOW - 9_000 });
    put('early', { waitingSince: NOW - 90_000 });
    const { rows, ended } = use(() => useConversationList('queue', 'open'));
    await vi.waitFor(() => expect(rows.value.map(({ id }) => id)).toEqual(['early', 'late']));
    expect(ended.value).toBe(true);
    put('early', { assignee: { kind: 'agent', id: 'jonas' } });
    await vi.waitFor(() => expect(rows.value.map(({ id }) => id)).toEqual(['late']));
  });

  it('merges what the person was asked into with the team’s, each once', async () => {
    put('ours', { waitingSince: NOW - 1_000 });
    put('asked', { teamId: 'billing', guests: ['ana'], waitingSince: NOW - 5_000 });
    put('both', { guests: ['ana'], waitingSince: NOW - 3_000 });
    const { rows } = use(() => useConversationList('team', 'open'));
    await vi.waitFor(() =>
      expect(rows.value.map(({ id }) => id)).toEqual(['asked', 'both', 'ours']),
    );
  });

  it('pages by cursor, keeps every page live, and shows no gap and no row twice', async () => {
    for (let index = 0; index < 60; index += 1) put(numbered(index), { waitingSince: index });
    const { rows, ended, more } = use(() => useConversationList('queue', 'open'));
    await vi.waitFor(() => expect(rows.value).toHaveLength(20));
    expect(ended.value).toBe(false);
    more();
    await vi.waitFor(() => expect(rows.value).toHaveLength(40));
    more();
    await vi.waitFor(() => expect(rows.value).toHaveLength(60));
    more();
    await vi.waitFor(() => expect(ended.value).toBe(true));
    expect(rows.value.map(({ id }) => id)).toEqual(
      Array.from({ length: 60 }, (_, i) => numbered(i)),
    );
    put('new', { waitingSince: 5 });
    put(numbered(30), { assignee: { kind: 'agent', id: 'jonas' } });
    await vi.waitFor(() => expect(rows.value.map(({ id }) => id)).toContain('new'));
    expect(rows.value).toHaveLength(60);
    expect(rows.value.map(({ id }) => id)).not.toContain(numbered(30));
  });

  it('never shows fewer rows while a page is being closed', async () => {
    for (let index = 0; index < 45; index += 1) put(numbered(index), { waitingSince: index });
    const { rows, more } = use(() => useConversationList('queue', 'open'));
    await vi.waitFor(() => expect(rows.value).toHaveLength(20));
    more();
    await nextTick();
    expect(rows.value).toHaveLength(20);
    await vi.waitFor(() => expect(rows.value).toHaveLength(40));
  });

  it('asks for one page at a time', async () => {
    for (let index = 0; index < 90; index += 1) put(numbered(index), { waitingSince: index });
    const { rows, more } = use(() => useConversationList('queue', 'open'));
    await vi.waitFor(() => expect(rows.value).toHaveLength(20));
    more();
    await nextTick();
    const changed = vi.fn();
    watch(rows, changed, { flush: 'sync' });
    more();
    more();
    expect(changed).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(rows.value).toHaveLength(40));
  });

  it('stays as it is when the person is told anew with the same rights', async () => {
    put('ours');
    const { rows } = use(() => useConversationList('team', 'open'));
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    const [before] = store.listening();
    state.person!.value = { ...ana, name: 'Ana R.' };
    await nextTick();
    expect(rows.value).toHaveLength(1);
    expect(store.listening()[0]).toBe(before);
  });

  it('is empty, and asks nothing, when the session has ended', async () => {
    put('ours');
    const { rows } = use(() => useConversationList('team', 'open'));
    await vi.waitFor(() => expect(rows.value).toHaveLength(1));
    state.person!.value = null;
    await nextTick();
    expect(rows.value).toEqual([]);
    expect(store.listening()).toEqual([]);
  });

  it('says that it is denied, and has no rows', async () => {
    put('ours');
    store.deny = () => true;
    const { rows, state: phase } = use(() => useConversationList('team', 'open'));
    await vi.waitFor(() => expect(phase.value).toBe('denied'));
    expect(rows.value).toEqual([]);
  });
});

describe('A conversation', () => {
  it('begins with what an open list shows of it, and follows its document', async () => {
    put('ours', { inboundCount: 3 });
    const list = use(() => useConversationList('team', 'open'));
    await vi.waitFor(() => expect(list.rows.value).toHaveLength(1));
    const { conversation, state: phase, fromCache } = use(() => useConversation('ours'));
    expect(conversation.value).toMatchObject({ id: 'ours', inboundCount: 3 });
    expect([phase.value, fromCache.value]).toEqual(['ready', true]);
    put('ours', { inboundCount: 4 });
    await vi.waitFor(() => expect(conversation.value?.inboundCount).toBe(4));
    expect(fromCache.value).toBe(false);
  });

  it('is waited for where no list shows it', async () => {
    put('ours');
    const { conversation, state: phase } = use(() => useConversation('ours'));
    expect([conversation.value, phase.value]).toEqual([null, 'loading']);
    await vi.waitFor(() => expect(conversation.value?.id).toBe('ours'));
  });
});

describe('Counts', () => {
  it('are taken from the rows of Mine and Queue, and say when there are more', async () => {
    put('mine', { assignee: { kind: 'agent', id: 'ana' } });
    put('waiting', {
      assignee: { kind: 'agent', id: 'ana' },
      status: 'pending',
      waitingSince: null,
    });
    for (let index = 0; index < 25; index += 1) put(numbered(index), { waitingSince: index });
    const { counts, longestWaiting } = use(useListCounts);
    await vi.waitFor(() => {
      expect(counts.value.mine).toEqual({ value: 2, more: false });
      expect(counts.value.queue).toEqual({ value: 20, more: true });
    });
    expect(longestWaiting.value?.id).toBe('c000');
    expect(counts.value.team).toBeNull();
  });

  it('of Team come from the server, at most once a minute', async () => {
    put('a');
    const count = vi.spyOn(store, 'count');
    const { counts, refresh } = use(useListCounts);
    await refresh('team');
    await refresh('team');
    expect(counts.value.team).toEqual({ value: 1, more: false });
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('listen once, however many ask', async () => {
    use(useListCounts);
    use(useListCounts);
    await vi.waitFor(() => expect(store.listening()).toHaveLength(3));
    await nextTick();
    expect(store.listening()).toHaveLength(3);
  });

  it('open an inbox under sixty documents, however full it is', async () => {
    for (let index = 0; index < 200; index += 1) {
      put(numbered(index), { waitingSince: index });
      put(`m${numbered(index)}`, { assignee: { kind: 'agent', id: 'ana' }, waitingSince: index });
      put(`p${numbered(index)}`, {
        assignee: { kind: 'agent', id: 'ana' },
        status: 'pending',
        lastEntryAt: index,
      });
    }
    const { counts } = use(useListCounts);
    await vi.waitFor(() => expect(counts.value.mine?.value).toBe(35));
    await vi.waitFor(() => expect(counts.value.queue?.value).toBe(20));
    expect(store.reads).toBeLessThanOrEqual(60);
  });
});

describe('A conversation', () => {
  it('is followed, and is gone as soon as the person may not see it', async () => {
    put('ours');
    const { conversation, state: phase } = use(() => useConversation('ours'));
    await vi.waitFor(() => expect(conversation.value?.id).toBe('ours'));
    store.deny = () => true;
    const { StoreFailure } = await import('./store.ts');
    store.breakListeners(new StoreFailure('denied'));
    await vi.waitFor(() => expect(phase.value).toBe('denied'));
    expect(conversation.value).toBeNull();
  });
});
