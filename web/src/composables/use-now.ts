import { onScopeDispose, readonly, ref, type DeepReadonly, type Ref } from 'vue';
import { shared } from '../data/shared.ts';

/** Rings and chips count in minutes; a closing window is seen within this, ms. */
const TICK = 10_000;

/** The present, epoch ms, as a screen needs it: it moves on every ten seconds and when the tab is seen again. */
export const useNow = shared((): DeepReadonly<Ref<number>> => {
  const now = ref(Date.now());
  const tick = (): void => {
    now.value = Date.now();
  };
  const timer = setInterval(tick, TICK);
  document.addEventListener('visibilitychange', tick);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  });
  return readonly(now);
});
