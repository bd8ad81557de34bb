import { ref, watch, type Ref } from 'vue';
import { useElement, type Reading } from './use-element.ts';

/** How fast sound may be played. */
const SPEEDS = [1, 1.5, 2] as const;

/** One speed for all sounds of this tab: whoever listens fast goes on listening fast. */
const speed = ref<(typeof SPEEDS)[number]>(1);

/** A player around an `<audio>`: what it shows, and what its controls call. */
export interface Player extends Reading {
  readonly speed: Readonly<Ref<number>>;
  readonly toggle: () => void;
  /** Goes to a second, as near as there is one. */
  readonly seek: (seconds: number) => void;
  readonly faster: () => void;
}

/** The player of an `<audio>` whose address is `src`. */
export function usePlayer(
  audio: Readonly<Ref<HTMLAudioElement | null>>,
  src: () => string | undefined,
): Player {
  const reading = useElement(audio, src);
  const { playing, at, length, follow } = reading;

  watch(speed, (now) => {
    if (audio.value) audio.value.playbackRate = now;
  });

  return {
    ...reading,
    speed,
    toggle() {
      const element = audio.value;
      if (!element) return;
      if (playing.value) return element.pause();
      element.playbackRate = speed.value;
      // What can't be played says so by the element's `error`.
      void element.play().catch(follow);
    },
    seek(seconds) {
      if (!audio.value) return;
      audio.value.currentTime = Math.min(Math.max(0, seconds), length.value);
      at.value = audio.value.currentTime;
    },
    faster() {
      speed.value = SPEEDS[(SPEEDS.indexOf(speed.value) + 1) % SPEEDS.length] ?? 1;
    },
  };
}
