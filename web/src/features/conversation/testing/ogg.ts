/** A page of an Ogg stream (RFC 3533, section 6), as a reader finds it that knows nothing of its writer. */
export interface OggPage {
  /** Its checksum is right. */
  readonly sound: boolean;
  readonly first: boolean;
  readonly last: boolean;
  /** Samples up to its end; -1 where no packet ends on it. */
  readonly position: number;
  readonly body: Uint8Array;
}

/** CRC with the polynomial 0x04c11db7, from 0, neither reflected nor inverted. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

/** The pages of a stream. Throws where something else stands between them. */
export function oggPages(bytes: Uint8Array): readonly OggPage[] {
  const pages: OggPage[] = [];
  for (let at = 0; at < bytes.length;) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    if (new TextDecoder().decode(bytes.subarray(at, at + 4)) !== 'OggS')
      throw new Error(`No page of Ogg begins at ${at}.`);
    const lacing = bytes.subarray(at + 27, at + 27 + view.getUint8(26));
    const start = at + 27 + lacing.length;
    const end = start + lacing.reduce((sum, length) => sum + length, 0);
    const page = bytes.slice(at, end);
    // It is counted with nothing in its own place.
    page.fill(0, 22, 26);
    pages.push({
      sound: checksum(page) === view.getUint32(22, true),
      first: (view.getUint8(5) & 2) !== 0,
      last: (view.getUint8(5) & 4) !== 0,
      position: Number(view.getBigInt64(6, true)),
      body: bytes.slice(start, end),
    });
    at = end;
  }
  return pages;
}

/** What the stream says of its sound (RFC 7845, section 5.1). Throws where it is no Opus. */
export function opusHead([head]: readonly OggPage[]): { channels: number; rate: number } {
  const text = new TextDecoder().decode(head?.body.subarray(0, 8));
  if (head === undefined || text !== 'OpusHead') throw new Error('The stream is no Opus.');
  const view = new DataView(head.body.buffer, head.body.byteOffset);
  return { channels: view.getUint8(9), rate: view.getUint32(12, true) };
}
