import { timingSafeEqual } from 'node:crypto';
import { addressUntil } from '@switchboard/domain';
import type { Hash } from '../ports.ts';

/** What an address says: whose it is, what it opens, and until when (epoch ms). */
export interface Address {
  readonly mediaId: string;
  readonly uid: string;
  readonly until: number;
}

const partsOf = ({ mediaId, uid, until }: Address): readonly string[] => [
  'media',
  mediaId,
  uid,
  String(until),
];

/**
 * An address of media on this origin for one person. No header has to go with it, so that an image can
 * have it as its source; the same for some minutes, so that a browser knows again what it has.
 */
export async function addressOf(
  hash: Pick<Hash, 'addresses'>,
  { mediaId, uid }: Omit<Address, 'until'>,
  now: number,
): Promise<string> {
  const until = addressUntil(now);
  const [signature = ''] = await hash.addresses(partsOf({ mediaId, uid, until }));
  const query = new URLSearchParams({ for: uid, until: String(until), signature });
  return `/media/${mediaId}?${query}`;
}

/** What an address says; `null` where nobody here signed it. Whether its time has passed is not asked. */
export async function readAddress(
  hash: Pick<Hash, 'addresses'>,
  url: URL,
): Promise<Address | null> {
  const mediaId = /^\/media\/([A-Za-z0-9_-]{1,64})$/.exec(url.pathname)?.[1];
  const uid = url.searchParams.get('for');
  const until = Number(url.searchParams.get('until'));
  if (mediaId === undefined || uid === null || !Number.isSafeInteger(until)) return null;
  const address = { mediaId, uid, until };
  const given = Buffer.from(url.searchParams.get('signature') ?? '');
  const signatures = await hash.addresses(partsOf(address));
  return signatures.some((one) => same(Buffer.from(one), given)) ? address : null;
}

const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
