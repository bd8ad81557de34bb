import { readonly, ref, shallowRef, type DeepReadonly, type Ref, type ShallowRef } from 'vue';
import { GALLERY_PAGE, galleryQuery, type Gallery } from './gallery-queries.ts';
import type { Cursor } from './queries.ts';
import { openStore, StoreFailure } from './store.ts';
import { entryOf, type EntryRow } from './thread.ts';

/** How far a gallery is read: `offline` and `denied` say why it is not. */
export type GalleryState = 'loading' | 'ready' | 'offline' | 'denied' | 'failed';

/** What was shared in a conversation, as far as it was read; read when it is looked at, and not live. */
export interface GalleryPages {
  /** Newest first, with the edits and deletions among them. */
  readonly entries: Readonly<ShallowRef<readonly EntryRow[]>>;
  readonly state: DeepReadonly<Ref<GalleryState>>;
  /** True when there is nothing older. */
  readonly ended: DeepReadonly<Ref<boolean>>;
  /** Reads the first or the next page, also again after it failed; never rejects. */
  readonly more: () => Promise<void>;
}

/** The pages of one gallery of a conversation. Nothing is read before `more`. */
export function useGallery(conversationId: string, gallery: Gallery): GalleryPages {
  const entries = shallowRef<readonly EntryRow[]>([]);
  const state = ref<GalleryState>('ready');
  const ended = ref(false);
  let last: Cursor | undefined;

  async function more(): Promise<void> {
    if (state.value === 'loading' || ended.value) return;
    state.value = 'loading';
    try {
      const store = await openStore();
      const { rows, fromCache } = await store.readRows(galleryQuery(conversationId, gallery, last));
      // What the cache has may not be all there is.
      if (fromCache) return void (state.value = 'offline');
      const oldest = rows.at(-1);
      if (oldest) last = { value: Number(oldest.data['at'] ?? 0), id: oldest.id };
      entries.value = [...entries.value, ...rows.map(entryOf).filter((entry) => entry !== null)];
      ended.value = rows.length < GALLERY_PAGE;
      state.value = 'ready';
    } catch (error) {
      const code = error instanceof StoreFailure ? error.code : 'failed';
      state.value = code === 'denied' ? 'denied' : code === 'unreachable' ? 'offline' : 'failed';
    }
  }

  return { entries, state: readonly(state), ended: readonly(ended), more };
}
