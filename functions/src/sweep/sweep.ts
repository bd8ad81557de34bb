import {
  channelSchema,
  checkSend,
  COLLECTIONS,
  conversationPath,
  conversationSchema,
  dispatchPath,
  dispatchSchema,
  entrySchema,
  idOf,
  parseEntryPath,
  type EntryId,
} from '@switchboard/domain';
import { endAlerts, probeNumbers, watchParked } from '../alerts/watch.ts';
import { dispatch } from '../dispatch/dispatch.ts';
import { report } from '../dispatch/report.ts';
import { ingest } from '../ingest/ingest.ts';
import { postpone, settle } from '../ingest/settle.ts';
import { findMatching } from '../ingest/statuses.ts';
import { wake } from '../media/wake.ts';
import { bringMedia, findDueMedia } from '../media/bring.ts';
import { sweepUnsent, sweepUploads } from '../media/upload.ts';
import { sweepScheduled } from '../schedule/schedule.ts';
import { sweepTemplates } from '../templates/sync.ts';
import { applyClaims, findUnapplied } from '../people/people.ts';
import { parsed, readable } from '../platform/parsed.ts';
import { sideBySide } from '../platform/side-by-side.ts';
import type { Ports, Query, Snapshot } from '../ports.ts';
import { readAgain, type Journaled } from '../webhook/journaled.ts';

/** How long something may wait for its wake-up before the sweep does its work, ms. */
const PATIENCE_MS = 30_000;
/** Journal items that nobody has begun may be in another request's hands for this long, ms. */
const JOURNAL_PATIENCE_MS = 5_000;
/** How long a parked status is looked at again, ms; most are another tool's, and never find their message. */
const MATCH_MS = 24 * 60 * 60_000;
/** Items of one kind in one sweep; the next one goes on. */
const AT_ONCE = 500;
/** Conversations looked after at the same time: one that waits for WhatsApp must not keep the others. */
const SIDE_BY_SIDE = 8;

/** Processes what one delivery left unfinished. */
export async function drain(ports: Ports, receiptId: string): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.journal,
    where: [
      ['receiptId', '==', receiptId],
      ['fate', 'in', ['new', 'retry']],
    ],
    limit: 2_000,
  });
  await processAgain(ports, found);
}

/**
 * Does the work of every wake-up that was lost: journal items not processed, items of numbers and
 * statuses of messages that the workspace has by now, messages whose time has come, replies not sent,
 * sends without an answer, claims not in force, media not brought, uploads given up, files that no
 * message carries, templates that were not asked for lately; numbers to be connected again, and alerts of
 * what is parked. Alone it is enough; everything else only makes it faster. What fails in it does not
 * keep the rest.
 */
export async function sweep(ports: Ports): Promise<void> {
  await attempt(ports, 'journal', () => sweepJournal(ports));
  await attempt(ports, 'parked', () => retryParked(ports));
  await attempt(ports, 'unmatched', () => matchStatuses(ports));
  await attempt(ports, 'unmatched', () => letUnmatchedGo(ports));
  await attempt(ports, 'numbers', () => probeNumbers(ports));
  await attempt(ports, 'scheduled', () => sweepScheduled(ports));
  await attempt(ports, 'outbound', () => sweepOutbound(ports));
  await attempt(ports, 'claims', () => sweepClaims(ports));
  await attempt(ports, 'media', () => sweepMedia(ports));
  await attempt(ports, 'alerts', () => endAlerts(ports));
  await attempt(ports, 'alerts', () => watchParked(ports));
  await attempt(ports, 'uploads', () => sweepUploads(ports));
  await attempt(ports, 'unsent', () => sweepUnsent(ports));
  await attempt(ports, 'templates', () => sweepTemplates(ports));
}

async function attempt(ports: Ports, part: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.error('sweep.failed', { part, error: name });
  }
}

async function sweepJournal(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const due = [
    ['new', 'receivedAt', now - JOURNAL_PATIENCE_MS],
    ['retry', 'retryAt', now],
  ] as const;
  for (const [fate, field, before] of due) {
    const found = await ports.store.query({
      collection: COLLECTIONS.journal,
      where: [
        ['fate', '==', fate],
        [field, '<', before],
      ],
      orderBy: [[field, 'asc']],
      limit: AT_ONCE,
    });
    await processAgain(ports, found);
  }
}

/**
 * Processes what was parked only because of what the workspace knew then: items of a number that is
 * a channel by now, and items of an app that speaks for its number by now.
 */
async function retryParked(ports: Ports): Promise<void> {
  const channels = await ports.store.query({
    collection: COLLECTIONS.channels,
    where: [],
    limit: AT_ONCE,
  });
  for (const found of channels) {
    const channel = readable(found, channelSchema);
    if (channel === null) {
      ports.log.error('sweep.malformed', { path: found.path });
      continue;
    }
    const { appId } = channel;
    const ofChannel = ['channelId', '==', idOf(found.path)] as const;
    await retry(ports, [ofChannel, ['reason', '==', 'unknown-number']]);
    const ofApp = appId === null ? [] : [['appId', '==', appId] as const];
    await retry(ports, [ofChannel, ['reason', '==', 'foreign-app'], ...ofApp]);
  }
}

/** Applies statuses that came before anybody knew their message, where its sender died before it looked for them. */
async function matchStatuses(ports: Ports): Promise<void> {
  const parked = await ports.store.query({
    collection: COLLECTIONS.journal,
    where: [
      ['fate', '==', 'parked'],
      ['receivedAt', '>=', ports.clock.now() - MATCH_MS],
    ],
    orderBy: [['receivedAt', 'desc']],
    limit: AT_ONCE,
  });
  const unmatched = parked.filter(({ data }) => data?.['reason'] === 'unknown-message');
  await processAgain(ports, await findMatching(ports, unmatched));
}

/** Statuses whose message nobody here has sent in all that time are another tool's, and wait for no person. */
async function letUnmatchedGo(ports: Ports): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.journal,
    where: [
      ['fate', '==', 'parked'],
      ['reason', '==', 'unknown-message'],
      ['receivedAt', '<', ports.clock.now() - MATCH_MS],
    ],
    orderBy: [['receivedAt', 'asc']],
    limit: AT_ONCE,
  });
  const items = found.map(({ path }) => ({ journalId: idOf(path) }));
  if (items.length > 0) await settle(ports, items, { fate: 'ignored', reason: 'not-ours' });
}

async function retry(ports: Ports, where: Query['where']): Promise<void> {
  const parked = ['fate', '==', 'parked'] as const;
  const found = await ports.store.query({
    collection: COLLECTIONS.journal,
    where: [...where, parked],
    limit: AT_ONCE,
  });
  await processAgain(ports, found);
}

/** Brings items of the journal through the ingest once more. */
export async function processAgain(ports: Ports, found: readonly Snapshot[]): Promise<void> {
  if (found.length === 0) return;
  const read = await Promise.all(found.map((one) => readOrLeave(ports, one)));
  const items = read.filter((item) => item !== null);
  const left = await ingest(ports, items, { deadline: Infinity, again: true });
  ports.log.info('sweep.journal', { items: items.length, left });
}

/**
 * An item that no reader takes is a person's matter: left as it is it would be found for ever. One whose
 * parts the store did not give just now may be as good as any: it is tried again as if its processing
 * had failed.
 */
async function readOrLeave(ports: Ports, found: Snapshot): Promise<Journaled | null> {
  const journalId = idOf(found.path);
  try {
    const item = await readAgain(ports, found);
    if (item !== null) return item;
    await settle(ports, [{ journalId }], { fate: 'parked', reason: 'processing-failed' });
    ports.log.error('sweep.unreadable', { journalId });
  } catch {
    await postpone(ports, [{ journalId }]);
    ports.log.error('sweep.not-read', { journalId });
  }
  return null;
}

/** For how long one sweep begins with conversations whose replies were not sent, ms: it must end in time. */
const BEGIN_MS = 120_000;

async function sweepOutbound(ports: Ports): Promise<void> {
  for await (const page of stuck(ports, 'sending'))
    await sideBySide(SIDE_BY_SIDE, entriesOf(page), (id) =>
      attempt(ports, 'sending', () => giveUp(ports, id)),
    );
  const until = ports.clock.now() + BEGIN_MS;
  const held = await findHeldNumbers(ports);
  const seen = new Set<string>();
  for await (const page of stuck(ports, 'queued')) {
    const found = new Set(entriesOf(page).map(({ conversationId }) => conversationId));
    const ids = [...found].filter((id) => !seen.has(id));
    ids.forEach((id) => seen.add(id));
    await sideBySide(SIDE_BY_SIDE, await leaveHeld(ports, ids, page, held), async (id) => {
      if (ports.clock.now() < until) await attempt(ports, 'queued', () => dispatch(ports, id, 0));
    });
    if (ports.clock.now() >= until) return;
  }
}

/**
 * Outbound entries that are in a state for longer than any wake-up takes, the oldest first, page by page:
 * those of a number that is not connected stay, and must not keep the others from being found.
 */
async function* stuck(
  { store, clock }: Ports,
  state: 'queued' | 'sending',
): AsyncGenerator<readonly Snapshot[]> {
  const before = clock.now() - PATIENCE_MS;
  for (let from = 0; ;) {
    const page = await store.query({
      collection: COLLECTIONS.timeline,
      everywhere: true,
      where: [
        ['kind', '==', 'outbound'],
        ['state', '==', state],
        ['at', '>=', from],
        ['at', '<', before],
      ],
      orderBy: [['at', 'asc']],
      limit: AT_ONCE,
    });
    yield page;
    // Entries of one millisecond are met again by the next page; were it all one, the page is skipped.
    const last = Number(page.at(-1)?.data?.['at'] ?? 0);
    if (page.length < AT_ONCE) return;
    from = last > from ? last : from + 1;
  }
}

async function findHeldNumbers({ store }: Ports): Promise<ReadonlySet<unknown>> {
  const found = await store.query({
    collection: COLLECTIONS.channels,
    where: [['health', '==', 'reconnect']],
    limit: AT_ONCE,
  });
  return new Set(found.map(({ path }) => idOf(path)));
}

/**
 * Those of these conversations whose number is connected, or of whose `queued` replies one may not leave
 * any more and goes back to its author; mostly all numbers are connected, and nothing is read.
 */
async function leaveHeld(
  { store, clock }: Ports,
  ids: readonly string[],
  queued: readonly Snapshot[],
  held: ReadonlySet<unknown>,
): Promise<readonly string[]> {
  if (held.size === 0 || ids.length === 0) return ids;
  const now = clock.now();
  const found = await store.read(ids.map(conversationPath));
  const rows = new Map(
    found.map((one) => [idOf(one.path), readable(one, conversationSchema)] as const),
  );
  const due = queued.flatMap((one) => {
    const { conversationId = '' } = parseEntryPath(one.path) ?? {};
    const row = rows.get(conversationId);
    if (!row || !held.has(row.channelId)) return [conversationId];
    const entry = readable(one, entrySchema);
    const stays = entry?.kind === 'outbound' && checkSend(entry, row, now) === 'send';
    return stays ? [] : [conversationId];
  });
  const dispatched = new Set(due);
  return ids.filter((id) => dispatched.has(id));
}

const entriesOf = (found: readonly Snapshot[]): readonly EntryId[] =>
  found.flatMap(({ path }) => parseEntryPath(path) ?? []);

/** A send whose worker is gone: nobody will ever hear its answer. A worker that lives renews its lease. */
async function giveUp(ports: Ports, id: EntryId): Promise<void> {
  const now = ports.clock.now();
  const [lock] = await ports.store.read([dispatchPath(id.conversationId)]);
  if ((parsed(lock, dispatchSchema)?.leaseUntil ?? 0) > now) return;
  await report(ports, id, { state: 'unknown', at: now });
  ports.log.error('sweep.unknown', { ...id });
}

/** Where the queue is down, media begun by one sweep: a download may take what is left of its time. */
const BY_ITSELF = 4;

/** Asks for media by tasks, since everything else waits for the sweep; without a queue it brings some. */
async function sweepMedia(ports: Ports): Promise<void> {
  const left = await wake(ports, await findDueMedia(ports));
  await sideBySide(BY_ITSELF, left.slice(0, BY_ITSELF), (id) =>
    attempt(ports, 'media', () => bringMedia(ports, id)),
  );
}

async function sweepClaims(ports: Ports): Promise<void> {
  for (const uid of await findUnapplied(ports))
    await attempt(ports, 'claims', () => applyClaims(ports, uid));
}
