import type { Write } from '@switchboard/domain';
import { Contended, type Clock, type Gather, type Store } from '../ports.ts';

/** Tries of one guarded change; with the pauses below about four seconds in all. */
const TRIES = 14;
/** Longest pause before try n, ms: 2, 4, 8 … 512. */
const pause = (tries: number): number => Math.min(512, 2 ** tries);

/** One try of a guarded change: what it reads through `gather` is what its commit is guarded by. */
export interface Try {
  readonly gather: Gather;
  /** Applies the writes together; false where a guard did not hold, and then none was applied. */
  commit(writes: readonly Write[]): Promise<boolean>;
}

/** The loop of `Store.guarded` over whatever begins a try. `random` in [0, 1) spreads the pauses of rivals. */
export const guardedBy =
  (begin: () => Try, clock: Pick<Clock, 'wait'>, random: () => number): Store['guarded'] =>
  async (attempt) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { gather, commit } = begin();
      const { writes, value } = await attempt(gather, tries);
      if (writes.length === 0 || (await commit(writes))) return value;
      await clock.wait(random() * pause(tries + 1));
    }
    throw new Contended(TRIES);
  };
