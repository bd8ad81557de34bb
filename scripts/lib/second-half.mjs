/** What every second half (see bootstrap.mjs) does: run, stop what it started, exit with its code. */
import { runningPids, stopAll } from './processes.mjs';
import { sayProblem } from './say.mjs';

/** Thrown into the work when a person wants it to end. */
export class Stopped extends Error {}

/**
 * @param {(context: {stopped: Promise<never>, args: string[]}) => Promise<number>} work resolves to the
 *   exit code; `stopped` rejects when a signal comes or the first half is gone
 */
export async function secondHalf(work) {
  const stopped = whenStopped();
  stopped.catch(() => undefined);
  const telling = setInterval(
    () => process.connected && process.send?.({ family: runningPids() }),
    1_000,
  );
  let code = 1;
  try {
    code = await Promise.race([work({ stopped, args: process.argv.slice(2) }), stopped]);
  } catch (error) {
    if (error instanceof Stopped) code = 130;
    else sayProblem(error);
  } finally {
    clearInterval(telling);
    await stopAll();
  }
  process.exit(code);
}

/** @returns {Promise<never>} */
function whenStopped() {
  return new Promise((_, reject) => {
    const stop = () => reject(new Stopped());
    process.on('message', (message) => message?.signal && stop());
    process.on('disconnect', stop);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  });
}
