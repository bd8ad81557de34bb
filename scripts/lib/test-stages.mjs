/** The second half of `npm test`: the stages, one after another, and the sum at the end. */
import { findBrowser } from './browser.mjs';
import { emptySystem } from './emulators.mjs';
import { bold, dim, duration, green, Problem, red, say, sayProblem } from './say.mjs';
import { secondHalf, Stopped } from './second-half.mjs';
import { adoptToolSettings, readEnvFile } from './settings.mjs';
import { stages } from './stages.mjs';
import { startTestSystem } from './test-system.mjs';
import { startTicker } from './ticker.mjs';
import { fillWorkspace } from './workspace.mjs';
import { line, NONE, one, sum } from './totals.mjs';

await secondHalf(async ({ args }) => {
  adoptToolSettings(await readEnvFile());
  const { names, more } = apart(args);
  const chosen = choose(names);
  /** @type {{name: string, totals: import('./totals.mjs').Totals, ms: number}[]} */
  const results = [];
  const record = async (/** @type {import('./stages.mjs').Stage} */ stage, how) => {
    results.push(await timed(stage, { ...how, more }));
  };

  for (const stage of chosen.filter(({ needs }) => needs === 'nothing'))
    await record(stage, { inherit: true });
  const failed = (/** @type {string} */ name) => results.push({ name, totals: one(false), ms: 0 });
  const needing = (/** @type {string[]} */ needs) =>
    chosen.filter((stage) => needs.includes(stage.needs));
  await againstTheSystem(needing(['emulators', 'browser']), {}, record, failed);
  await againstTheSystem(needing(['faults']), { breakable: true }, record, failed);

  summary(results);
  const totals = sum(results.map((result) => result.totals));
  say(line(totals));
  return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
});

/** Names of stages, and what stands after `--` for their runner: `npm test -- rules -- -t drafts`. @param {string[]} args */
function apart(args) {
  const at = args.indexOf('--');
  return at < 0
    ? { names: args, more: [] }
    : { names: args.slice(0, at), more: args.slice(at + 1) };
}

/** @param {string[]} names @returns {import('./stages.mjs').Stage[]} */
function choose(names) {
  const all = stages();
  const strange = names.find((name) => !all.some((stage) => stage.name === name));
  if (strange) {
    throw new Problem(
      `npm test has no stage "${strange}".`,
      `Its stages are ${all.map(({ name }) => name).join(', ')}; without a name it runs all of them.`,
    );
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** @param {import('./stages.mjs').Stage} stage @param {import('./stages.mjs').How} how */
async function timed(stage, how) {
  say(`\n${bold(`── ${stage.name} `.padEnd(72, '─'))}`);
  const started = Date.now();
  const { totals } = await stage.run(how);
  const ms = Date.now() - started;
  say(`${mark(totals)} ${stage.name}: ${line(totals)} ${dim(duration(ms))}`);
  return { name: stage.name, totals, ms };
}

/** @param {import('./totals.mjs').Totals} totals */
function mark(totals) {
  return totals.failed > 0 ? red('✗') : green('✓');
}

/**
 * Runs stages against one local system, emptied before each. Where it cannot be started, each of them
 * has failed.
 * @param {import('./stages.mjs').Stage[]} chosen
 * @param {{breakable?: boolean}} kind of system
 * @param {(stage: import('./stages.mjs').Stage, how: import('./stages.mjs').How) => Promise<void>} record
 * @param {(name: string) => void} recordFailure
 */
async function againstTheSystem(chosen, kind, record, recordFailure) {
  if (chosen.length === 0) return;
  say(`\n${bold('── emulators '.padEnd(72, '─'))}`);
  /** @type {string[]} */
  const open = chosen.map(({ name }) => name);
  let system;
  try {
    const browser = chosen.every(({ needs }) => needs === 'emulators') ? null : await findBrowser();
    system = await startTestSystem(kind);
    for (const stage of chosen) {
      await emptySystem(system.ports);
      if (stage.needs === 'emulators') await record(stage, { env: system.env, inherit: true });
      else await inBrowser(stage, system, browser, record);
      open.shift();
    }
  } catch (error) {
    if (error instanceof Stopped) throw error;
    sayProblem(error);
    open.forEach(recordFailure);
  } finally {
    await system?.stop();
  }
}

/** Stages in a browser also need the demo workspace and the ticker, as `npm start` has them. */
async function inBrowser(stage, system, browser, record) {
  await fillWorkspace(system.env);
  const ticker = startTicker(system.ports.tasks);
  try {
    await record(stage, { env: { ...system.env, CHROMIUM_PATH: browser }, inherit: true });
  } finally {
    ticker.stop();
  }
}

/** @param {{name: string, totals: import('./totals.mjs').Totals, ms: number}[]} results */
function summary(results) {
  say(`\n${bold('── all '.padEnd(72, '─'))}`);
  for (const { name, totals, ms } of results) {
    say(
      `${mark(totals)} ${name.padEnd(12)} ${line(totals ?? NONE).padEnd(36)} ${dim(duration(ms))}`,
    );
  }
  say('');
}
