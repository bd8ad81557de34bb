import {
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  OGG,
  OggOutputFormat,
  Output,
  WEBM,
} from 'mediabunny';

/** The name under which a voice note travels; nobody sees it. */
const NAME = 'voice-note.ogg';

/**
 * A recording as WhatsApp takes a voice note: one channel of Opus in Ogg (Meta, "Audio messages"). The
 * recorder's own packets go into another container; nothing is encoded again. `null` where it is not
 * one channel of Opus, or holds no sound.
 */
export async function asVoiceNote(recording: Blob): Promise<File | null> {
  const input = new Input({ formats: [WEBM, OGG], source: new BlobSource(recording) });
  const track = await input.getPrimaryAudioTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig || (await track.getCodec()) !== 'opus') return null;
  if (decoderConfig.numberOfChannels !== 1) return null;
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  let empty = true;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await source.add(packet, { decoderConfig });
    empty = false;
  }
  await output.finalize();
  return empty || target.buffer === null
    ? null
    : new File([target.buffer], NAME, { type: 'audio/ogg' });
}
