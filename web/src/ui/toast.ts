import { computed, onScopeDispose, readonly, ref, shallowRef, type ComputedRef } from 'vue';

/** Long enough to read and to reach the button. */
const SHOWN_MS = 6_000;

/** A notice at the foot of the screen. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
  /** Stays until it is closed or acted upon. */
  readonly stays: boolean;
}

const toasts = ref<readonly Toast[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let count = 0;

function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

function wait(id: number): void {
  timers.set(
    id,
    setTimeout(() => dismiss(id), SHOWN_MS),
  );
}

function show(
  text: string,
  options: { action?: { label: string; run: () => void }; stays?: boolean } = {},
): number {
  const standing = toasts.value.find((toast) => toast.stays && toast.text === text);
  if (standing) return standing.id;
  count += 1;
  const toast = { id: count, text, action: options.action ?? null, stays: options.stays ?? false };
  // One passing notice at a time: the newest is what just happened.
  for (const old of toasts.value) if (!old.stays) dismiss(old.id);
  toasts.value = [...toasts.value, toast];
  if (!toast.stays) wait(toast.id);
  return toast.id;
}

/** Where notices may stand, in the order in which the places came. */
const places = shallowRef<readonly { readonly rank: number }[]>([]);

/**
 * Registers a place for notices while the calling component is there; true where it is the place:
 * the one of the highest rank, of equals the latest.
 */
export function useToastPlace(rank: number): ComputedRef<boolean> {
  const own = { rank };
  places.value = [...places.value, own];
  onScopeDispose(() => (places.value = places.value.filter((place) => place !== own)));
  return computed(() => places.value.toSorted((a, b) => a.rank - b.rank).at(-1) === own);
}

/**
 * Notices that pass after 6 s, with at most one action (Undo wherever the act can be undone).
 * `hold` and `resume` stop the clock while a pointer or the focus is on one.
 */
export function useToast() {
  return {
    toasts: readonly(toasts),
    show,
    dismiss,
    hold: (id: number) => clearTimeout(timers.get(id)),
    resume: (id: number) => {
      if (timers.has(id)) wait(id);
    },
  };
}
