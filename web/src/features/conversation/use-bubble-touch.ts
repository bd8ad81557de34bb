import { onBeforeUnmount, ref, type Ref } from 'vue';

/** A finger that rests this long asks for the menu, ms. */
const HOLD_MS = 450;
/** It rests while it moves no further than this, px. */
const STILL = 10;
/** A swipe this long quotes, px; the bubble follows no further than a little more. */
const QUOTE_AT = 48;
const FOLLOW = 64;

/** What keeps a finger to itself. A photo fills its bubble, so it leaves all but a tap to it. */
const CONTROLS = 'a, button:not([data-taps])';

interface Touch {
  /** How far the bubble is drawn to the side, px; negative is left. */
  readonly shift: Readonly<Ref<number>>;
  readonly down: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly up: () => void;
  readonly cancel: () => void;
}

/** Long press and swipe on a bubble. Both are shortcuts: the bubble's menu has the same. */
export function useBubbleTouch(acts: { hold: () => void; quote: (() => void) | null }): Touch {
  const shift = ref(0);
  let start: { readonly x: number; readonly y: number; readonly sign: 1 | -1 } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const cancel = (): void => {
    clearTimeout(timer);
    start = null;
    shift.value = 0;
  };
  onBeforeUnmount(cancel);

  return {
    shift,
    cancel,
    down(event) {
      if (event.pointerType !== 'touch' || (event.target as Element).closest(CONTROLS)) return;
      const rtl = getComputedStyle(event.target as Element).direction === 'rtl';
      start = { x: event.clientX, y: event.clientY, sign: rtl ? -1 : 1 };
      timer = setTimeout(() => {
        cancel();
        acts.hold();
      }, HOLD_MS);
    },
    move(event) {
      if (start === null) return;
      const x = (event.clientX - start.x) * start.sign;
      const y = Math.abs(event.clientY - start.y);
      if (Math.abs(x) > STILL || y > STILL) clearTimeout(timer);
      shift.value = acts.quote && x > STILL && x > y ? Math.min(x, FOLLOW) * start.sign : 0;
    },
    up() {
      const quoted = Math.abs(shift.value) >= QUOTE_AT;
      cancel();
      if (quoted) acts.quote?.();
    },
  };
}
