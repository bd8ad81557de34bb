import { createHmac } from 'node:crypto';

/** How long the address of a download works (Meta, "Media"): five minutes, in milliseconds. */
const ADDRESS_MS = 5 * 60_000;

const hashOf = (key: Uint8Array, id: string, ext: string): string =>
  createHmac('sha256', key).update(`${id} ${ext}`).digest('base64url');

/**
 * Path and query under which media can be downloaded, built like Meta's: id, end in unix seconds,
 * and a hash by the store's key that makes it unguessable. `now` in epoch milliseconds.
 */
export function mediaAddress(key: Uint8Array, id: string, now: number): string {
  const ext = String(Math.floor((now + ADDRESS_MS) / 1000));
  const query = new URLSearchParams({ mid: id, ext, hash: hashOf(key, id, ext) });
  return `/_media/attachments/?${query.toString()}`;
}

/** The id that such an address names; null where it has ended or was not made by the key. */
export function addressedMedia(
  key: Uint8Array,
  query: Record<string, string>,
  now: number,
): string | null {
  const { mid = '', ext = '', hash = '' } = query;
  return hash === hashOf(key, mid, ext) && now < Number(ext) * 1000 ? mid : null;
}
