/** Bytes before the samples of a WAV file. */
const HEAD = 44;

/** One channel of sound as a WAV file of 16 bits a sample (Microsoft, "Multimedia Programming Interface"). */
export function wavOf(samples: Float32Array, rate: number): ArrayBuffer {
  const size = samples.length * 2;
  const view = new DataView(new ArrayBuffer(HEAD + size));
  const word = (at: number, text: string): void =>
    [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, HEAD - 8 + size, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, size, true);
  samples.forEach((sample, index) =>
    view.setInt16(HEAD + index * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true),
  );
  return view.buffer;
}
