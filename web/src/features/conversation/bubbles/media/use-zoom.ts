import { computed, ref, type ComputedRef, type Ref } from 'vue';

/** As far as a photo is drawn larger; WhatsApp's photos have no more in them. */
export const FURTHEST = 5;
/** What a press on a button or a key changes, and where a double tap goes. */
const STEP = 1.5;
const DOUBLE = 2.5;
/** Two taps within this are one, ms, when they are no further apart, px. */
const TAPS_MS = 300;
const TAPS_PX = 30;
/** A swipe this long turns to the next photo, px. */
const SWIPE = 60;

interface Point {
  readonly x: number;
  readonly y: number;
}
const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** What the listeners of a frame call. */
interface Gestures {
  readonly wheel: (event: WheelEvent) => void;
  readonly down: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
  readonly cancel: (event: PointerEvent) => void;
}

/** A photo's place in its frame: how large it is drawn, and what the gestures on the frame do. */
export interface Zoom {
  readonly scale: Readonly<Ref<number>>;
  readonly transform: ComputedRef<string>;
  readonly larger: () => void;
  readonly smaller: () => void;
  readonly reset: () => void;
  readonly gestures: Gestures;
}

/** Where a photo stands: moved by `x` and `y`, px, from the middle of its frame. */
function usePlace(frame: Readonly<Ref<HTMLElement | null>>) {
  const scale = ref(1);
  const x = ref(0);
  const y = ref(0);
  const size = (): Point => ({
    x: frame.value?.clientWidth ?? 0,
    y: frame.value?.clientHeight ?? 0,
  });
  /** No further than to its own edge. */
  function moveTo(to: Point): void {
    const room = { x: ((scale.value - 1) * size().x) / 2, y: ((scale.value - 1) * size().y) / 2 };
    x.value = Math.min(room.x, Math.max(-room.x, to.x));
    y.value = Math.min(room.y, Math.max(-room.y, to.y));
  }
  /** What is drawn at `point` of the screen stays there. */
  function zoomTo(next: number, point?: Point): void {
    const wanted = Math.min(FURTHEST, Math.max(1, next));
    const box = frame.value?.getBoundingClientRect();
    const at =
      point && box
        ? { x: point.x - box.left - box.width / 2, y: point.y - box.top - box.height / 2 }
        : { x: 0, y: 0 };
    const grown = wanted / scale.value;
    scale.value = wanted;
    moveTo({ x: at.x - (at.x - x.value) * grown, y: at.y - (at.y - y.value) * grown });
  }
  return { scale, x, y, moveTo, zoomTo };
}

type Place = ReturnType<typeof usePlace>;
type Turn = (by: 1 | -1) => void;

const pointOf = (event: MouseEvent): Point => ({ x: event.clientX, y: event.clientY });

/** What a finger that went up meant: the second tap at one place, or a swipe. */
function useReleases({ scale, zoomTo }: Place, turn: Turn) {
  let tap: (Point & { readonly at: number }) | null = null;

  function tapped(at: Point, time: number): void {
    const second = tap !== null && time - tap.at < TAPS_MS && apart(tap, at) < TAPS_PX;
    tap = second ? null : { ...at, at: time };
    if (second) zoomTo(scale.value > 1 ? 1 : DOUBLE, at);
  }
  return (from: Point, to: Point, time: number): void => {
    const across = to.x - from.x;
    if (apart(from, to) < TAPS_PX) tapped(to, time);
    else if (scale.value > 1 || Math.abs(across) < SWIPE) return;
    else if (Math.abs(across) > Math.abs(to.y - from.y)) turn(across < 0 ? 1 : -1);
  };
}

/** Two fingers make it larger, one moves what is large, and turns what is not. */
function useGestures(place: Place, turn: Turn): Gestures {
  const { scale, x, y, moveTo, zoomTo } = place;
  const released = useReleases(place, turn);
  const fingers = new Map<number, Point>();
  let start: Point | null = null;

  function pinch(id: number, before: Point, now: Point): void {
    const other = [...fingers].find(([finger]) => finger !== id)?.[1];
    const from = other ? apart(before, other) : 0;
    if (other && from > 0) zoomTo(scale.value * (apart(now, other) / from), middle(now, other));
  }
  function cancel(event: PointerEvent): void {
    fingers.delete(event.pointerId);
    start = null;
  }
  return {
    cancel,
    wheel(event) {
      event.preventDefault();
      zoomTo(scale.value * Math.exp(-event.deltaY / 300), pointOf(event));
    },
    down(event) {
      fingers.set(event.pointerId, pointOf(event));
      // A pinch is no tap and no swipe, also when its first finger goes up.
      start = fingers.size === 1 ? pointOf(event) : null;
    },
    move(event) {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = pointOf(event);
      if (fingers.size === 2) pinch(event.pointerId, before, now);
      else if (scale.value > 1)
        moveTo({ x: x.value + now.x - before.x, y: y.value + now.y - before.y });
      fingers.set(event.pointerId, now);
    },
    up(event) {
      const from = start;
      cancel(event);
      if (from) released(from, pointOf(event), event.timeStamp);
    },
  };
}

/** Zoom by wheel, pinch, double tap and buttons. */
export function useZoom(frame: Readonly<Ref<HTMLElement | null>>, turn: Turn): Zoom {
  const place = usePlace(frame);
  const { scale, x, y, zoomTo } = place;
  return {
    scale,
    transform: computed(() => `translate(${x.value}px, ${y.value}px) scale(${scale.value})`),
    larger: () => zoomTo(scale.value * STEP),
    smaller: () => zoomTo(scale.value / STEP),
    reset: () => zoomTo(1),
    gestures: useGestures(place, turn),
  };
}
