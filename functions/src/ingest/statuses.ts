import {
  COLLECTIONS,
  entryPath,
  failureSignals,
  itemDone,
  parseCallbackData,
  parseEntryPath,
  provedSignals,
  REPORTED_STATES,
  type Channel,
  type EntryId,
  type ReportedState,
  type Signal,
  type StatusItem,
} from '@switchboard/domain';
import { raise } from '../alerts/raise.ts';
import { gatherReport, report } from '../dispatch/report.ts';
import type { Ports } from '../ports.ts';
import { readAgain } from '../webhook/journaled.ts';
import { findChannels } from './channels.ts';
import { settle, type Settled } from './settle.ts';

/**
 * Applies a status to the entry that its callback data names, else to the one with its wamid. One that
 * finds none is parked, and matched when the send's answer brings the wamid. Answers `null` where
 * the fate is written already.
 */
export async function ingestStatus(
  ports: Ports,
  journalId: string,
  item: StatusItem,
  channel: Pick<Channel, 'troubles'>,
): Promise<Settled | null> {
  if (!isReported(item.status)) return { fate: 'ignored', reason: 'unsupported-status' };
  const found = (await findEntry(ports, item)) ?? (await park(ports, journalId, item));
  if (found === null) return null;
  await raise(ports, signalsOf(ports, item, channel));
  await apply(ports, journalId, item, found);
  return null;
}

/** What a report says of the number itself: why it delivers nothing, or that it does again. */
function signalsOf(
  { clock }: Pick<Ports, 'clock'>,
  { status, error, phoneNumberId, at }: StatusItem,
  { troubles }: Pick<Channel, 'troubles'>,
): readonly Signal[] {
  const channelId = phoneNumberId ?? '';
  const when = Math.min(at ?? clock.now(), clock.now());
  if (status === 'failed') return error ? failureSignals(channelId, error, when) : [];
  const proves = status === 'delivered' || status === 'read' || status === 'played';
  return proves ? provedSignals(channelId, troubles, 'delivered', when) : [];
}

const isReported = (status: string): status is ReportedState =>
  (REPORTED_STATES as readonly string[]).includes(status);

/**
 * Parks first and looks once more after: the send's answer looks for parked statuses after it has
 * stored the wamid, so one of the two sees the other.
 */
async function park(ports: Ports, journalId: string, item: StatusItem): Promise<EntryId | null> {
  await settle(ports, [{ journalId }], { fate: 'parked', reason: 'unknown-message' });
  return findEntry(ports, item);
}

/** Entries that may carry one wamid: a message between two of our own numbers is in both threads. */
const SAME_WAMID = 10;

async function findEntry(ports: Ports, item: StatusItem): Promise<EntryId | null> {
  const named = parseCallbackData(item.callback);
  if (named && (await belongs(ports, named, item.phoneNumberId))) return named;
  const found = await ports.store.query({
    collection: COLLECTIONS.timeline,
    everywhere: true,
    where: [['wamid', '==', item.wamid]],
    limit: SAME_WAMID,
  });
  for (const { path } of found) {
    const id = parseEntryPath(path);
    if (id && (await belongs(ports, id, item.phoneNumberId))) return id;
  }
  return null;
}

/** The entry exists, is ours to the customer, and went out through this number. */
async function belongs(ports: Ports, id: EntryId, channelId: string | null): Promise<boolean> {
  const gathered = await gatherReport(ports.store, id);
  return gathered !== null && gathered.conversation.channelId === channelId;
}

async function apply(
  ports: Ports,
  journalId: string,
  item: StatusItem,
  id: EntryId,
): Promise<void> {
  const now = ports.clock.now();
  const done = itemDone(journalId, entryPath(id.conversationId, id.entryId), now);
  await report(
    ports,
    id,
    {
      state: item.status as ReportedState,
      // A time that has not come yet is not true.
      at: Math.min(item.at ?? now, now),
      wamid: item.wamid,
      ...(item.error ? { error: item.error } : {}),
    },
    [done],
  );
}

const channelOf = async (ports: Ports, { phoneNumberId }: StatusItem) =>
  (await findChannels(ports, [phoneNumberId ?? ''])).get(phoneNumberId ?? '') ?? { troubles: [] };

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
    if (journaled?.item.kind !== 'status') continue;
    const channel = await channelOf(ports, journaled.item);
    await ingestStatus(ports, journaled.journalId, journaled.item, channel);
  }
}
