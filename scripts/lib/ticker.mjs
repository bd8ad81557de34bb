/**
 * The local stand-in for Cloud Scheduler, which no emulator plays: every 2 s it enqueues the same
 * `sweep` task that the schedule enqueues in production, in the form that firebase-admin's
 * TaskQueue.enqueue sends. A sweep that still waits in the queue is not joined by another.
 */
import { PROJECT, REGION } from './environment.mjs';
import { ask } from './health.mjs';

const EVERY = 2_000;
const QUEUE = `projects/${PROJECT}/locations/${REGION}/queues/sweep`;

/** @param {number} port of the Cloud Tasks emulator @returns {{stop: () => void}} */
export function startTicker(port) {
  const tick = async () => {
    if ((await waiting(port)) === 0) await enqueueSweep(port);
  };
  const timer = setInterval(() => void tick(), EVERY);
  return { stop: () => clearInterval(timer) };
}

/** Enqueues one sweep. @param {number} port @returns {Promise<boolean>} whether the queue took it */
export async function enqueueSweep(port) {
  const answer = await ask(`http://127.0.0.1:${port}/${QUEUE}/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      task: {
        httpRequest: {
          url: '',
          body: Buffer.from(JSON.stringify({ data: {} })).toString('base64'),
          headers: { 'Content-Type': 'application/json' },
        },
      },
    }),
  });
  return answer?.ok === true;
}

/** How many sweeps wait to be dispatched, 0 where the emulator does not say. @param {number} port */
async function waiting(port) {
  const answer = await ask(`http://127.0.0.1:${port}/queueStats`);
  const stats = answer?.ok ? await answer.json() : {};
  return stats[`queue:${PROJECT}-${REGION}-sweep`]?.numberOfTasks ?? 0;
}
