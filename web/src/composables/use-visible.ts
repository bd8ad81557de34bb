import { onScopeDispose, readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** Whether the tab can be seen: false behind another one, and on a locked phone. */
export function useVisible(): DeepReadonly<Ref<boolean>> {
  const seen = (): boolean => document.visibilityState === 'visible';
  const visible = ref(seen());
  const look = (): void => {
    visible.value = seen();
  };
  document.addEventListener('visibilitychange', look);
  onScopeDispose(() => document.removeEventListener('visibilitychange', look));
  return readonly(visible);
}
