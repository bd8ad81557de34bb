#!/usr/bin/env node
/**
 * Fills the emulators with the demo workspace; with `--empty`, only with what the admin needs to sign in
 * and set one up. Changes nothing where a workspace is there. See docs/demo.md.
 */
import { workspacePath } from '@switchboard/domain';
import { localWorkspace, type LocalWorkspace } from '@switchboard/functions/seeding';
import {
  agentOf,
  colleagueWrites,
  KESTREL,
  PASSWORD,
  settingsWrite,
  UIDS,
  UNNAMED,
  type Uid,
} from './demo/office.ts';
import { fillSandbox, giveFiles } from './demo/sandbox.ts';
import { documentsOf, playDemo } from './demo/workspace.ts';
import { PROJECT } from './lib/environment.mjs';
import { Problem, say, sayProblem } from './lib/say.mjs';
import { readEnvFile, settingsFor } from './lib/settings.mjs';

const { env } = process;

// The Firestore client would look for Google's metadata server, for seconds where there is no network.
env['METADATA_SERVER_DETECTION'] ??= 'none';

function demandEmulators(): void {
  const missing = ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST'].filter(
    (name) => !env[name],
  );
  if (missing.length > 0)
    throw new Problem(
      `The demo is for the emulators only; not set: ${missing.join(', ')}.`,
      'Run "npm start", which seeds by itself, or set both to the emulators\' host:port.',
    );
}

const addAccounts = (local: LocalWorkspace, uids: readonly Uid[]): Promise<void> =>
  local.addAccounts(
    uids.map((uid) => {
      const { email, name, claims } = agentOf(uid);
      return { uid, email, name, claims, password: PASSWORD };
    }),
  );

async function seedEmpty(local: LocalWorkspace): Promise<void> {
  await addAccounts(local, ['ravi']);
  const writes = [...colleagueWrites(['ravi']), settingsWrite(UNNAMED)];
  await local.write(writes.map(({ path, data }) => [path, data]));
  say('An empty workspace: sign in as ravi@demo.test to set it up.');
}

async function seedDemo(local: LocalWorkspace): Promise<void> {
  const start = Date.now();
  const [demo] = await Promise.all([
    playDemo(start, await secretsFile()),
    addAccounts(local, UIDS),
  ]);
  const settings = settingsWrite(KESTREL);
  const sandbox = env['SWITCHBOARD_SANDBOX_URL'];
  if (sandbox) await giveFiles(sandbox);
  await local.write([...documentsOf(demo, start), [settings.path, settings.data]]);
  if (sandbox) await fillSandbox(sandbox, demo.customers);
  say(`The demo workspace: ${UIDS.length} colleagues, ${demo.customers.length} conversations.`);
}

/** The SecretStore of the functions that run beside: named by whoever starts us, else by `.env`. */
const secretsFile = async (): Promise<string> =>
  env['SECRETS_FILE'] || (settingsFor({}, { file: await readEnvFile() })['SECRETS_FILE'] ?? '');

async function seed(): Promise<void> {
  demandEmulators();
  const local = localWorkspace(env['GCLOUD_PROJECT'] || PROJECT);
  try {
    if (await local.has(workspacePath())) say('A workspace is there already: left as it is.');
    else await (process.argv.includes('--empty') ? seedEmpty(local) : seedDemo(local));
  } finally {
    await local.close();
  }
}

await seed().catch((error: unknown) => {
  sayProblem(error);
  process.exitCode = 1;
});
