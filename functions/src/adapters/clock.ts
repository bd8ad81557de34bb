import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

/** The machine's time and chance. */
export const systemClock: Clock = {
  now: () => Date.now(),
  newId: () => randomBytes(15).toString('base64url'),
  wait: async (ms) => {
    await setTimeout(ms);
  },
};
