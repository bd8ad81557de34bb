import { decodeOpus, RATE } from './opus.ts';
import { peaksOf } from './peaks.ts';
import { wavOf } from './wav.ts';

/*
 * Decodes one voice note and is gone. A worker has a Content-Security-Policy of its own: this one alone
 * may compile WebAssembly, and may ask for nothing (firebase.json, `/assets/opus-worker-*`).
 */
self.onmessage = async ({ data }: MessageEvent<ArrayBuffer>) => {
  try {
    const samples = await decodeOpus(data);
    const wav = wavOf(samples, RATE);
    self.postMessage({ wav, peaks: peaksOf(samples) }, { transfer: [wav] });
  } catch {
    self.postMessage(null);
  }
};
