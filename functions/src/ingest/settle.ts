import {
  journalExpiry,
  journalPath,
  merge,
  update,
  type DocumentData,
  type FateReason,
  type Write,
} from '@switchboard/domain';
import type { Ports } from '../ports.ts';
import type { Journaled } from '../webhook/journaled.ts';

/** Tries of an item before a person must look: with the pauses between them about twenty minutes. */
const ITEM_ATTEMPTS = 8;
/** The pause after the first try, ms; each further one is twice as long. */
const FIRST_PAUSE_MS = 10_000;

/** What became of items that led to no commit of their own. */
export interface Settled {
  readonly fate: 'ignored' | 'parked';
  readonly reason: FateReason;
}

/** Writes the fate of items. */
export async function settle(
  ports: Pick<Ports, 'store' | 'clock'>,
  items: readonly Pick<Journaled, 'journalId'>[],
  { fate, reason }: Settled,
): Promise<void> {
  const expireAt = fate === 'parked' ? null : journalExpiry(ports.clock.now());
  const writes = items.map(({ journalId }) =>
    merge(journalPath(journalId), { fate, reason, expireAt }),
  );
  await ports.store.guarded(() => Promise.resolve({ writes, value: null }));
}

/**
 * Leaves items to the sweep; after enough tries, to a person. What is done stays done. Answers how
 * many there are.
 */
export async function postpone(ports: Ports, group: readonly Journaled[]): Promise<number> {
  await ports.store
    .guarded(async ({ read }) => {
      const found = await read(group.map(({ journalId }) => journalPath(journalId)));
      const now = ports.clock.now();
      return { value: null, writes: found.flatMap(({ path, data }) => tryLater(path, data, now)) };
    })
    .catch(() => {
      // They stay as they are, and the sweep finds them as such.
      ports.log.error('ingest.not-postponed', { items: group.length });
    });
  return group.length;
}

function tryLater(path: string, data: DocumentData | null, now: number): readonly Write[] {
  if (data?.['fate'] !== 'new' && data?.['fate'] !== 'retry') return [];
  const attempts = Number(data['attempts'] ?? 0) + 1;
  const after =
    attempts < ITEM_ATTEMPTS
      ? { fate: 'retry', attempts, retryAt: now + FIRST_PAUSE_MS * 2 ** (attempts - 1) }
      : { fate: 'parked', reason: 'processing-failed', attempts };
  return [update(path, after)];
}
