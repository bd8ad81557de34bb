import {
  computed,
  nextTick,
  onBeforeUnmount,
  readonly,
  ref,
  type DeepReadonly,
  type Ref,
} from 'vue';
import type { EntryRow } from '../../data/thread.ts';
import { idsByWamid } from './model/reactions.ts';
import type { MessageEntry } from './model/rows.ts';

/** How far back a quoted message is looked for, pages. */
const SEARCH_PAGES = 40;
/** How long the one that was found stands out, ms. */
const FOUND_FOR = 2_000;

/** The messages that replies quote. */
export interface Originals {
  /** What a message quotes; `null` where it quotes nothing, or what is not read yet. */
  readonly original: (entry: MessageEntry) => MessageEntry | null;
  /** The id of the one just gone to, for a moment. */
  readonly found: DeepReadonly<Ref<string | null>>;
  /** The id of what a message quotes, where it is known. */
  readonly idOf: (entry: MessageEntry) => string | undefined;
  /** Goes to an entry, reading older pages until it is there. */
  readonly goTo: (id: string | undefined) => Promise<void>;
}

/**
 * Finds what messages quote. `older` reads a page further back, `show` brings an entry into sight and
 * answers whether it is among the rows.
 */
export function useOriginals(
  entries: Readonly<Ref<readonly EntryRow[]>>,
  { older, show }: { older: () => Promise<boolean>; show: (id: string) => boolean },
): Originals {
  const byId = computed(() => new Map(entries.value.map((entry) => [entry.id, entry])));
  const byWamid = computed(() => idsByWamid(entries.value));
  const idOf = ({ context }: MessageEntry): string | undefined =>
    context?.entryId ??
    (context?.wamid === undefined ? undefined : byWamid.value.get(context.wamid));

  const found = ref<string | null>(null);
  let forget: ReturnType<typeof setTimeout> | undefined;
  onBeforeUnmount(() => clearTimeout(forget));

  return {
    original(entry) {
      const quoted = byId.value.get(idOf(entry) ?? '');
      return quoted?.kind === 'inbound' || quoted?.kind === 'outbound' ? quoted : null;
    },
    found: readonly(found),
    idOf,
    async goTo(id) {
      if (id === undefined) return;
      for (let page = 0; page < SEARCH_PAGES && !byId.value.has(id); page += 1) {
        if (!(await older())) break;
        await nextTick();
      }
      if (!show(id)) return;
      found.value = id;
      clearTimeout(forget);
      forget = setTimeout(() => (found.value = null), FOUND_FOR);
    },
  };
}
