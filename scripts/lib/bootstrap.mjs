/**
 * The first half of `npm start` and `npm test`: runs under whatever Node (20 or newer) the machine has,
 * with Node's own modules only; installs, then hands over to Node 22. The two halves watch each other,
 * so that nothing keeps running when one of them is killed.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { NODE, ROOT } from './paths.mjs';
import { killFamily, descendants, stopAll, toolEnv } from './processes.mjs';
import { sayProblem } from './say.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Sets up and runs a script of this folder under Node 22; exits as it exits.
 * @param {string} script file name in scripts/lib
 * @param {{before?: () => Promise<{release: () => void}>}} [options] `before` takes the place of this
 *   run before anything is changed
 */
export async function bootstrap(script, { before } = {}) {
  const cancel = stopOnSignal();
  let place;
  try {
    place = await before?.();
    await ensureDependencies();
    cancel();
    process.exitCode = await handOver(path.join(ROOT, 'scripts', 'lib', script));
  } catch (error) {
    sayProblem(error);
    process.exitCode = 1;
  } finally {
    place?.release();
  }
}

/** While installing, a signal ends what runs, then us. @returns {() => void} takes it back */
function stopOnSignal() {
  const stop = async (/** @type {NodeJS.Signals} */ signal) => {
    await stopAll();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  return () => SIGNALS.forEach((signal) => process.removeListener(signal, stop));
}

/**
 * Runs the second half. It is told of signals by message, since a Ctrl-C may reach it twice or, when
 * npm sends it, not at all; and it ends when the channel to us breaks.
 * @param {string} file
 * @returns {Promise<number>} its exit code
 */
function handOver(file) {
  const child = fork(file, process.argv.slice(2), {
    execPath: NODE,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: toolEnv(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  for (const signal of SIGNALS) process.on(signal, () => child.connected && child.send({ signal }));
  let family = [];
  child.on('message', (message) => {
    if (Array.isArray(message?.family)) family = message.family;
  });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      sayProblem(error);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      const left = family.flatMap((pid) => [pid, ...descendants(pid)]);
      if (signal && child.pid) killFamily(child.pid, left);
      resolve(code ?? 1);
    });
  });
}
