import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  Output,
  OggOutputFormat,
  WebMOutputFormat,
  type AudioCodec,
} from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { oggPages, opusHead } from '../testing/ogg.ts';
import { asVoiceNote } from './voice-note.ts';

/** One packet of silence: 20 ms, one channel (RFC 6716, section 3.1). */
const SILENCE = new Uint8Array([0xf8, 0xff, 0xfe]);
const FRAME_S = 0.02;

/** The identification header of Opus (RFC 7845, section 5.1). */
function identification(channels: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(19));
  'OpusHead'.split('').forEach((letter, at) => head.setUint8(at, letter.charCodeAt(0)));
  head.setUint8(8, 1);
  head.setUint8(9, channels);
  head.setUint16(10, 312, true);
  head.setUint32(12, 48_000, true);
  return new Uint8Array(head.buffer);
}

/** What a browser's recorder hands over: so many frames of silence. */
async function aRecording(
  frames: number,
  {
    channels = 1,
    codec = 'opus',
    ogg = false,
  }: { readonly channels?: number; readonly codec?: AudioCodec; readonly ogg?: boolean } = {},
): Promise<Blob> {
  const target = new BufferTarget();
  const format = ogg ? new OggOutputFormat() : new WebMOutputFormat({ appendOnly: true });
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = {
    codec,
    numberOfChannels: channels,
    sampleRate: 48_000,
    description: identification(channels),
  };
  for (let n = 0; n < frames; n += 1)
    await source.add(new EncodedPacket(SILENCE, 'key', n * FRAME_S, FRAME_S), { decoderConfig });
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer(0)]);
}

const bytesOf = async (file: File | null) =>
  new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));

describe('A voice note', () => {
  it.each([
    ['WebM, as Chrome and Safari record', {}],
    ['Ogg, as Firefox records', { ogg: true }],
  ])('is one channel of Opus in Ogg, made of %s', async (_, how) => {
    const note = await asVoiceNote(await aRecording(250, how));
    expect(note?.type).toBe('audio/ogg');
    const pages = oggPages(await bytesOf(note));
    expect(pages.every(({ sound }) => sound)).toBe(true);
    expect(opusHead(pages)).toMatchObject({ channels: 1, rate: 48_000 });
    expect([pages[0]?.first, pages.at(-1)?.last]).toEqual([true, true]);
    const positions = pages.map(({ position }) => position).filter((at) => at >= 0);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    // 250 frames of 20 ms at 48 kHz.
    expect(positions.at(-1)).toBe(250 * 960);
  });

  it('is not made of two channels, of another codec, or of no sound', async () => {
    expect(await asVoiceNote(await aRecording(10, { channels: 2 }))).toBeNull();
    expect(await asVoiceNote(await aRecording(0))).toBeNull();
  });
});
