/** The second half of `npm start`: everything up, the demo workspace in, addresses printed. */
import { startSystem } from './emulators.mjs';
import { findFirestoreEmulator } from './firestore-emulator.mjs';
import { notePorts } from './own-system.mjs';
import { shown } from './paths.mjs';
import { demandFree, portsFrom } from './ports.mjs';
import { bold, dim, Problem, say } from './say.mjs';
import { secondHalf } from './second-half.mjs';
import { adoptToolSettings, readEnvFile, settingsFor } from './settings.mjs';
import { startTicker } from './ticker.mjs';
import { fillWorkspace } from './workspace.mjs';

const PASSWORD = 'switchboard';

await secondHalf(async ({ stopped, args }) => {
  const { empty, ci } = parse(args);
  const file = await readEnvFile();
  adoptToolSettings(file);
  const ports = portsFrom({ ...file, ...process.env });
  await demandFree(ports);
  await notePorts(ports);
  const settings = settingsFor(ports, { file });
  const emulator = await findFirestoreEmulator();

  const system = await startSystem({ name: 'start', ports, settings, emulator });
  await fillWorkspace({ ...system.env, ...settings }, { empty });
  const ticker = startTicker(ports.tasks);
  announce(ports, { empty, logs: shown(system.logs) });
  if (ci) say('ready');

  try {
    throw await Promise.race([...system.services.map((each) => each.died), stopped]);
  } finally {
    ticker.stop();
    say('\nStopping …');
  }
});

/** @param {string[]} args */
function parse(args) {
  const known = ['--empty', '--ci'];
  const strange = args.find((arg) => !known.includes(arg));
  if (strange) {
    throw new Problem(
      `npm start does not know "${strange}".`,
      'It takes --empty (no demo workspace) and --ci (prints "ready").',
    );
  }
  return { empty: args.includes('--empty'), ci: args.includes('--ci') };
}

/** @param {Record<string, number>} ports */
function announce(ports, { empty, logs }) {
  const url = (/** @type {string} */ name, suffix = '') =>
    `http://127.0.0.1:${ports[name]}${suffix}`;
  say('');
  say(bold('Switchboard is running.'));
  say('');
  say(`  The app            ${bold(url('hosting', '/'))}`);
  say(`  A customer's phone ${bold(url('sandbox', '/phone?from=15550123456'))}`);
  say(`  The webhook        ${url('hosting', '/whatsapp/webhook')}`);
  say(`  Graph API          ${url('sandbox', '/v24.0/…')}`);
  say(
    dim(
      `  Emulators          auth ${ports.auth}, firestore ${ports.firestore}, functions ${ports.functions}, tasks ${ports.tasks}`,
    ),
  );
  say(dim(`  Logs               ${logs}/`));
  say('');
  if (empty)
    say(`  The workspace is empty; only ravi@demo.test (admin, password ${PASSWORD}) can sign in.`);
  else sayPeople();
  say('');
  say('  Ctrl-C stops everything.');
  say('');
}

function sayPeople() {
  say(`  Sign in as (password ${bold(PASSWORD)}):`);
  say('    jonas@demo.test   agent, support        ana, marek, nadia, dana: support too');
  say('    tomas@demo.test   agent, sales          leila, omar: sales too');
  say('    priya@demo.test   agent, billing        emil: billing too');
  say('    carmen@demo.test  supervisor, all teams');
  say('    ravi@demo.test    admin');
  say('  First thing to try: write from the phone, and watch it arrive in the Queue.');
}
