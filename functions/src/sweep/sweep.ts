import { COLLECTIONS, parseEntryPath } from '@switchboard/domain';
import { dispatch } from '../dispatch/dispatch.ts';
import { report } from '../dispatch/report.ts';
import { ingest } from '../ingest/ingest.ts';
import { applyClaims, findUnapplied } from '../people/people.ts';
import type { Ports, Snapshot } from '../ports.ts';
import { readAgain, type Journaled } from '../webhook/journal.ts';

/** How long something may wait for its wake-up before the sweep does its work, ms. */
const PATIENCE_MS = 30_000;
/** Journal items that nobody has begun may be in another request's hands for this long, ms. */
const JOURNAL_PATIENCE_MS = 5_000;
/** Items of one kind in one sweep; the next one goes on. */
const AT_ONCE = 500;

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
 * Does the work of every wake-up that was lost: journal items not processed, replies not sent, sends
 * without an answer, claims not in force. Alone it is enough; everything else only makes it faster.
 */
export async function sweep(ports: Ports): Promise<void> {
  await sweepJournal(ports);
  await sweepOutbound(ports);
  for (const uid of await findUnapplied(ports)) await applyClaims(ports, uid);
}

async function sweepJournal(ports: Ports): Promise<void> {
  const before = ports.clock.now() - JOURNAL_PATIENCE_MS;
  for (const fate of ['new', 'retry'] as const) {
    const found = await ports.store.query({
      collection: COLLECTIONS.journal,
      where: [
        ['fate', '==', fate],
        ['receivedAt', '<', before],
      ],
      orderBy: [['receivedAt', 'asc']],
      limit: AT_ONCE,
    });
    await processAgain(ports, found);
  }
}

async function processAgain(ports: Ports, found: readonly Snapshot[]): Promise<void> {
  if (found.length === 0) return;
  const read = await Promise.all(found.map((one) => readAgain(ports, one)));
  const items = read.filter((item): item is Journaled => item !== null);
  const left = await ingest(ports, items, { appId: null, deadline: Infinity, again: true });
  ports.log.info('sweep.journal', { items: items.length, left });
}

async function sweepOutbound(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  for (const state of ['queued', 'sending'] as const) {
    const stuck = await ports.store.query({
      collection: COLLECTIONS.timeline,
      everywhere: true,
      where: [
        ['state', '==', state],
        ['at', '<', now - PATIENCE_MS],
      ],
      orderBy: [['at', 'asc']],
      limit: AT_ONCE,
    });
    for (const { path, data } of stuck) await rescue(ports, path, data, now);
  }
}

async function rescue(
  ports: Ports,
  path: string,
  data: Snapshot['data'],
  now: number,
): Promise<void> {
  const id = parseEntryPath(path);
  if (id === null) return;
  if (data?.['state'] === 'queued') return dispatch(ports, id.conversationId);
  // A worker that still lives renews its lease; without one, nobody will ever hear the answer.
  const [lock] = await ports.store.read([`${COLLECTIONS.dispatch}/${id.conversationId}`]);
  if (Number(lock?.data?.['leaseUntil'] ?? 0) > now) return;
  await report(ports, id, { state: 'unknown', at: now });
  ports.log.error('sweep.unknown', { ...id });
}
