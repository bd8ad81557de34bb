/**
 * Functions that tests of faults can break: they look for Firestore where a line of the test carries
 * them to it, and each of their processes signs in, so that a test can kill it.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Runs before the functions' own code: firebase-tools lets no setting say where Firestore is. A process
 * signs in once it has told firebase-tools that it is there; one that dies before is waited for.
 */
const entry = (/** @type {number} */ port, /** @type {string} */ workers) => `
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
process.env.FIRESTORE_EMULATOR_HOST = '127.0.0.1:${port}';
subscribe('http.server.response.finish', ({ request }) => {
  if (request.url === '/__/health')
    writeFileSync(${JSON.stringify(workers)} + '/' + process.pid, process.env.FUNCTION_TARGET ?? '');
});
`;

/** The emulator starts a process for each request at the same time; more of them only slow each other. */
export const FEW_PROCESSES = { FUNCTIONS_EMULATOR_PARALLEL: '8' };

/**
 * Makes the functions in a folder breakable.
 * @param {string} folder as `buildFunctions` leaves it
 * @param {number} port where the line begins
 * @param {string} workers a folder that holds, for each process, a file of its pid with its function's name
 */
export async function makeBreakable(folder, port, workers) {
  await rm(workers, { recursive: true, force: true });
  await mkdir(workers, { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  await writeFile(path.join(folder, 'first.js'), entry(port, workers));
  await writeFile(
    path.join(folder, 'breakable.js'),
    `import './first.js';\nexport * from './${manifest.main}';\n`,
  );
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ ...manifest, main: 'breakable.js' }, null, 2),
  );
}
