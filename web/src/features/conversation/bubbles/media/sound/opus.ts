import { BufferSource, EncodedPacketSink, Input, OGG } from 'mediabunny';
import { OpusDecoder } from 'opus-decoder';

/** Samples a second: more than a voice note has in it (WhatsApp records speech at 16 kHz). */
export const RATE = 24_000;

/** Opus counts samples at this rate whatever it is decoded to (RFC 7845, section 4.2). */
const CLOCK = 48_000;

/** Where the head of an Opus stream says how many samples to drop at its beginning (RFC 7845, section 5.1). */
const PRE_SKIP_AT = 10;

/**
 * The sound of an Ogg file of Opus, mixed down to one channel at {@link RATE}.
 *
 * @throws where it is no such file, or nothing in it can be decoded.
 */
export async function decodeOpus(bytes: ArrayBuffer): Promise<Float32Array> {
  const input = new Input({ formats: [OGG], source: new BufferSource(bytes) });
  const track = await input.getPrimaryAudioTrack();
  const config = await track?.getDecoderConfig();
  if (!track || !config || (await track.getCodec()) !== 'opus') throw new Error('It is no Opus');
  const decoder = new OpusDecoder({ channels: config.numberOfChannels, sampleRate: RATE });
  await decoder.ready;
  const pieces: Float32Array[] = [];
  for await (const packet of new EncodedPacketSink(track).packets())
    pieces.push(mixed(decoder.decodeFrame(packet.data).channelData));
  decoder.free();
  return joined(pieces).subarray((skipped(config) * RATE) / CLOCK);
}

function skipped({ description }: AudioDecoderConfig): number {
  if (description === undefined) return 0;
  const head = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  return head.byteLength >= PRE_SKIP_AT + 2 ? head.getUint16(PRE_SKIP_AT, true) : 0;
}

function mixed(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = channels;
  if (others.length === 0) return first;
  return first.map(
    (sample, index) =>
      others.reduce((sum, other) => sum + (other[index] ?? 0), sample) / channels.length,
  );
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  if (all.length === 0) throw new Error('There is no sound in it');
  return all;
}
