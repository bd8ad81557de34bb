import type { Dispatch } from '../documents/dispatch.ts';

/** One message to one person per so many ms (Meta, "Pair rate limits"). */
const PAIR_EVERY_MS = 6_000;
/** So many may come at once, borrowed from the time to come. */
const PAIR_BURST = 45;

/**
 * How long the next message of a conversation must wait so that WhatsApp takes it (ms, 0: not at
 * all). `pairUntil` is what {@link pairSpent} made of those before it, epoch ms.
 */
export const pairWait = ({ pairUntil }: Pick<Dispatch, 'pairUntil'>, now: number): number =>
  Math.max(0, (pairUntil ?? 0) - now - (PAIR_BURST - 1) * PAIR_EVERY_MS);

/** Until when what was sent is borrowed, with one more sent now. Epoch ms. */
export const pairSpent = ({ pairUntil }: Pick<Dispatch, 'pairUntil'>, now: number): number =>
  Math.max(pairUntil ?? 0, now) + PAIR_EVERY_MS;

/** Messages a second that a number may send where its document names no other (Meta, "Throughput"). */
export const STANDARD_THROUGHPUT = 80;

/** Instances of the dispatcher that may run at once: among them half of a number's rate is divided. */
export const INSTANCES = 20;

/** The most that is leased at once. */
const BLOCK = 20;

/** What one instance may still send for a number: its own small share, and what it leased for this second. */
export interface Allowance {
  /** Messages of its own share that it may send, and since when they are so many (epoch ms). */
  readonly own: number;
  readonly at: number;
  /** Leased messages left, good for this second of the epoch. */
  readonly leased: number;
  readonly second: number;
}

/** The allowance of an instance that has sent nothing yet. */
export const freshAllowance = (now: number): Allowance => ({
  own: 1,
  at: now,
  leased: 0,
  second: 0,
});

const secondOf = (now: number): number => Math.floor(now / 1000);

/**
 * One message out of an allowance, or `null` where it holds none and a block must be leased. Half of
 * the number's rate (`limit`, messages a second) is shared out among all instances that may be, so that
 * at an ordinary pace nobody writes anything down.
 */
export function spend(allowance: Allowance, limit: number, now: number): Allowance | null {
  const rate = limit / 2 / INSTANCES;
  const grown = allowance.own + ((now - allowance.at) / 1000) * rate;
  const own = Math.min(Math.max(1, rate), grown);
  if (own >= 1) return { ...allowance, own: own - 1, at: now };
  if (allowance.second === secondOf(now) && allowance.leased > 0)
    return { ...allowance, own, at: now, leased: allowance.leased - 1 };
  return null;
}

/** What all instances together have leased of a number in one second. */
export interface Leased {
  readonly second: number;
  readonly leased: number;
}

/** A block of the number's other half, for this second; `granted` 0 where it is given away already. */
export function lease(
  before: Leased | null,
  limit: number,
  now: number,
): { readonly after: Leased; readonly granted: number } {
  const second = secondOf(now);
  // A clock that is behind another must not give a second away again.
  const at = Math.max(second, before?.second ?? 0);
  const leased = before?.second === at ? before.leased : 0;
  const granted = at === second ? Math.max(0, Math.min(BLOCK, Math.floor(limit / 2) - leased)) : 0;
  return { after: { second: at, leased: leased + granted }, granted };
}

/** The allowance with a block that was just leased, on top of what is left of this second's others. */
export const withBlock = (allowance: Allowance, granted: number, now: number): Allowance => ({
  ...allowance,
  leased: granted + (allowance.second === secondOf(now) ? allowance.leased : 0),
  second: secondOf(now),
});

/** How long until another block may be had, ms. */
export const nextBlock = (now: number): number => 1000 - (now % 1000);
