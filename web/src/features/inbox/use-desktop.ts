import { onScopeDispose, readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** True from the width at which list and thread stand side by side. */
export function useDesktop(): DeepReadonly<Ref<boolean>> {
  const query = matchMedia('(min-width: 820px)');
  const desktop = ref(query.matches);
  const change = (): void => {
    desktop.value = query.matches;
  };
  query.addEventListener('change', change);
  onScopeDispose(() => query.removeEventListener('change', change));
  return readonly(desktop);
}
