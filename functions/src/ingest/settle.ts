import {
  decideRetry,
  FATE_TRANSITIONS,
  journalExpiry,
  journalPath,
  journalSchema,
  update,
  type FateReason,
  type Write,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import type { Ports, Snapshot } from '../ports.ts';
import type { Journaled } from '../webhook/journaled.ts';

/** What became of items that led to no commit of their own. */
export interface Settled {
  readonly fate: 'ignored' | 'parked';
  readonly reason: FateReason;
}

/** Writes the fate of items, as far as `FATE_TRANSITIONS` lets them have it: what is done stays done. */
export async function settle(
  ports: Pick<Ports, 'store' | 'clock'>,
  items: readonly Pick<Journaled, 'journalId'>[],
  { fate, reason }: Settled,
): Promise<void> {
  const expireAt = fate === 'parked' ? null : journalExpiry(ports.clock.now());
  await ports.store.guarded(async ({ read }) => {
    const found = await read(items.map(({ journalId }) => journalPath(journalId)));
    const open = found.filter((one) => {
      if (one.data === null) return false;
      const before = readable(one, journalSchema)?.fate;
      // One that can't be read is parked: a person must look.
      return before === undefined || FATE_TRANSITIONS[before].includes(fate);
    });
    return {
      value: null,
      writes: open.map(({ path }) => update(path, { fate, reason, expireAt })),
    };
  });
}

/**
 * Leaves items to the sweep; after enough tries, to a person. What is done stays done. Answers how
 * many there are.
 */
export async function postpone(
  ports: Pick<Ports, 'store' | 'clock' | 'log'>,
  group: readonly Pick<Journaled, 'journalId'>[],
): Promise<number> {
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
