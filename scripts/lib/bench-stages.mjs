/** The second half of `npm run bench`: runs the rows of bench/, each in a process of its own. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { isMet, wordsOf } from '../../bench/lib/goals.ts';
import { ROWS } from '../../bench/rows.ts';
import { findBrowser } from './browser.mjs';
import { environment } from './environment.mjs';
import { describeFirestoreEmulator, findFirestoreEmulator } from './firestore-emulator.mjs';
import { watchOthers } from './others.mjs';
import { CACHE, NODE, ROOT } from './paths.mjs';
import { portsFrom } from './ports.mjs';
import { must, run, toolEnv } from './processes.mjs';
import { bold, dim, green, Problem, red, say, sayProblem, step } from './say.mjs';
import { secondHalf, Stopped } from './second-half.mjs';
import { startTestSystem } from './test-system.mjs';
import { startTicker } from './ticker.mjs';

/** @typedef {import('../../bench/rows.ts').Row} Row */
/** @typedef {{row: string, command: string, others: number | null, figures: import('../../bench/lib/row.ts').Figure[], samples: Record<string, number[]>, setting: string}} Result */

const RESULTS = path.join(ROOT, 'bench', 'results.json');
/** A time, a rate or points for them may be missed by a busy machine; anything else by nothing but the program. */
const OF_THE_MACHINE = new Set(['ms', '/s', 'points']);

await secondHalf(async ({ args, stopped }) => {
  let over = false;
  stopped.catch(() => (over = true));
  const { rows, asked } = choose(args);
  const machine = await describeMachine();
  say(bold(machineLine(machine, asked)));
  /** @type {Result[]} */
  const results = [];
  const record = async (/** @type {Result} */ result) => {
    results.push(result);
    await keep(machine, result);
  };
  const failed = await runAll(rows, asked, { record, isOver: () => over });
  const missed = results.flatMap(({ figures }) => figures).filter((figure) => missesGoal(figure));
  say(dim(`Samples are in ${path.relative(ROOT, RESULTS)}.`));
  return failed || missed.some(({ unit }) => !OF_THE_MACHINE.has(unit)) ? 1 : 0;
});

/** @param {string[]} args */
function choose(args) {
  const names = args.filter((arg) => arg !== '--full');
  const strange = names.find((name) => !ROWS.some((row) => row.name === name));
  if (strange) {
    throw new Problem(
      `npm run bench has no row "${strange}".`,
      `Its rows are ${ROWS.map(({ name }) => name).join(', ')}; without a name it runs all of them. --full runs each as long as its goal asks.`,
    );
  }
  const full = args.includes('--full');
  const asked = {
    BENCH_SEED: process.env.BENCH_SEED || '1',
    BENCH_SECONDS: process.env.BENCH_SECONDS || (full ? '60' : '20'),
    BENCH_N: process.env.BENCH_N || (full ? '200' : '40'),
    BENCH_INSTANCES: process.env.BENCH_INSTANCES || '2',
    BENCH_FULL: full ? '1' : '0',
  };
  return { rows: ROWS.filter(({ name }) => names.length === 0 || names.includes(name)), asked };
}

/** What figures depend on, without the names of things and times. */
async function describeMachine() {
  const { kind } = await findFirestoreEmulator();
  const emulator =
    kind === 'official' ? 'official Firestore emulator' : await describeFirestoreEmulator();
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.versions.node,
    emulator: emulator?.replace(/ \(.*\)$/, '') ?? 'unknown',
  };
}

function machineLine(machine, asked) {
  const { cores, processor, node, emulator } = machine;
  return `${cores} cores (${processor}), Node ${node}, ${emulator}; seed ${asked.BENCH_SEED}`;
}

/**
 * Runs the rows, with what they need started once for all of them.
 * @param {readonly Row[]} rows
 * @param {Record<string, string>} asked
 * @param {{record: (result: Result) => Promise<void>, isOver: () => boolean}} how `isOver`: somebody
 *   wants all of it to end
 * @returns {Promise<boolean>} whether any could not be measured
 */
async function runAll(rows, asked, { record, isOver }) {
  let failed = false;
  const each = async (/** @type {Row} */ row, env) => {
    try {
      await record(await runRow(row, asked, env));
    } catch (error) {
      if (isOver()) throw new Stopped();
      sayProblem(error);
      failed = true;
    }
  };
  for (const row of rows.filter(({ needs }) => needs === 'nothing')) await each(row, {});
  const built = rows.filter(({ needs }) => needs === 'build');
  if (built.length > 0) {
    const BENCH_DIST = await buildForProduction();
    const CHROMIUM_PATH = await findBrowser();
    for (const row of built) await each(row, { BENCH_DIST, CHROMIUM_PATH });
  }
  const alone = ['nothing', 'build', 'machine'];
  const running = rows.filter(({ needs }) => !alone.includes(needs));
  if (running.length > 0) await againstTheSystem(running, each);
  // Nothing else runs meanwhile: what it measures is the machine.
  for (const row of rows.filter(({ needs }) => needs === 'machine'))
    await each(row, {
      CHROMIUM_PATH: await findBrowser(),
      BENCH_SYSTEM: JSON.stringify(environment(portsFrom({}, 1_000))),
    });
  return failed;
}

/** @param {Row[]} rows @param {(row: Row, env: Record<string, string>) => Promise<void>} each */
async function againstTheSystem(rows, each) {
  const needing = (/** @type {import('../../bench/rows.ts').Needs} */ what) =>
    rows.filter(({ needs }) => needs === what);
  const onScreens = needing('demo').length + needing('big').length > 0;
  const browser = onScreens ? await findBrowser() : '';
  const system = await startTestSystem();
  try {
    for (const row of needing('system')) await each(row, system.env);
    if (!onScreens) return;
    await seed(system.env);
    const env = { ...system.env, CHROMIUM_PATH: browser };
    const ticker = startTicker(system.ports.tasks);
    for (const row of needing('demo')) await each(row, env);
    ticker.stop();
    for (const row of needing('big')) await each(row, env);
  } finally {
    await system.stop();
  }
}

/** @param {Record<string, string>} env */
async function seed(env) {
  await step('Fill the demo workspace', async (busyWith) => {
    const args = ['--disable-warning=ExperimentalWarning', path.join(ROOT, 'scripts', 'seed.ts')];
    await must(
      NODE,
      args,
      { env: toolEnv(env), onLine: busyWith },
      'The demo workspace could not be filled.',
    );
  });
}

/** The app as it is deployed, apart from the builds that emulators serve. @returns {Promise<string>} */
async function buildForProduction() {
  const folder = path.join(ROOT, 'web', 'dist-bench');
  await step('Build the app for production', async (busyWith) => {
    const args = ['run', 'build', '-w', 'web', '--', '--outDir', 'dist-bench', '--emptyOutDir'];
    // No project is asked anything; without its name the sign-in would fail to load.
    const env = toolEnv({ VITE_FIREBASE_PROJECT_ID: 'bench', VITE_FIREBASE_API_KEY: 'bench' });
    await must('npm', args, { env, onLine: busyWith }, 'The app does not build.');
  });
  return folder;
}

/**
 * @param {Row} row
 * @param {Record<string, string>} asked
 * @param {Record<string, string>} env
 * @returns {Promise<Result>}
 */
async function runRow(row, asked, env) {
  say(`\n${bold(`── ${row.numbers}: ${row.title} `.padEnd(100, '─'))}`);
  const file = path.join(CACHE, 'bench', `${row.name}-${process.pid}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  const args = ['--disable-warning=ExperimentalWarning', path.join('bench', `${row.name}.ts`)];
  const rowEnv = { ...env, ...asked, BENCH_RESULT: file, METADATA_SERVER_DETECTION: 'none' };
  const watch = watchOthers();
  const { code } = await run(NODE, args, { env: toolEnv(rowEnv), inherit: true });
  const others = watch.stop();
  if (code !== 0) throw new Problem(`The row "${row.name}" could not be measured.`);
  const measured = JSON.parse(await readFile(file, 'utf8'));
  await rm(file);
  const result = { row: row.name, command: commandOf(row, asked), others, ...measured };
  print(result);
  return result;
}

/** What a person types to have the same again. @param {Row} row @param {Record<string, string>} asked */
function commandOf({ name }, asked) {
  const { BENCH_FULL, ...numbers } = asked;
  const variables = Object.entries(numbers).map((pair) => pair.join('='));
  const full = BENCH_FULL === '1' ? ' --full' : '';
  return `${variables.join(' ')} npm run bench -- ${name}${full}`;
}

/** @param {import('../../bench/lib/row.ts').Figure} figure */
function missesGoal({ goal, value }) {
  return goal !== null && !isMet(value, goal);
}

/** @param {Result} result */
function print({ command, others, figures, setting }) {
  const beside =
    others === null ? '' : `; other programs used ${others.toFixed(2)} cores meanwhile`;
  say(dim(`${command}\n${setting}${beside}`));
  for (const { name, value, unit, goal } of figures) {
    const shown = (/** @type {number} */ number) =>
      `${unit === 'ms' ? number.toFixed(1) : number.toLocaleString('en')} ${unit}`.trimEnd();
    const verdict = goal === null ? ' ' : isMet(value, goal) ? green('✓') : red('✗');
    const wanted = goal === null ? '' : `${wordsOf(goal).sign} ${shown(wordsOf(goal).number)}`;
    say(`${verdict} ${name.padEnd(66)} ${shown(value).padStart(12)}  ${dim(wanted)}`);
  }
}

/** Writes a row's result beside what other rows left there. @param {object} machine @param {Result} result */
async function keep(machine, result) {
  const text = await readFile(RESULTS, 'utf8').catch(() => '{}');
  const { rows = {} } = JSON.parse(text);
  const { row, ...rest } = result;
  await writeFile(
    RESULTS,
    `${JSON.stringify({ rows: { ...rows, [row]: { machine, ...rest } } }, null, 1)}\n`,
  );
}
