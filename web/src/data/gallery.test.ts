import { anInbound, NOW } from '@switchboard/domain/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GALLERY_PAGE } from './gallery-queries.ts';
import { useGallery } from './gallery.ts';
import { StoreFailure } from './store.ts';
import { fakeStore, type FakeStore } from './testing/fake-store.ts';

const state = vi.hoisted(() => ({ store: null as FakeStore | null }));
vi.mock('./store.ts', async (original) => ({
  ...(await original<typeof import('./store.ts')>()),
  openStore: () => Promise.resolve(state.store),
}));
vi.mock('./session.ts', () => ({ useSession: () => ({}), onSessionEnd: () => undefined }));

let store: FakeStore;
beforeEach(() => {
  store = state.store = fakeStore();
});
const share = (id: string, type: string, at: number): void =>
  store.set(`conversations/marta/timeline/${id}`, anInbound({ at, wamid: id, type }));

describe('A gallery', () => {
  it('has the photos and videos of a conversation page by page, newest first', async () => {
    for (let index = 0; index < GALLERY_PAGE + 2; index += 1)
      share(`p${index}`, index % 2 ? 'image' : 'video', NOW + index);
    share('words', 'text', NOW);
    share('paper', 'document', NOW);
    const { entries, ended, more } = useGallery('marta', 'pictures');
    await more();
    expect([entries.value.length, entries.value[0]?.id, ended.value]).toEqual([
      GALLERY_PAGE,
      `p${GALLERY_PAGE + 1}`,
      false,
    ]);
    await more();
    expect([entries.value.at(-1)?.id, ended.value]).toEqual(['p0', true]);
    expect(entries.value).toHaveLength(GALLERY_PAGE + 2);
  });

  it('has the deletions of what it shows', async () => {
    share('photo', 'image', NOW);
    share('deletion', 'revoke', NOW + 1);
    const { entries, more } = useGallery('marta', 'pictures');
    await more();
    expect(entries.value.map(({ id }) => id)).toEqual(['deletion', 'photo']);
  });

  it.each([
    ['denied', 'denied'],
    ['unreachable', 'offline'],
    ['failed', 'failed'],
  ] as const)('says so where reading is %s, and can be asked again', async (code, said) => {
    share('photo', 'image', NOW);
    const gallery = useGallery('marta', 'pictures');
    vi.spyOn(store, 'readRows').mockRejectedValueOnce(new StoreFailure(code));
    await gallery.more();
    expect(gallery.state.value).toBe(said);
    await gallery.more();
    expect([gallery.state.value, gallery.entries.value.length]).toEqual(['ready', 1]);
  });
});
