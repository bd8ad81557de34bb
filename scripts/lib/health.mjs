/** Waiting until programs answer, and noticing when one of them never will. */
import { setTimeout as wait } from 'node:timers/promises';
import { lastOfLog } from './processes.mjs';
import { Problem } from './say.mjs';

/** One request with a short patience; null where nothing answers. @param {string} url @param {RequestInit} [init] */
export const ask = (url, init = {}) =>
  fetch(url, { ...init, signal: AbortSignal.timeout(5_000) }).catch(() => null);

/**
 * Waits until a check holds, a service dies, or patience ends.
 * @param {string} what people wait for, as in "… did not answer"
 * @param {() => Promise<boolean>} check
 * @param {{services: import('./processes.mjs').Service[], log: string, patience?: number}} options
 *   `patience` in ms
 */
export async function until(what, check, { services, log, patience = 90_000 }) {
  const dead = Promise.race(services.map((each) => each.died)).then((problem) => {
    throw problem;
  });
  await Promise.race([dead, holds(what, check, log, patience)]);
}

/** @param {string} what @param {() => Promise<boolean>} check @param {string} log @param {number} patience */
async function holds(what, check, log, patience) {
  const deadline = Date.now() + patience;
  while (!(await check())) {
    if (Date.now() > deadline) {
      throw new Problem(
        `${what} did not answer within ${Math.round(patience / 1000)} s.`,
        `The last lines of its log are above; the rest is in ${log}.`,
        await lastOfLog(log, 25),
      );
    }
    await wait(150);
  }
}
