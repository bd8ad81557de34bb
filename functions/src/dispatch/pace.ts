import {
  freshAllowance,
  lease,
  nextBlock,
  spend,
  throughputPath,
  throughputSchema,
  withBlock,
  create,
  update,
  type Allowance,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Pace, Ports } from '../ports.ts';

/**
 * The pace of this instance: a small share of every number's rate without a word to anybody, and beyond
 * it blocks that all instances lease from one document. One for as long as the instance lives.
 */
export function pacing({ store, clock }: Pick<Ports, 'store' | 'clock'>): Pace {
  const known = new Map<string, Allowance>();
  /** Numbers for which a block is being asked for: whoever else of this instance is in need waits for it. */
  const asking = new Map<string, Promise<void>>();
  const ask = async (phoneNumberId: string, limit: number): Promise<void> => {
    const now = clock.now();
    const granted = await leaseBlock(store, phoneNumberId, limit, now);
    if (granted === 0) return clock.wait(nextBlock(now));
    const has = known.get(phoneNumberId) ?? freshAllowance(now);
    known.set(phoneNumberId, withBlock(has, granted, now));
  };
  return {
    async pass(phoneNumberId, limit) {
      for (;;) {
        const now = clock.now();
        const has = known.get(phoneNumberId) ?? freshAllowance(now);
        const left = spend(has, limit, now);
        if (left !== null) {
          known.set(phoneNumberId, left);
          return;
        }
        const asked =
          asking.get(phoneNumberId) ??
          ask(phoneNumberId, limit).finally(() => asking.delete(phoneNumberId));
        asking.set(phoneNumberId, asked);
        await asked;
      }
    },
  };
}

const leaseBlock = (
  store: Ports['store'],
  phoneNumberId: string,
  limit: number,
  now: number,
): Promise<number> =>
  store.guarded(async ({ read }) => {
    const path = throughputPath(phoneNumberId);
    const [found] = await read([path]);
    const before = parsed(found, throughputSchema);
    const { after, granted } = lease(before, limit, now);
    if (granted === 0) return { writes: [], value: 0 };
    const data = { schemaVersion: 1, ...after };
    return { writes: [before === null ? create(path, data) : update(path, data)], value: granted };
  });
