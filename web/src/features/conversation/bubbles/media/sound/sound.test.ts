import { describe, expect, it } from 'vitest';
import drum from '../../../../../../../scripts/demo/files/loud-drum.ogg?inline';
import { decodeOpus, RATE } from './opus.ts';
import { BARS, peaksOf } from './peaks.ts';
import { wavOf } from './wav.ts';

const aVoiceNote = (): ArrayBuffer =>
  Uint8Array.from(atob(drum.split(',')[1] ?? ''), (letter) => letter.charCodeAt(0)).buffer;

describe('the peaks of a sound', () => {
  it('are as many as there are bars, and the loudest is whole', () => {
    const peaks = peaksOf(Float32Array.from({ length: 10_000 }, (_, n) => (n > 5_000 ? 0.5 : 0.1)));
    expect(peaks).toHaveLength(BARS);
    expect([peaks[0], peaks.at(-1)]).toEqual([0.2, 1]);
  });

  it.each([
    ['silence', new Float32Array(5_000)],
    ['nothing', new Float32Array()],
    ['less than a sample a bar', Float32Array.of(0, 0, 0)],
  ])('of %s are even', (_, samples) => {
    expect(new Set(peaksOf(samples)).size).toBe(1);
  });
});

describe('a voice note that is decoded here', () => {
  it('has the sound of the whole note', async () => {
    const samples = await decodeOpus(aVoiceNote());
    expect(samples.length / RATE).toBeGreaterThan(2);
    expect(Math.max(...peaksOf(samples))).toBe(1);
    expect(new Set(peaksOf(samples)).size).toBeGreaterThan(5);
  });

  it('is a WAV file of one channel', async () => {
    const view = new DataView(wavOf(Float32Array.of(0, 1, -1, 2), RATE));
    const word = (at: number) => new TextDecoder().decode(new Uint8Array(view.buffer, at, 4));
    expect([word(0), word(8), word(36)]).toEqual(['RIFF', 'WAVE', 'data']);
    expect([view.getUint16(22, true), view.getUint32(24, true)]).toEqual([1, RATE]);
    expect([0, 1, 2, 3].map((n) => view.getInt16(44 + n * 2, true))).toEqual([
      0, 32_767, -32_767, 32_767,
    ]);
  });

  it.each([
    ['is no Ogg', new ArrayBuffer(100)],
    ['is empty', new ArrayBuffer(0)],
  ])('is refused where it %s', async (_, bytes) => {
    await expect(decodeOpus(bytes)).rejects.toThrow();
  });
});
