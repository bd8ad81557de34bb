import { gunzipSync, gzipSync } from 'node:zlib';
import {
  journalPartPath,
  journalPath,
  readDelivery,
  readJournaled,
  receiptPath,
  type DocumentData,
  type FateReason,
  type Item,
  type JournaledMessage,
  type MessageItem,
  type StatusItem,
} from '@switchboard/domain';
import type { Ports, Snapshot } from '../ports.ts';
import { parseExactly } from './json.ts';

/** A message or status with its journal id. */
export type Journaled =
  | JournaledMessage
  | { readonly id: string; readonly receivedAt: number; readonly item: StatusItem };

/** A document of the journal as one delivery writes it. */
interface Document {
  readonly path: string;
  readonly data: DocumentData;
}

interface Line {
  readonly id: string;
  readonly documents: readonly Document[];
  readonly work: Journaled | null;
}

/** What a delivery left to do, and how much of it was new. */
export interface Receipt {
  readonly receiptId: string;
  readonly items: number;
  readonly fresh: number;
  readonly work: readonly Journaled[];
}

/** Largest slice of a raw item in one document, bytes: Firestore's limit is 1 MiB for the whole. */
const PART_BYTES = 900_000;
/** Largest commit, bytes: Firestore refuses requests over 10 MiB. */
const COMMIT_BYTES = 6_000_000;

/**
 * Stores a signed body: every item that the journal doesn't have, and the receipt, in one commit.
 * An item that is there already is counted as repeated. What can't be read at all becomes one
 * parked item, so that a person sees it.
 *
 * @throws where Firestore does not store; the caller answers 5xx, so that Meta sends again.
 */
export async function journal(
  ports: Pick<Ports, 'store' | 'hash' | 'clock'>,
  body: Uint8Array,
  appId: string,
): Promise<Receipt> {
  const receivedAt = ports.clock.now();
  const receiptId = ports.clock.newId();
  const lines = readLines(ports, body, receiptId, receivedAt);
  const distinct = [
    ...new Map(lines.toReversed().map((line) => [line.id, line])).values(),
  ].reverse();
  for (let tries = 0; tries < 10; tries += 1) {
    const present = await ports.store.present(distinct.map(({ id }) => journalPath(id)));
    const fresh = distinct.filter(({ id }) => !present.has(journalPath(id)));
    const counts = { items: lines.length, fresh: fresh.length };
    const receipt = {
      path: receiptPath(receiptId),
      data: {
        schemaVersion: 1,
        receivedAt,
        appId,
        ...counts,
        repeated: lines.length - fresh.length,
      },
    };
    if (await store(ports, fresh, receipt))
      return { receiptId, ...counts, work: fresh.flatMap(({ work }) => work ?? []) };
  }
  throw new Error('The same items kept arriving while they were being stored');
}

/** Items first, in as many commits as their size asks for; the receipt is in the last. */
async function store(
  ports: Pick<Ports, 'store'>,
  fresh: readonly Line[],
  receipt: Document,
): Promise<boolean> {
  const commits: Document[][] = [[]];
  let bytes = 0;
  for (const document of fresh.flatMap((line) => line.documents)) {
    const size = (document.data['raw'] as Uint8Array | undefined)?.length ?? 0;
    if (bytes + size > COMMIT_BYTES) {
      commits.push([]);
      bytes = 0;
    }
    bytes += size;
    commits.at(-1)?.push(document);
  }
  commits.at(-1)?.push(receipt);
  for (const documents of commits) if (!(await ports.store.create(documents))) return false;
  return true;
}

function readLines(
  ports: Pick<Ports, 'hash'>,
  body: Uint8Array,
  receiptId: string,
  receivedAt: number,
): readonly Line[] {
  const parsed = parseExactly(Buffer.from(body).toString('utf8'));
  const items = readDelivery(parsed);
  const base = { receiptId, receivedAt };
  if (items === null) {
    const id = ports.hash.id(['body', Buffer.from(body).toString('base64')]);
    const reason = parsed === undefined ? 'unparsable-body' : 'not-a-webhook';
    return [{ id, documents: documentsOf(id, body, { ...base, ...PARKED, reason }), work: null }];
  }
  return items.map((item) => lineOf(ports.hash.id(item.key), item, base));
}

const PARKED = { kind: 'other', fate: 'parked', channelId: null, field: '' } as const;

function lineOf(
  id: string,
  item: Item,
  base: { readonly receiptId: string; readonly receivedAt: number },
): Line {
  const parked: FateReason | null =
    item.kind === 'other'
      ? item.reason
      : item.kind === 'message' && item.sender === null
        ? 'no-sender'
        : null;
  const data = {
    ...base,
    kind: item.kind,
    channelId: item.phoneNumberId,
    field: item.field.slice(0, 200),
    seq: item.seq,
    fate: parked === null ? 'new' : 'parked',
    reason: parked,
    wamid: item.kind === 'status' ? item.wamid : null,
  };
  const raw = Buffer.from(JSON.stringify(item.raw), 'utf8');
  return {
    id,
    documents: documentsOf(id, raw, data),
    work: parked === null && item.kind !== 'other' ? work(id, item, base.receivedAt) : null,
  };
}

const work = (id: string, item: MessageItem | StatusItem, receivedAt: number): Journaled =>
  ({ id, receivedAt, item }) as Journaled;

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

/** Reads journaled items again for processing; `null` for one that no reader takes any more. */
export async function readAgain(
  ports: Pick<Ports, 'store'>,
  found: Snapshot,
): Promise<Journaled | null> {
  const data = found.data ?? {};
  const id = found.path.split('/').at(-1) ?? '';
  const parts = Array.from({ length: Number(data['parts'] ?? 0) }, (_, part) =>
    journalPartPath(id, part),
  );
  const slices = (await ports.store.read(parts)).map((part) => part.data?.['raw'] as Uint8Array);
  const bytes = parts.length > 0 ? Buffer.concat(slices) : (data['raw'] as Uint8Array);
  const item = readJournaled(parseExactly(gunzipSync(bytes).toString('utf8')));
  if (item === null || item.kind === 'other') return null;
  const seq = Number(data['seq'] ?? 0);
  return work(id, { ...item, seq }, Number(data['receivedAt']));
}
