import { onScopeDispose, ref, shallowRef, watch, type ShallowRef } from 'vue';
import { heldItems, type Item } from './items.ts';

/** Long enough for the click that follows a raised finger to land where it was aimed, ms. */
const LANDING = 300;

/** Items that never move under a finger: `press` and `lift` are a list's pointer events. */
export function useSteady(fresh: () => readonly Item[]): {
  readonly items: Readonly<ShallowRef<readonly Item[]>>;
  readonly press: () => void;
  readonly lift: () => void;
} {
  const items = shallowRef<readonly Item[]>(fresh());
  const down = ref(false);
  let landing: ReturnType<typeof setTimeout> | undefined;
  watch([fresh, down], ([now, held]) => {
    items.value = held ? heldItems(items.value, now) : now;
  });
  const lift = (): void => {
    clearTimeout(landing);
    landing = setTimeout(() => (down.value = false), LANDING);
  };
  onScopeDispose(() => clearTimeout(landing));
  return {
    items,
    press: () => {
      clearTimeout(landing);
      down.value = true;
    },
    lift,
  };
}
