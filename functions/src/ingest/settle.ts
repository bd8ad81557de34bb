import {
  decideRetry,
  journalExpiry,
  journalPath,
  journalSchema,
  merge,
  update,
  type FateReason,
  type Write,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Ports, Snapshot } from '../ports.ts';
import type { Journaled } from '../webhook/journaled.ts';

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
      return { value: null, writes: found.flatMap((one) => tryLater(one, now)) };
    })
    .catch(() => {
      // They stay as they are, and the sweep finds them as such.
      ports.log.error('ingest.not-postponed', { items: group.length });
    });
  return group.length;
}

function tryLater(found: Snapshot, now: number): readonly Write[] {
  const item = parsed(found, journalSchema);
  const after = item && decideRetry(item, now);
  return after ? [update(found.path, { ...after })] : [];
}
