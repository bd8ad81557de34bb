import { timingSafeEqual } from 'node:crypto';
import { addressUntil } from '@switchboard/domain';
import type { Hash } from '../ports.ts';

/** What an address says: whose it is, what it opens, and until when (epoch ms). */
export interface Address {
  readonly mediaId: string;
  readonly uid: string;
  readonly until: number;
}

/** What an address is good for: to read media or its small picture, or to upload the parts of it. */
type Purpose = 'media' | 'thumbnail' | 'upload';

/** The path that each purpose is asked for at; what a signature is for stands beside it. */
const PATHS: Readonly<Record<Purpose, string>> = {
  media: 'media',
  thumbnail: 'media',
  upload: 'upload',
};

/** How long an upload may go on at one address, ms. */
const UPLOAD_ADDRESS_MS = 60 * 60 * 1000;

const partsOf = (purpose: Purpose, { mediaId, uid, until }: Address): readonly string[] => [
  purpose,
  mediaId,
  uid,
  String(until),
];

async function sign(
  hash: Pick<Hash, 'addresses'>,
  purpose: Purpose,
  address: Address,
): Promise<string> {
  const [signature = ''] = await hash.addresses(partsOf(purpose, address));
  const { mediaId, uid, until } = address;
  const query = new URLSearchParams({ for: uid, until: String(until), signature });
  if (purpose === 'thumbnail') query.set('of', purpose);
  return `/${PATHS[purpose]}/${mediaId}?${query}`;
}

async function read(
  hash: Pick<Hash, 'addresses'>,
  purpose: Purpose,
  url: URL,
): Promise<Address | null> {
  const [, path, mediaId] = /^\/(\w+)\/([A-Za-z0-9_-]{1,64})$/.exec(url.pathname) ?? [];
  const uid = url.searchParams.get('for');
  const until = Number(url.searchParams.get('until'));
  if (
    path !== PATHS[purpose] ||
    mediaId === undefined ||
    uid === null ||
    !Number.isSafeInteger(until)
  )
    return null;
  const address = { mediaId, uid, until };
  const given = Buffer.from(url.searchParams.get('signature') ?? '');
  const signatures = await hash.addresses(partsOf(purpose, address));
  return signatures.some((one) => same(Buffer.from(one), given)) ? address : null;
}

/**
 * An address of media on this origin for one person. No header has to go with it, so that an image can
 * have it as its source; the same for some minutes, so that a browser knows again what it has.
 */
export const addressOf = (
  hash: Pick<Hash, 'addresses'>,
  { mediaId, uid }: Omit<Address, 'until'>,
  now: number,
): Promise<string> => sign(hash, 'media', { mediaId, uid, until: addressUntil(now) });

/** As {@link addressOf}, of the small picture of media. */
export const thumbnailAddressOf = (
  hash: Pick<Hash, 'addresses'>,
  { mediaId, uid }: Omit<Address, 'until'>,
  now: number,
): Promise<string> => sign(hash, 'thumbnail', { mediaId, uid, until: addressUntil(now) });

/**
 * What an address of media or of its small picture says; `null` where nobody here signed it. Whether its
 * time has passed is not asked.
 */
export async function readAddress(
  hash: Pick<Hash, 'addresses'>,
  url: URL,
): Promise<(Address & { readonly small: boolean }) | null> {
  const small = url.searchParams.get('of') === 'thumbnail';
  const address = await read(hash, small ? 'thumbnail' : 'media', url);
  return address && { ...address, small };
}

/** An address to which one person uploads the parts of one file, and until when (epoch ms). */
export async function uploadAddressOf(
  hash: Pick<Hash, 'addresses'>,
  { mediaId, uid }: Omit<Address, 'until'>,
  now: number,
): Promise<{ readonly url: string; readonly until: number }> {
  const until = now + UPLOAD_ADDRESS_MS;
  return { url: await sign(hash, 'upload', { mediaId, uid, until }), until };
}

/** As {@link readAddress}, of an address to upload to. */
export const readUploadAddress = (
  hash: Pick<Hash, 'addresses'>,
  url: URL,
): Promise<Address | null> => read(hash, 'upload', url);

const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
