import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { bytesAt, keepPeaks, keptPeaks, nativePeaks } from './sound.ts';

/** What is known of a sound: what the element plays, and its waveform. */
export interface Sound {
  /** The address that this browser can play; `undefined` until there is one. */
  readonly src: Readonly<Ref<string | undefined>>;
  /** `null` until it is known, and where it can't be. */
  readonly peaks: Readonly<ShallowRef<readonly number[] | null>>;
}

/** What a player is given. */
export interface SoundSource {
  /** Without it no waveform is drawn. */
  readonly mediaId?: string | undefined;
  readonly mimeType: string;
  /** Bytes, where they are known. */
  readonly size?: number | undefined;
  readonly url: string | undefined;
}

/**
 * The sound at an address: played as it is where the browser can, else decoded here first. Its waveform
 * is worked out once on a device, when the sound is first on the screen: the server need not decode it,
 * and a voice note of a minute has 150 kB. `trouble` is told where the bytes can't be had now (`failed`), and
 * where nothing helps (`unplayable`).
 */
export function useSound(
  source: () => SoundSource,
  trouble: (what: 'failed' | 'unplayable') => void,
): Sound {
  const src = ref<string>();
  const peaks = shallowRef<readonly number[] | null>(null);
  let made: string | null = null;
  let gone = false;

  async function draw({ mediaId, url, size }: SoundSource): Promise<void> {
    if (mediaId === undefined) return;
    peaks.value ??= await keptPeaks(mediaId);
    if (peaks.value !== null || gone || url === undefined) return;
    const bytes = await bytesAt(url, size);
    peaks.value = bytes && (await nativePeaks(bytes));
    if (peaks.value !== null) await keepPeaks(mediaId, peaks.value);
  }

  async function decode({ url, mimeType, size }: SoundSource): Promise<void> {
    if (url === undefined || made !== null) return;
    if (!/^audio\/ogg\b/.test(mimeType)) return trouble('unplayable');
    const { decodeVoice } = await import('./decoded.ts');
    const bytes = await bytesAt(url, size);
    const decoded = bytes && (await decodeVoice(bytes));
    if (gone) return;
    if (bytes === null) return trouble('failed');
    if (decoded === null) return trouble('unplayable');
    peaks.value = decoded.peaks;
    src.value = made = URL.createObjectURL(new Blob([decoded.wav], { type: 'audio/wav' }));
  }

  // Asked before anybody presses play: a browser without the codec knows that it has none.
  const plays = document.createElement('audio').canPlayType(source().mimeType) !== '';
  if (plays) src.value = source().url;
  onMounted(() =>
    watch(
      () => source().url,
      (url) => {
        if (plays) src.value = url;
        void (plays ? draw(source()) : decode(source()));
      },
      { immediate: true, flush: 'sync' },
    ),
  );
  onBeforeUnmount(() => {
    gone = true;
    if (made !== null) URL.revokeObjectURL(made);
  });
  return { src, peaks };
}
