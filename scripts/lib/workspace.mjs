/** The workspace of a local system: the demo one, or an empty one at its beginning. */
import path from 'node:path';
import { NODE, ROOT } from './paths.mjs';
import { must, toolEnv } from './processes.mjs';
import { step } from './say.mjs';

/**
 * Runs scripts/seed.ts against a local system.
 * @param {Record<string, string>} env how to find it (environment.mjs), settings included
 * @param {{empty?: boolean}} [options]
 */
export async function fillWorkspace(env, { empty = false } = {}) {
  const script = path.join(ROOT, 'scripts', 'seed.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, ...(empty ? ['--empty'] : [])];
  await step(empty ? 'Prepare an empty workspace' : 'Fill the demo workspace', async (busyWith) => {
    await must(
      NODE,
      args,
      { env: toolEnv(env), onLine: busyWith },
      empty ? 'The workspace could not be prepared.' : 'The demo workspace could not be filled.',
      'The error is above; run the command again.',
    );
  });
}
