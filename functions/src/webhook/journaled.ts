import { gunzipSync } from 'node:zlib';
import {
  asText,
  journalPartPath,
  readJournaled,
  type DocumentData,
  type MessageItem,
  type StatusItem,
} from '@switchboard/domain';
import type { Ports, Snapshot } from '../ports.ts';
import { orNull, parseExactly } from './json.ts';

/** A message or status of the journal; `id` is that of the entry it becomes, whatever app it came through. */
export interface Journaled<T extends MessageItem | StatusItem = MessageItem | StatusItem> {
  readonly id: string;
  readonly journalId: string;
  readonly appId: string;
  readonly receivedAt: number;
  readonly item: T;
}

/** Reads a journaled item again for processing; `null` for one that no reader takes any more. */
export async function readAgain(
  ports: Pick<Ports, 'store' | 'hash'>,
  found: Snapshot,
): Promise<Journaled | null> {
  const data = found.data ?? {};
  const journalId = found.path.split('/').at(-1) ?? '';
  const slices = await slicesOf(ports, journalId, data);
  const item = orNull(() => readJournaled(parseExactly(unpacked(slices).toString('utf8'))));
  if (item === null || item.kind === 'other') return null;
  return {
    id: ports.hash.id(item.key),
    journalId,
    appId: asText(data['appId']) ?? '',
    receivedAt: Number(data['receivedAt']),
    item: { ...item, seq: Number(data['seq'] ?? 0) },
  };
}

const unpacked = (slices: readonly Uint8Array[]): Buffer => gunzipSync(Buffer.concat(slices));

async function slicesOf(
  ports: Pick<Ports, 'store'>,
  journalId: string,
  data: DocumentData,
): Promise<readonly Uint8Array[]> {
  const parts = Array.from({ length: Number(data['parts'] ?? 0) }, (_, part) =>
    journalPartPath(journalId, part),
  );
  if (parts.length === 0) return [data['raw'] as Uint8Array];
  return (await ports.store.read(parts)).map((part) => part.data?.['raw'] as Uint8Array);
}

/** The bytes that an item was stored with: its JSON text, or the body itself where that is no webhook. */
export const rawOf = async (
  ports: Pick<Ports, 'store'>,
  journalId: string,
  data: DocumentData,
): Promise<Buffer> => unpacked(await slicesOf(ports, journalId, data));
