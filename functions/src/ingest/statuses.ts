import {
  COLLECTIONS,
  entryPath,
  failureSignals,
  isReported,
  itemDone,
  parseCallbackData,
  parseEntryPath,
  provedSignals,
  type Channel,
  type EntryId,
  type OutboundEntry,
  type ReportedState,
  type Signal,
  type StatusItem,
} from '@switchboard/domain';
import { raise } from '../alerts/raise.ts';
import { gatherReport, report } from '../dispatch/report.ts';
import type { Ports, Snapshot } from '../ports.ts';
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
  const { status } = item;
  if (!isReported(status)) return { fate: 'ignored', reason: 'unsupported-status' };
  const known = await findEntry(ports, item);
  // What another service sent waits for no answer of a send of ours.
  if (known === null && item.foreign) return { fate: 'ignored', reason: 'not-ours' };
  const found = known ?? (await park(ports, journalId, item));
  if (found === null) return null;
  await raise(ports, signalsOf(ports, item, channel));
  await apply(ports, journalId, { ...item, status }, found);
  return null;
}

/** The entry that a status is about; `knew`: it had its wamid before this status. */
interface Found {
  readonly id: EntryId;
  readonly knew: boolean;
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

/**
 * Parks first and looks once more after: the send's answer looks for parked statuses after it has
 * stored the wamid, so one of the two sees the other.
 */
async function park(ports: Ports, journalId: string, item: StatusItem): Promise<Found | null> {
  await settle(ports, [{ journalId }], { fate: 'parked', reason: 'unknown-message' });
  return findEntry(ports, item);
}

/** Entries that may carry one wamid: a message between two of our own numbers is in both threads. */
const SAME_WAMID = 10;

async function findEntry(ports: Ports, item: StatusItem): Promise<Found | null> {
  const named = parseCallbackData(item.callback);
  const entry = named && (await ownEntry(ports, named, item.phoneNumberId));
  if (named && entry) return { id: named, knew: entry.wamid !== undefined };
  const found = await ports.store.query({
    collection: COLLECTIONS.timeline,
    everywhere: true,
    where: [['wamid', '==', item.wamid]],
    limit: SAME_WAMID,
  });
  for (const { path } of found) {
    const id = parseEntryPath(path);
    if (id && (await ownEntry(ports, id, item.phoneNumberId))) return { id, knew: true };
  }
  return null;
}

/** The entry where it exists, is ours to the customer, and went out through this number. */
async function ownEntry(
  ports: Ports,
  id: EntryId,
  channelId: string | null,
): Promise<OutboundEntry | null> {
  const gathered = await gatherReport(ports.store, id);
  return gathered?.conversation.channelId === channelId ? gathered.entry : null;
}

async function apply(
  ports: Ports,
  journalId: string,
  item: StatusItem & { readonly status: ReportedState },
  { id, knew }: Found,
): Promise<void> {
  const now = ports.clock.now();
  const done = itemDone(journalId, entryPath(id.conversationId, id.entryId), now);
  await report(
    ports,
    id,
    {
      state: item.status,
      // A time that has not come yet is not true.
      at: Math.min(item.at ?? now, now),
      wamid: item.wamid,
      ...(item.error ? { error: item.error } : {}),
    },
    [done],
  );
  // The send's answer is lost or late: what else waits for this wamid hears of it now.
  if (!knew) await matchParked(ports, item.wamid);
}

/** Statuses whose message is looked for by one query (Firestore allows 30 values in an `in`). */
const LOOKED_FOR = 30;

/** Those of these parked statuses whose message is known by now: whoever learned its wamid may have died. */
export async function findMatching(
  { store }: Pick<Ports, 'store'>,
  parked: readonly Snapshot[],
): Promise<readonly Snapshot[]> {
  const wamids = [...new Set(parked.map(({ data }) => data?.['wamid']))];
  const known = new Set<unknown>();
  for (let start = 0; start < wamids.length; start += LOOKED_FOR) {
    const found = await store.query({
      collection: COLLECTIONS.timeline,
      everywhere: true,
      where: [['wamid', 'in', wamids.slice(start, start + LOOKED_FOR)]],
      limit: LOOKED_FOR * SAME_WAMID,
    });
    for (const { data } of found) known.add(data?.['wamid']);
  }
  return parked.filter(({ data }) => known.has(data?.['wamid']));
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
