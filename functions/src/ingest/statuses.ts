import {
  COLLECTIONS,
  entryPath,
  journalExpiry,
  journalPath,
  merge,
  parseCallbackData,
  parseEntryPath,
  REPORTED_STATES,
  type FateReason,
  type ReportedState,
  type StatusItem,
} from '@switchboard/domain';
import { gatherReport, report } from '../dispatch/report.ts';
import type { Ports } from '../ports.ts';
import { readAgain } from '../webhook/journal.ts';

/** What became of a status: `settled` has its fate written already, in the commit that applied it. */
export interface StatusFate {
  readonly fate: 'settled' | 'ignored' | 'parked';
  readonly reason: FateReason | null;
  readonly entry: string | null;
}

interface EntryId {
  readonly conversationId: string;
  readonly entryId: string;
}

/**
 * Applies a status to the entry that its callback data names, else to the one with its wamid. One
 * that finds none is parked, and matched when the send's answer brings the wamid.
 */
export async function ingestStatus(
  ports: Ports,
  itemId: string,
  item: StatusItem,
): Promise<StatusFate> {
  if (!isReported(item.status))
    return { fate: 'ignored', reason: 'unsupported-status', entry: null };
  const found = await findEntry(ports, item);
  if (found === null) return park(ports, itemId, item);
  await apply(ports, itemId, item, found);
  return { fate: 'settled', reason: null, entry: entryPath(found.conversationId, found.entryId) };
}

const isReported = (status: string): status is ReportedState =>
  (REPORTED_STATES as readonly string[]).includes(status);

/**
 * Parks first and looks once more after: the send's answer looks for parked statuses after it has
 * stored the wamid, so one of the two sees the other.
 */
async function park(ports: Ports, itemId: string, item: StatusItem): Promise<StatusFate> {
  await ports.store.guarded(() =>
    Promise.resolve({
      writes: [merge(journalPath(itemId), { fate: 'parked', reason: 'unknown-message' })],
      value: null,
    }),
  );
  const found = await findEntry(ports, item);
  if (found === null) return { fate: 'settled', reason: 'unknown-message', entry: null };
  await apply(ports, itemId, item, found);
  return { fate: 'settled', reason: null, entry: entryPath(found.conversationId, found.entryId) };
}

async function findEntry(ports: Ports, item: StatusItem): Promise<EntryId | null> {
  const named = parseCallbackData(item.callback);
  if (named && (await belongs(ports, named, item.phoneNumberId))) return named;
  const [found] = await ports.store.query({
    collection: COLLECTIONS.timeline,
    everywhere: true,
    where: [['wamid', '==', item.wamid]],
    limit: 1,
  });
  if (found?.data?.['kind'] !== 'outbound') return null;
  return parseEntryPath(found.path);
}

/** The entry exists, is ours to the customer, and went out through this number. */
async function belongs(ports: Ports, id: EntryId, channelId: string | null): Promise<boolean> {
  const gathered = await gatherReport(ports.store, id);
  return gathered !== null && gathered.conversation.channelId === channelId;
}

async function apply(ports: Ports, itemId: string, item: StatusItem, id: EntryId): Promise<void> {
  const done = merge(journalPath(itemId), {
    fate: 'done',
    reason: null,
    entry: entryPath(id.conversationId, id.entryId),
    expireAt: journalExpiry(ports.clock.now()),
  });
  await report(
    ports,
    id,
    {
      state: item.status as ReportedState,
      at: item.at ?? ports.clock.now(),
      wamid: item.wamid,
      ...(item.error ? { error: item.error } : {}),
    },
    [done],
  );
}

/** Applies the statuses that were parked because nobody knew their message yet. */
export async function matchParked(ports: Ports, wamid: string): Promise<void> {
  const parked = await ports.store.query({
    collection: COLLECTIONS.journal,
    where: [
      ['wamid', '==', wamid],
      ['fate', '==', 'parked'],
    ],
    limit: 20,
  });
  for (const found of parked) {
    const journaled = await readAgain(ports, found);
    if (journaled?.item.kind === 'status') await ingestStatus(ports, journaled.id, journaled.item);
  }
}
