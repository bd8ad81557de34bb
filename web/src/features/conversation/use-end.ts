import {
  nextTick,
  onBeforeUnmount,
  onMounted,
  readonly,
  ref,
  watch,
  type DeepReadonly,
  type Ref,
} from 'vue';
import type { VirtualizerHandle } from 'virtua/vue';
import { growthOf } from './model/growth.ts';
import type { Row } from './model/rows.ts';

/** So close to the end counts as being there, px. */
const NEAR_END = 60;
/** Scrolls of ours, and of sizes that settle, are over by then, ms. */
const SETTLED_AFTER = 200;

/** Where a thread stands: at its newest message, or further up. */
export interface End {
  readonly atEnd: DeepReadonly<Ref<boolean>>;
  /** Something came in while the person was reading further up. */
  readonly unseen: DeepReadonly<Ref<boolean>>;
  /** Rows were added in front and nowhere else. */
  readonly prepended: DeepReadonly<Ref<boolean>>;
  readonly toEnd: () => void;
  /** The thread goes to a place further up, and stays there. */
  readonly leave: () => void;
  readonly onScroll: () => void;
  /** A wheel, finger or key: what scrolls from now on is a person's doing. */
  readonly onTouch: () => void;
  /** A row, the frame or a keyboard changed the height of something. */
  readonly onSizes: () => void;
}

/** Keeps a thread at its newest message while a person is there, and still while they read further up. */
export function useEnd(
  scroller: Readonly<Ref<HTMLElement | null>>,
  list: Readonly<Ref<VirtualizerHandle | null>>,
  rows: Readonly<Ref<readonly Row[]>>,
): End {
  const atEnd = ref(true);
  const unseen = ref(false);
  const prepended = ref(false);
  let settledAt = 0;
  let touched = false;

  function toEnd(): void {
    atEnd.value = true;
    touched = false;
    settledAt = performance.now() + SETTLED_AFTER;
    unseen.value = false;
    if (rows.value.length === 0) return;
    list.value?.scrollToIndex(rows.value.length - 1, { align: 'end' });
    // The list learns a new height of its frame only later in this frame.
    requestAnimationFrame(() => {
      if (atEnd.value && scroller.value) scroller.value.scrollTop = scroller.value.scrollHeight;
    });
  }

  /** Distance to the end, px. */
  const below = (): number => {
    const box = scroller.value;
    return box ? box.scrollHeight - box.scrollTop - box.clientHeight : 0;
  };

  watch(rows, (now, before) => {
    const growth = growthOf(before, now);
    prepended.value = growth === 'front';
    if (growth === 'front' || growth === 'none') return;
    if (atEnd.value || growth === 'own') void nextTick(toEnd);
    else if (growth === 'heard') unseen.value = true;
  });

  onMounted(() => void nextTick(toEnd));
  watch(
    () => rows.value.length > 0,
    (some) => some && void nextTick(toEnd),
    { flush: 'post' },
  );

  return {
    atEnd: readonly(atEnd),
    unseen: readonly(unseen),
    prepended: readonly(prepended),
    toEnd,
    leave() {
      atEnd.value = false;
      touched = true;
    },
    onScroll() {
      const end = below() <= NEAR_END;
      if (end) unseen.value = false;
      if (end || touched || performance.now() > settledAt) atEnd.value = end;
    },
    onTouch() {
      touched = true;
    },
    onSizes() {
      if (atEnd.value && below() > 0) toEnd();
    },
  };
}

/** Calls back whenever the element has another size. */
export function onResize(element: Readonly<Ref<HTMLElement | null>>, changed: () => void): void {
  const observer = new ResizeObserver(changed);
  onMounted(() => element.value && observer.observe(element.value));
  onBeforeUnmount(() => observer.disconnect());
}
