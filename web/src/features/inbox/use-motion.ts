import { nextTick, watch, type ShallowRef } from 'vue';

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const MOVE: KeyframeAnimationOptions = { duration: 260, easing: 'cubic-bezier(.16,1,.3,1)' };

function tops(list: HTMLElement): ReadonlyMap<string, number> {
  const rows = list.querySelectorAll<HTMLElement>('[data-row]');
  return new Map(
    [...rows].map((row) => [row.dataset['row'] ?? '', row.getBoundingClientRect().top]),
  );
}

/** Rows that change places move there, once. `order` is what stands where, empty while nothing does. */
export function useMotion(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  order: () => string,
): void {
  watch(order, async (_, was) => {
    const element = list.value;
    if (element === null || was === '' || still()) return;
    const before = tops(element);
    await nextTick();
    for (const row of element.querySelectorAll<HTMLElement>('[data-row]')) {
      const from = before.get(row.dataset['row'] ?? '');
      const distance = from === undefined ? 0 : from - row.getBoundingClientRect().top;
      const seen = Math.abs(distance) > 1 && Math.abs(distance) < element.clientHeight;
      if (seen)
        row.animate([{ transform: `translateY(${distance}px)` }, { transform: 'none' }], MOVE);
    }
  });
}
