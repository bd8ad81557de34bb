import type { Draft } from '@switchboard/domain';
import { aPerson } from '@switchboard/domain/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { EMPTY_DRAFT, mergeDraft, SYNC_AFTER, useDraft, type LocalDraft } from './drafts.ts';
import { SERVER_TIME, StoreFailure } from './store.ts';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';
import { mounted } from './testing/harness.ts';

const state = vi.hoisted(() => ({
  store: null as FakeStore | null,
  local: new Map<string, unknown>(),
}));
vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(state.store),
}));
vi.mock('./session.ts', () => ({
  currentPerson: () => ({ ...aPerson(), name: 'Jonas' }),
  beforeSignOut: () => undefined,
}));
vi.mock('./local.ts', () => ({
  readLocal: async (key: string) => state.local.get(key),
  writeLocal: async (key: string, value: unknown) => state.local.set(key, structuredClone(value)),
  removeLocal: async (key: string) => state.local.delete(key),
  listLocal: async () => [...state.local],
}));

const PATH = 'agents/jonas/drafts/marta';
const KEY = 'draft/jonas/marta';
let store: FakeStore;
let clock = 1_000;
let stops: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  state.local.clear();
  store = state.store = fakeStore();
  const { put } = store;
  // The server's clock: a draft that it stores carries its time.
  store.put = (path, data) =>
    put(path, {
      ...data,
      updatedAt: data['updatedAt'] === SERVER_TIME ? (clock += 1) : data['updatedAt'],
    });
});
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
  vi.useRealTimers();
});
const use = (id: Parameters<typeof useDraft>[0] = 'marta') => {
  const { value, stop } = mounted(() => useDraft(id));
  stops.push(stop);
  return { ...value, stop };
};
const settled = () => vi.advanceTimersByTimeAsync(SYNC_AFTER + 10);
const remote = (over: Partial<Draft>): Draft => ({
  schemaVersion: 1,
  reply: '',
  note: '',
  reason: null,
  updatedAt: (clock += 1),
  ...over,
});

describe('A draft', () => {
  it('is kept on this device at once, and on the server soon after, reply and note apart', async () => {
    const { reply, note } = use();
    await settled();
    reply.value = 'On our way';
    note.value = 'Bring a valve';
    expect(state.local.get(KEY)).toMatchObject({ reply: 'On our way', note: 'Bring a valve' });
    expect(store.documents.get(PATH)).toBeUndefined();
    await settled();
    expect(store.documents.get(PATH)).toMatchObject({ reply: 'On our way', note: 'Bring a valve' });
  });

  it('is sent once after a burst of keys', async () => {
    const put = vi.spyOn(store, 'put');
    const { reply } = use();
    await settled();
    for (const text of ['H', 'He', 'Hel', 'Hell', 'Hello']) reply.value = text;
    await settled();
    expect(put).toHaveBeenCalledTimes(1);
  });

  it('is there again after a reload, also without a connection', async () => {
    store.put = () => Promise.reject(new StoreFailure('unreachable'));
    const first = use();
    await settled();
    first.reply.value = 'Not lost';
    await settled();
    first.stop();
    const second = use();
    await settled();
    expect(second.reply.value).toBe('Not lost');
  });

  it('is not brought back by its own echo while the author deletes', async () => {
    const { reply } = use();
    await settled();
    reply.value = 'Hello';
    await settled();
    reply.value = 'Hel';
    store.set(PATH, { ...store.documents.get(PATH) });
    await settled();
    expect(reply.value).toBe('Hel');
    expect(store.documents.get(PATH)).toMatchObject({ reply: 'Hel' });
  });

  it('follows what the same person writes on another device', async () => {
    const { reply } = use();
    await settled();
    store.set(PATH, remote({ reply: 'From the phone' }));
    await settled();
    expect(reply.value).toBe('From the phone');
  });

  it('brings a refused reply back with its reason, above what is being typed', async () => {
    const { reply, reason, explain } = use();
    await settled();
    reply.value = 'Next thought';
    store.set(PATH, remote({ reply: 'Refused text', reason: 'reassigned' }));
    expect(reply.value).toContain('Next thought');
    await settled();
    expect(reply.value).toBe('Refused text\n\nNext thought');
    expect(reason.value).toBe('reassigned');
    explain(null);
    await settled();
    expect(store.documents.get(PATH)).toMatchObject({ reason: null });
  });

  it('is gone everywhere once it was sent', async () => {
    const { reply, clear } = use();
    await settled();
    reply.value = 'Sent';
    await settled();
    clear('reply');
    await settled();
    expect(store.documents.has(PATH)).toBe(false);
    expect(reply.value).toBe('');
  });

  it('belongs to its conversation: another one shows its own', async () => {
    const id = ref('marta');
    const { reply } = use(id);
    await settled();
    reply.value = 'For Marta';
    id.value = 'yuki';
    await settled();
    expect(reply.value).toBe('');
    expect(store.documents.get(PATH)).toMatchObject({ reply: 'For Marta' });
    id.value = 'marta';
    await settled();
    expect(reply.value).toBe('For Marta');
  });
});

describe('A draft in two tabs', () => {
  /** The module as another tab of this device has it. */
  async function otherTab() {
    vi.resetModules();
    const tab = await import('./drafts.ts');
    const { value, stop } = mounted(() => tab.useDraft('marta'));
    stops.push(stop);
    return value;
  }

  it('is one: what is typed in one stands in the other at once, also without a connection', async () => {
    store.put = () => Promise.reject(new StoreFailure('unreachable'));
    const here = use();
    const there = await otherTab();
    await settled();
    here.reply.value = 'Typed here';
    await vi.waitFor(() => expect(there.reply.value).toBe('Typed here'));
    there.reply.value = 'Typed here, and there';
    there.note.value = 'A note';
    await vi.waitFor(() => expect(here.note.value).toBe('A note'));
    expect(here.reply.value).toBe('Typed here, and there');
  });

  it('is gone from both when one has sent it, and comes back to neither by its echo', async () => {
    const here = use();
    const there = await otherTab();
    await settled();
    here.reply.value = 'Sent from here';
    await settled();
    await vi.waitFor(() => expect(there.reply.value).toBe('Sent from here'));
    here.clear('reply');
    await vi.waitFor(() => expect(there.reply.value).toBe(''));
    await settled();
    expect([here.reply.value, there.reply.value]).toEqual(['', '']);
    expect(store.documents.has(PATH)).toBe(false);
  });

  it('is not set back by the other, which hears of the server’s copy while this one goes on', async () => {
    const here = use();
    const there = await otherTab();
    await settled();
    here.reply.value = 'Hel';
    await settled();
    here.reply.value = 'Hello';
    store.set(PATH, { ...store.documents.get(PATH) });
    await vi.waitFor(() => expect(there.reply.value).toBe('Hello'));
    expect(here.reply.value).toBe('Hello');
    await settled();
    expect(store.documents.get(PATH)).toMatchObject({ reply: 'Hello' });
  });
});

describe('Merging drafts', () => {
  const text = fc.string({ maxLength: 12 });
  const local = fc.record<LocalDraft>({
    reply: text,
    note: text,
    reason: fc.constant(null),
    base: fc.option(fc.nat(5), { nil: null }),
    dirty: fc.boolean(),
    sent: fc.option(fc.record({ reply: text, note: text, reason: fc.constant(null) }), {
      nil: null,
    }),
  });
  const server = fc.option(
    fc.record<Draft>({
      schemaVersion: fc.constant(1),
      reply: text,
      note: text,
      reason: fc.constantFrom(null, 'reassigned', 'window-closed', 'resolved'),
      updatedAt: fc.nat(5),
    }),
    { nil: null },
  );

  it('never loses text that the server has not seen', () => {
    fc.assert(
      fc.property(local, server, (mine, theirs) => {
        const merged = mergeDraft({ ...mine, dirty: true }, theirs);
        expect(merged.reply).toContain(mine.reply);
        expect(merged.note).toContain(mine.note);
      }),
    );
  });

  it('never loses a reply that came back with a reason', () => {
    fc.assert(
      fc.property(local, server, (mine, theirs) => {
        fc.pre(theirs !== null && theirs.reason !== null && theirs.updatedAt !== mine.base);
        expect(mergeDraft(mine, theirs).reply).toContain(theirs?.reply);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(local, server, (mine, theirs) => {
        const once = mergeDraft(mine, theirs);
        expect(mergeDraft(once, theirs)).toEqual(once);
      }),
    );
  });

  it('knows the echo of what it sent with its reason, and brings back nothing that was cleared since', () => {
    const sent = { reply: 'On Friday', note: '', reason: 'reassigned' } as const;
    const cleared: LocalDraft = { ...EMPTY_DRAFT, base: 1, dirty: true, sent };
    expect(mergeDraft(cleared, { ...sent, schemaVersion: 1, updatedAt: 2 })).toEqual({
      ...cleared,
      base: 2,
    });
  });

  it('begins with nothing', () => {
    expect(mergeDraft(EMPTY_DRAFT, null)).toBe(EMPTY_DRAFT);
  });
});
