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
  type AccountItem,
  type MessageItem,
  type StatusItem,
} from '@switchboard/domain';
import { readable } from '../platform/parsed.ts';
import type { Ports, Snapshot } from '../ports.ts';
import { orNull, parseExactly } from './json.ts';

/** What the journal has a reader for. */
type ReadItem = MessageItem | StatusItem | AccountItem;

/** A message, a status or news of the account in the journal; `id` is that of the entry it becomes, whatever app it came through. */
export interface Journaled<T extends ReadItem = ReadItem> {
  readonly id: string;
  readonly journalId: string;
  readonly appId: string;
  readonly receivedAt: number;
  readonly item: T;
}

/** The id of the entry that a message becomes or changes; of a status, which has none, the item's own. */
export const entryIdOf = ({ hash }: Pick<Ports, 'hash'>, item: ReadItem): string =>
  hash.id(item.kind === 'message' ? (item.entryKey ?? item.key) : item.key);

/**
 * Reads a journaled item again for processing; `null` for one that no reader takes any more, whatever
 * of it is broken.
 *
 * @throws what the store throws where it can't be asked: that says nothing about the item.
 */
export async function readAgain(
  ports: Pick<Ports, 'store' | 'hash'>,
  found: Snapshot,
): Promise<Journaled | null> {
  const journalId = idOf(found.path);
  const journaled = readable(found, journalSchema);
  if (journaled === null) return null;
  const parts = await partsOf(ports, journalId, journaled);
  const item = orNull(() =>
    readJournaled(parseExactly(unpacked(journaled, parts).toString('utf8'))),
  );
  if (item === null || item.kind === 'other') return null;
  return {
    id: entryIdOf(ports, item),
    journalId,
    appId: journaled.appId,
    receivedAt: journaled.receivedAt,
    item: { ...item, seq: journaled.seq },
  };
}

/** Throws where bytes are missing or broken. */
function unpacked({ raw, parts }: JournalItem, found: readonly Snapshot[]): Buffer {
  const whole = raw === undefined ? [] : [raw];
  const slices =
    parts === 0 ? whole : found.map(({ data }) => v.parse(journalPartSchema, data).raw);
  return gunzipSync(Buffer.concat(slices));
}

const partsOf = async (
  ports: Pick<Ports, 'store'>,
  journalId: string,
  { parts }: JournalItem,
): Promise<readonly Snapshot[]> =>
  parts === 0
    ? []
    : ports.store.read(
        Array.from({ length: parts }, (_, part) => journalPartPath(journalId, part)),
      );

/** The bytes that an item was stored with: its JSON text, or the body itself where that is no webhook. */
export async function rawOf(
  ports: Pick<Ports, 'store'>,
  journalId: string,
  data: DocumentData,
): Promise<Buffer> {
  const item = v.parse(journalSchema, data);
  return unpacked(item, await partsOf(ports, journalId, item));
}
