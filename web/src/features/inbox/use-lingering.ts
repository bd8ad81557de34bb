import { isAgent } from '@switchboard/domain';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { lookAgain } from '../../data/conversations.ts';
import { withLeft, type Item, type Left } from './items.ts';

/** How long a row that a colleague took stays with their name on it, ms. */
const STAYS = 4_000;
/** More that leave at once are no colleague's Take: another person's lists, a page that closed. */
const AT_ONCE = 5;

/**
 * The items of the Queue, and for a moment those that a colleague took away under the reader's eyes,
 * with the name of who has them now. Only what is in sight is asked for: one read for each row.
 */
export function useLingering(
  fresh: () => readonly Item[],
  { inSight, me }: { inSight: () => readonly Item[]; me: () => string | undefined },
): () => readonly Item[] {
  const left = shallowRef<ReadonlyMap<string, Left>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  onScopeDispose(() => {
    left.value = new Map();
    timers.forEach(clearTimeout);
  });

  const keep = (id: string, row: Left): void => {
    left.value = new Map([...left.value, [id, row]]);
  };
  const drop = (id: string): void => {
    clearTimeout(timers.get(id));
    left.value = new Map([...left.value].filter(([other]) => other !== id));
  };
  async function stay(id: string, before: Left): Promise<void> {
    keep(id, before);
    const row = await lookAgain(id).catch(() => null);
    // It came back meanwhile, and may have left again: this answer is no longer asked for.
    if (left.value.get(id) !== before) return;
    if (!row?.assignee || isAgent(row.assignee, me())) return drop(id);
    keep(id, { ...before, row });
    timers.set(
      id,
      setTimeout(() => drop(id), STAYS),
    );
  }

  watch(
    fresh,
    (now, before) => {
      if (document.visibilityState !== 'visible' || now.length === 0) return;
      const there = new Set(now.map(({ id }) => id));
      for (const id of left.value.keys()) if (there.has(id)) drop(id);
      const shown = inSight().filter((item) => item.kind === 'row');
      const gone = shown.filter(({ id }) => !there.has(id) && !left.value.has(id));
      if (gone.length > AT_ONCE) return;
      for (const { id, row } of gone)
        void stay(id, { row, after: before[before.findIndex((item) => item.id === id) - 1]?.id });
    },
    { flush: 'sync' },
  );
  return () => withLeft(fresh(), left.value);
}
