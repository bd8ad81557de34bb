import { onScopeDispose, readonly, ref, watch, type DeepReadonly, type Ref } from 'vue';
import { clockBehind, serverNow } from '../data/clock.ts';
import { shared } from '../data/shared.ts';

/** Rings and chips count in minutes; a closing window is seen within this, ms. */
const TICK = 10_000;

/**
 * The present by the server's clock, epoch ms, as a screen needs it: it moves on every ten seconds and
 * when the tab is seen again.
 */
export const useNow = shared((): DeepReadonly<Ref<number>> => {
  const now = ref(serverNow());
  const tick = (): void => {
    now.value = serverNow();
  };
  const timer = setInterval(tick, TICK);
  watch(clockBehind, tick);
  document.addEventListener('visibilitychange', tick);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  });
  return readonly(now);
});
