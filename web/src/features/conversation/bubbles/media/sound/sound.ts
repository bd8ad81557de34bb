import * as v from 'valibot';
import { listLocal, readLocal, removeLocal, writeLocal } from '../../../../../data/local.ts';
import { peaksOf } from './peaks.ts';

/** Above so many bytes a sound is no voice note: its waveform is not worth the download. */
const MOST = 2 * 1024 * 1024;
/** Samples a second that are enough to see how loud it is. */
const COARSE = 8_000;

const KEPT = 'peaks:';
/** Waveforms kept on this device; beyond it all are made anew. */
const MOST_KEPT = 1_000;
const keptSchema = v.array(v.number());

/** The bytes at an address of media; `null` where they are too many or can't be had. */
export async function bytesAt(url: string, size: number | undefined): Promise<ArrayBuffer | null> {
  if ((size ?? 0) > MOST) return null;
  try {
    const response = await fetch(url);
    return response.ok ? await response.arrayBuffer() : null;
  } catch {
    return null;
  }
}

/** The waveform of media that this device has drawn before; `null` for none. */
export async function keptPeaks(mediaId: string): Promise<readonly number[] | null> {
  const kept = v.safeParse(keptSchema, await readLocal(KEPT + mediaId));
  return kept.success ? kept.output : null;
}

/** Remembers a waveform on this device, until the sign-out. */
export async function keepPeaks(mediaId: string, peaks: readonly number[]): Promise<void> {
  const all = await listLocal(KEPT);
  if (all.length >= MOST_KEPT) await Promise.all(all.map(([key]) => removeLocal(key)));
  await writeLocal(KEPT + mediaId, peaks);
}

let last: Promise<unknown> = Promise.resolve();

/**
 * The waveform of a sound that the browser decodes itself, one after the other. `null` where it can't.
 */
export function nativePeaks(bytes: ArrayBuffer): Promise<readonly number[] | null> {
  const turn = last.then(async () => {
    const context = new OfflineAudioContext(1, 1, COARSE);
    return peaksOf((await context.decodeAudioData(bytes)).getChannelData(0));
  });
  last = turn.catch(() => undefined);
  return turn.catch(() => null);
}
