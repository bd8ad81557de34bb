import { aConversation, anAgent, aPerson, NOW } from '@switchboard/domain/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { actionsOf, newEntryId, type Actions } from './actions.ts';
import { ANSWER_WITHIN, StoreFailure } from './store.ts';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';

vi.mock('./session.ts', () => ({ currentPerson: () => null }));

// What the rules say is tried against a real Firestore (tests/data); here is what no rule decides.

let store: FakeStore;
let offline: boolean;
let act: Actions;
const free = { ...aConversation({ windowExpiresAt: Date.now() + 60_000 }), id: 'marta' };

beforeEach(() => {
  store = fakeStore();
  offline = false;
  store.set('conversations/marta', free);
  store.set('agents/jonas', anAgent());
  act = actionsOf({
    person: () => ({ ...aPerson(), name: 'Jonas Weber' }),
    store: async () => store,
    isOffline: () => offline,
  });
});

describe('An act', () => {
  it('is refused at once without a connection, and nothing is queued', async () => {
    offline = true;
    const commit = vi.spyOn(store, 'commit');
    expect(await act.take(free)).toEqual({ ok: false, code: 'offline' });
    expect(await act.reply(free, { id: newEntryId(), text: 'Hello' })).toEqual({
      ok: false,
      code: 'offline',
    });
    expect(commit).not.toHaveBeenCalled();
  });

  it('is refused to nobody', async () => {
    const stranger = actionsOf({
      person: () => null,
      store: async () => store,
      isOffline: () => false,
    });
    expect(await stranger.take(free)).toEqual({ ok: false, code: 'not-signed-in' });
  });

  it('happened where the answer was lost but its entry is there, and is not sent again', async () => {
    const { commit } = store;
    const sent = vi.spyOn(store, 'commit').mockImplementation(async (writes) => {
      await commit(writes);
      throw new StoreFailure('unreachable');
    });
    expect(await act.take(free)).toEqual({ ok: true });
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it('is unknown where the answer was lost and its entry is not there', async () => {
    vi.spyOn(store, 'commit').mockRejectedValue(new StoreFailure('unreachable'));
    expect(await act.take(free)).toEqual({ ok: false, code: 'unknown' });
  });

  it('is unknown where the server cannot be asked either', async () => {
    vi.spyOn(store, 'commit').mockRejectedValue(new StoreFailure('unreachable'));
    vi.spyOn(store, 'readServer').mockRejectedValue(new StoreFailure('unreachable'));
    expect(await act.release(free)).toEqual({ ok: false, code: 'unknown' });
  });

  it.each(['nothing explains it', 'the server cannot be asked'])(
    'is unknown after a failure that proves nothing, where %s: its id must stay',
    async (why) => {
      vi.spyOn(store, 'commit').mockRejectedValue(new StoreFailure('failed'));
      if (why !== 'nothing explains it')
        vi.spyOn(store, 'readServer').mockRejectedValue(new StoreFailure('unreachable'));
      const answer = await act.take(free);
      expect(answer).toMatchObject({ ok: false, code: 'unknown' });
    },
  );

  it('waits a bounded time for its answer', async () => {
    vi.useFakeTimers();
    vi.spyOn(store, 'commit').mockReturnValue(new Promise(() => undefined));
    const result = act.take(free);
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN);
    expect(await result).toEqual({ ok: false, code: 'unknown' });
    vi.useRealTimers();
  });

  it('is somebody else’s where the entry of that version is theirs', async () => {
    const held = {
      ...free,
      assignee: { kind: 'agent' as const, id: 'ana' },
      assignment: { version: 5, at: NOW, by: 'ana' },
    };
    store.set('conversations/marta', held);
    store.set('conversations/marta/timeline/take-5', { author: { kind: 'agent', id: 'ana' } });
    vi.spyOn(store, 'commit').mockRejectedValue(new StoreFailure('denied'));
    expect(await act.take(free)).toEqual({
      ok: false,
      code: 'already-held',
      holder: { kind: 'agent', id: 'ana' },
    });
  });

  it('is explained to who the person is by now: a supervisor of all teams became an agent of one', async () => {
    const was = aPerson({ role: 'supervisor', teams: ['sales'], all: true, everyTeam: true });
    const demoted = actionsOf({
      person: () => ({ ...was, name: 'Jonas Weber' }),
      store: async () => store,
      isOffline: () => false,
    });
    store.set('agents/jonas', anAgent({ role: 'agent', teams: ['sales'] }));
    vi.spyOn(store, 'commit').mockRejectedValue(new StoreFailure('failed'));
    expect(await demoted.take(free)).toMatchObject({ ok: false, code: 'not-permitted' });
  });

  it('is not permitted where its conversation may not even be read', async () => {
    vi.spyOn(store, 'commit').mockRejectedValue(new StoreFailure('denied'));
    store.deny = (source) => typeof source === 'string' && source.startsWith('conversations/');
    expect(await act.take(free)).toEqual({ ok: false, code: 'not-permitted' });
  });

  it('writes the shapes of the contract', async () => {
    const commit = vi.spyOn(store, 'commit');
    await act.reply(free, { id: 'reply1', text: 'Hello' });
    const [write] = commit.mock.calls[0]![0];
    expect(write).toMatchObject({ op: 'create', path: 'conversations/marta/timeline/reply1' });
    const given = Object.entries(write!.data).filter(([, value]) => value !== undefined);
    expect(given.map(([field]) => field).sort()).toEqual(
      ['at', 'author', 'fence', 'kind', 'state', 'text', 'type'].sort(),
    );
  });
});

describe('The read marker', () => {
  it('writes nothing where there is nothing to mark or the person may not', async () => {
    const change = vi.spyOn(store, 'change');
    expect(await act.markRead({ ...free, readCount: 1, inboundCount: 1 })).toEqual({ ok: true });
    const held = { ...free, assignee: { kind: 'agent' as const, id: 'ana' } };
    expect(await act.markRead(held)).toEqual({ ok: false, code: 'not-permitted' });
    expect(change).not.toHaveBeenCalled();
    expect(await act.markRead(free)).toEqual({ ok: true });
    expect(change).toHaveBeenCalledWith('conversations/marta', { readCount: 1 });
  });
});
