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
        const granted = await leaseBlock(store, phoneNumberId, limit, now);
        if (granted === 0) await clock.wait(nextBlock(now));
        // Others of this instance may have spent meanwhile: the block comes on top of what is there now.
        else known.set(phoneNumberId, withBlock(known.get(phoneNumberId) ?? has, granted, now));
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
