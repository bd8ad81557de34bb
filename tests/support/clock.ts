import { randomBytes } from 'node:crypto';
import type { Ports } from '@switchboard/functions/testing';

/** A clock that tests move. */
export interface MovableClock {
  readonly clock: Ports['clock'];
  /** How long it was asked to wait, ms, in order; waiting moves the clock and takes no time. */
  readonly waits: readonly number[];
  move(ms: number): void;
  /** Called before each wait ends. */
  onWait(act: (ms: number) => Promise<void> | void): void;
}

/** A clock that begins now and stands still until it is moved or waited on. */
export function aClock(): MovableClock {
  let now = Date.now();
  const waits: number[] = [];
  let act: (ms: number) => Promise<void> | void = () => undefined;
  return {
    waits,
    move: (ms) => void (now += ms),
    onWait: (next) => void (act = next),
    clock: {
      now: () => now,
      newId: () => randomBytes(15).toString('base64url'),
      async wait(ms) {
        waits.push(ms);
        now += ms;
        await act(ms);
      },
    },
  };
}
