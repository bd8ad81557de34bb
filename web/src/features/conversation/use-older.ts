import { readonly, ref, type DeepReadonly, type Ref } from 'vue';
import type { Timeline } from '../../data/thread.ts';

/** The pages of a thread that are older than what is shown. */
export interface Older {
  readonly loading: DeepReadonly<Ref<boolean>>;
  /** The last page could not be read; nothing is asked for until {@link Older.again}. */
  readonly stuck: DeepReadonly<Ref<boolean>>;
  /** Reads a page; answers whether anything came. One at a time: beside another it answers `false`. */
  readonly load: () => Promise<boolean>;
  readonly again: () => void;
}

/** Reads older pages of a thread, one after the other. */
export function useOlder({ entries, ended, older }: Timeline): Older {
  const loading = ref(false);
  const stuck = ref(false);

  async function load(): Promise<boolean> {
    if (loading.value || stuck.value || ended.value || entries.value.length === 0) return false;
    const known = entries.value.length;
    loading.value = true;
    try {
      await older();
      return entries.value.length > known;
    } catch {
      stuck.value = true;
      return false;
    } finally {
      loading.value = false;
    }
  }

  return {
    loading: readonly(loading),
    stuck: readonly(stuck),
    load,
    again() {
      stuck.value = false;
      void load();
    },
  };
}
