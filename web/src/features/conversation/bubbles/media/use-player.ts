import { computed, onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue';
import { leaveTurn, takeTurn } from './turn.ts';

/** How fast sound may be played. */
export const SPEEDS = [1, 1.5, 2] as const;
/** One of the {@link SPEEDS}. */
export type Speed = (typeof SPEEDS)[number];

/** One speed for all sounds of this tab: whoever listens fast goes on listening fast. */
const speed = ref<Speed>(1);

/** A player around an `<audio>`: what it shows, and what its controls and the element's events call. */
export interface Player {
  readonly playing: Readonly<Ref<boolean>>;
  /** Seconds from the beginning. */
  readonly at: Readonly<Ref<number>>;
  /** Seconds as a whole; 0 where it is not known. */
  readonly length: ComputedRef<number>;
  readonly speed: Readonly<Ref<Speed>>;
  readonly toggle: () => void;
  /** Goes to a second, as near as there is one. */
  readonly seek: (seconds: number) => void;
  readonly faster: () => void;
  /** Reads the element anew; for its events. */
  readonly follow: () => void;
}

/** What an `<audio>` says of itself, as of its last event. */
function useReading(audio: Readonly<Ref<HTMLAudioElement | null>>) {
  const playing = ref(false);
  const at = ref(0);
  const known = ref(0);
  return {
    playing,
    at,
    length: computed(() => (Number.isFinite(known.value) ? known.value : 0)),
    follow(): void {
      const element = audio.value;
      if (!element) return;
      playing.value = !element.paused;
      at.value = element.currentTime;
      known.value = element.duration;
      if (playing.value) takeTurn(element);
    },
  };
}

/** The player of an `<audio>` whose address is `src`; a new address goes on where the old one was. */
export function usePlayer(
  audio: Readonly<Ref<HTMLAudioElement | null>>,
  src: () => string | undefined,
): Player {
  const { playing, at, length, follow } = useReading(audio);
  /** Play was pressed, and nothing came of it yet. */
  let wanted = false;

  async function play(): Promise<void> {
    const element = audio.value;
    if (!element) return;
    element.playbackRate = speed.value;
    await element.play().then(
      () => (wanted = false),
      // What can't be played says so by the element's `error`.
      () => undefined,
    );
    follow();
  }
  function seek(seconds: number): void {
    const element = audio.value;
    if (!element) return;
    element.currentTime = Math.min(Math.max(0, seconds), length.value);
    at.value = element.currentTime;
  }

  watch(speed, (now) => {
    if (audio.value) audio.value.playbackRate = now;
  });
  let reached = 0;
  watch(src, () => (reached = at.value), { flush: 'pre' });
  watch(
    src,
    (_, before) => {
      if (!audio.value || before === undefined) return;
      audio.value.currentTime = reached;
      if (wanted || playing.value) void play();
    },
    { flush: 'post' },
  );
  onBeforeUnmount(() => leaveTurn(audio.value));

  return {
    playing,
    at,
    length,
    speed,
    seek,
    follow,
    toggle() {
      wanted = !playing.value;
      if (wanted) void play();
      else audio.value?.pause();
    },
    faster() {
      speed.value = SPEEDS[(SPEEDS.indexOf(speed.value) + 1) % SPEEDS.length] ?? 1;
    },
  };
}
