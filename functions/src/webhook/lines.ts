import { gzipSync } from 'node:zlib';
import {
  isIdle,
  journalExpiry,
  journalPartPath,
  journalPath,
  readDelivery,
  vouchesFor,
  type Channel,
  type DocumentData,
  type FateReason,
  type Item,
} from '@switchboard/domain';
import { findChannels } from '../ingest/channels.ts';
import type { Ports } from '../ports.ts';
import { orNull, parseExactly } from './json.ts';
import { entryIdOf, type Journaled } from './journaled.ts';

/** A document of the journal as one delivery writes it. */
export interface Document {
  readonly path: string;
  readonly data: DocumentData;
}

/** One item of a delivery: what the journal keeps of it, and what is left to do. */
export interface Line {
  readonly id: string;
  readonly documents: readonly Document[];
  readonly work: Journaled | null;
}

/** Largest slice of a raw item in one document, bytes: Firestore's limit is 1 MiB for the whole. */
const PART_BYTES = 900_000;

/** What every item of a delivery has in common. */
interface Delivery {
  readonly receiptId: string;
  readonly receivedAt: number;
  readonly appId: string;
}

/** A body as lines of the journal: one for each item, or one for a body that has none. */
export async function readLines(
  ports: Pick<Ports, 'store' | 'hash' | 'clock'>,
  body: Uint8Array,
  delivery: Delivery,
): Promise<readonly Line[]> {
  const parsed = parseExactly(Buffer.from(body).toString('utf8'));
  const items = orNull(() => readDelivery(parsed)) ?? [];
  const numbers = items.flatMap(({ phoneNumberId }) => phoneNumberId ?? []);
  const channels = await findChannels(ports, numbers);
  const lines = orNull(() => items.map((item) => lineOf(ports, item, delivery, channels))) ?? [];
  return lines.length > 0 ? lines : [wholeBody(ports, body, delivery, parsed !== undefined)];
}

/** A body without a single item is one parked item itself, named by its bytes. */
function wholeBody(
  { hash }: Pick<Ports, 'hash'>,
  body: Uint8Array,
  delivery: Delivery,
  isJson: boolean,
): Line {
  const id = hash.id(['body', Buffer.from(body).toString('base64')]);
  const reason: FateReason = isJson ? 'not-a-webhook' : 'unparsable-body';
  const data = { ...delivery, kind: 'other', fate: 'parked', channelId: null, field: '', reason };
  return { id, documents: documentsOf(id, body, data), work: null };
}

function lineOf(
  { hash }: Pick<Ports, 'hash'>,
  item: Item,
  delivery: Delivery,
  channels: ReadonlyMap<string, Channel>,
): Line {
  const parked = notTaken(item);
  const id = hash.id(journalKey(item, delivery.appId, channels));
  const data = {
    ...delivery,
    kind: item.kind,
    channelId: item.phoneNumberId,
    field: item.field.slice(0, 200),
    seq: item.seq,
    ...fateOf(parked, delivery.receivedAt),
    wamid: item.kind === 'status' ? item.wamid : null,
  };
  const raw = Buffer.from(JSON.stringify(item.raw), 'utf8');
  const { receivedAt, appId } = delivery;
  return {
    id,
    documents: documentsOf(id, raw, data),
    work:
      parked === null && item.kind !== 'other'
        ? { id: entryIdOf({ hash }, item), journalId: id, appId, receivedAt, item }
        : null,
  };
}

/**
 * What comes through an app that nobody vouches for (yet) is kept apart, so that it can neither pass
 * for the item of the number's own app nor take its place.
 */
function journalKey(
  item: Item,
  appId: string,
  channels: ReadonlyMap<string, Channel>,
): readonly string[] {
  if (item.kind === 'other') return item.key;
  // Whether an app may speak for an account is not known before its numbers are looked for.
  const channel = channels.get(item.phoneNumberId ?? '');
  return channel && vouchesFor(appId, channel) ? item.key : ['by', appId, ...item.key];
}

/** The fate of an item as it comes: what asks for nothing is done with, and what nobody takes is a person's. */
const fateOf = (reason: FateReason | null, now: number) => {
  if (reason === null) return { fate: 'new', reason };
  return isIdle(reason)
    ? { fate: 'ignored', reason, expireAt: journalExpiry(now) }
    : { fate: 'parked', reason };
};

/** Why an item is not processed by anyone, as far as it itself tells. */
function notTaken(item: Item): FateReason | null {
  if (item.kind === 'other') return item.reason;
  return item.kind === 'message' && item.sender === null ? 'no-sender' : null;
}

/** The journal document of an item, with its raw bytes beside it where they are too many. */
function documentsOf(id: string, raw: Uint8Array, data: DocumentData): readonly Document[] {
  const bytes = gzipSync(raw, { level: 6 });
  const document = { schemaVersion: 1, entry: null, attempts: 0, expireAt: null, ...data };
  const path = journalPath(id);
  if (bytes.length <= PART_BYTES) return [{ path, data: { ...document, parts: 0, raw: bytes } }];
  const parts = Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, part) => ({
    path: journalPartPath(id, part),
    data: { raw: bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES) },
  }));
  return [{ path, data: { ...document, parts: parts.length } }, ...parts];
}
