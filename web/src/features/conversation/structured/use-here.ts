import { onBeforeUnmount, readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** Longest wait for the device's place, ms; one that was found less than a minute ago will do. */
const PATIENCE = 15_000;
const FRESH = 60_000;

/** Where the asking is; the last four are why there is none. */
export type HereState = 'idle' | 'asking' | 'denied' | 'unavailable' | 'timeout' | 'unsupported';

/** The place of this device. */
export interface Here {
  readonly state: DeepReadonly<Ref<HereState>>;
  /** Asks the browser, which asks the person. */
  readonly ask: () => void;
}

/** By the codes of a `GeolocationPositionError` (Geolocation, section 10). */
const FAILURES: Readonly<Record<number, HereState>> = {
  1: 'denied',
  2: 'unavailable',
  3: 'timeout',
};

/** Finds where this device is, once for each press; `onFound` hears of it while the component is there. */
export function useHere(onFound: (coords: GeolocationCoordinates) => void): Here {
  const state = ref<HereState>('idle');
  let gone = false;
  onBeforeUnmount(() => (gone = true));

  function ask(): void {
    if (state.value === 'asking') return;
    // Not on every device, and nowhere without a secure connection.
    if (!('geolocation' in navigator)) return void (state.value = 'unsupported');
    state.value = 'asking';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        state.value = 'idle';
        if (!gone) onFound(coords);
      },
      ({ code }) => (state.value = FAILURES[code] ?? 'unavailable'),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: FRESH },
    );
  }
  return { state: readonly(state), ask };
}
