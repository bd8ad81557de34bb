import { onScopeDispose, readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** From this width, px, list and thread stand side by side. */
export const DESKTOP = 820;

/** Whether the window is at least so wide, in px. */
export function useWidth(least: number): DeepReadonly<Ref<boolean>> {
  const query = matchMedia(`(min-width: ${least}px)`);
  const wide = ref(query.matches);
  const change = (): void => {
    wide.value = query.matches;
  };
  query.addEventListener('change', change);
  onScopeDispose(() => query.removeEventListener('change', change));
  return readonly(wide);
}
