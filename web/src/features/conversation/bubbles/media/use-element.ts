import { computed, onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue';
import { leaveTurn, takeTurn } from './turn.ts';

/** What an `<audio>` or `<video>` says of itself, as of its last event. */
export interface Reading {
  readonly playing: Ref<boolean>;
  /** Seconds from the beginning. */
  readonly at: Ref<number>;
  /** Seconds as a whole; 0 where it is not known. */
  readonly length: ComputedRef<number>;
  /** Reads the element anew; for its events. */
  readonly follow: () => void;
}

/**
 * Follows an element that plays what lies at `src`. One plays at a time, none after its component, and
 * under a new address it goes on where it was.
 */
export function useElement(
  element: Readonly<Ref<HTMLMediaElement | null>>,
  src: () => string | undefined,
): Reading {
  const playing = ref(false);
  const at = ref(0);
  const known = ref(0);

  function follow(): void {
    const media = element.value;
    if (!media) return;
    playing.value = !media.paused;
    at.value = media.currentTime;
    known.value = media.duration;
    if (playing.value) takeTurn(media);
  }

  let before = { at: 0, playing: false };
  watch(src, () => (before = { at: at.value, playing: playing.value }), { flush: 'pre' });
  watch(
    src,
    (_, old) => {
      if (!element.value || old === undefined) return;
      element.value.currentTime = before.at;
      if (before.playing) void element.value.play().catch(follow);
    },
    { flush: 'post' },
  );
  onBeforeUnmount(() => leaveTurn(element.value));

  return {
    playing,
    at,
    length: computed(() => (Number.isFinite(known.value) ? known.value : 0)),
    follow,
  };
}
