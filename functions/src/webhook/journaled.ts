import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import {
  idOf,
  journalPartPath,
  journalPartSchema,
  journalSchema,
  readJournaled,
  type DocumentData,
  type JournalItem,
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
  const journalId = idOf(found.path);
  const journaled = v.parse(journalSchema, found.data);
  const slices = await slicesOf(ports, journalId, journaled);
  const item = orNull(() => readJournaled(parseExactly(unpacked(slices).toString('utf8'))));
  if (item === null || item.kind === 'other') return null;
  return {
    id: ports.hash.id(item.key),
    journalId,
    appId: journaled.appId,
    receivedAt: journaled.receivedAt,
    item: { ...item, seq: journaled.seq },
  };
}

const unpacked = (slices: readonly Uint8Array[]): Buffer => gunzipSync(Buffer.concat(slices));

async function slicesOf(
  ports: Pick<Ports, 'store'>,
  journalId: string,
  { raw, parts }: JournalItem,
): Promise<readonly Uint8Array[]> {
  if (parts === 0) return raw === undefined ? [] : [raw];
  const paths = Array.from({ length: parts }, (_, part) => journalPartPath(journalId, part));
  const found = await ports.store.read(paths);
  return found.map(({ data }) => v.parse(journalPartSchema, data).raw);
}

/** The bytes that an item was stored with: its JSON text, or the body itself where that is no webhook. */
export const rawOf = async (
  ports: Pick<Ports, 'store'>,
  journalId: string,
  data: DocumentData,
): Promise<Buffer> => unpacked(await slicesOf(ports, journalId, v.parse(journalSchema, data)));
