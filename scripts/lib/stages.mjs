/** The stages of `npm test`: what each runs, and what it needs running. */
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { run, toolEnv } from './processes.mjs';
import { fromPlaywright, fromVitest, one, sum, totalsOf } from './totals.mjs';

/**
 * @typedef {{code: number, output: string}} Outcome
 * @typedef {{env?: Record<string, string>, inherit: boolean, more?: string[]}} How `inherit` shows the output as it comes, `more` is for the runner
 * @typedef {{name: string, needs: 'nothing' | 'emulators' | 'browser' | 'faults', run: (how: How) => Promise<{totals: import('./totals.mjs').Totals, output: string}>}} Stage
 */

/** Folders of tests/ that are no stage of their own against the emulators. */
const OTHERS = ['deploy', 'e2e', 'support', 'node_modules'];

/** The order of those whose order matters to a reader; what comes to it later is run after them. */
const ORDER = ['rules', 'functions', 'contract', 'corpus', 'data', 'races', 'faults'];

/** Every folder of tests/ whose tests need the emulators, in the order in which they run. */
export function emulatedFolders() {
  const place = (/** @type {string} */ name) =>
    ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
  return readdirSync(path.join(ROOT, 'tests'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !OTHERS.includes(entry.name) && hasTests(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/** @param {string} folder */
const hasTests = (folder) =>
  readdirSync(path.join(ROOT, 'tests', folder), { recursive: true }).some((file) =>
    /\.test\.ts$/.test(String(file)),
  );

export const UNIT_PROJECTS = [
  'domain',
  'functions',
  'web',
  'web-data',
  'sandbox',
  'scripts',
  'support',
];

/** By content, so that it is never stale. ESLint's would be: its rules look into other files' types. */
const PRETTIER_CACHE = [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  '.cache/prettier',
];

/** @returns {Stage[]} */
export function stages() {
  return [
    {
      name: 'lint',
      needs: 'nothing',
      run: (how) =>
        commands(
          [
            ['eslint', '.', '--max-warnings', '0'],
            ['prettier', '--check', '--log-level', 'warn', ...PRETTIER_CACHE, '.'],
            ['knip', '--no-progress', '--treat-config-hints-as-errors'],
          ],
          how,
        ),
    },
    {
      name: 'types',
      needs: 'nothing',
      run: (how) => commands([['npm', 'run', 'types', '--silent']], how),
    },
    vitestStage('unit', 'nothing', UNIT_PROJECTS),
    vitestStage('deploy', 'nothing', ['deploy']),
    ...emulatedFolders()
      .filter((name) => name !== 'faults')
      .map((name) => vitestStage(name, 'emulators', [`emulated:${name}`])),
    browserStage('e2e', 'browser'),
    both(vitestStage('faults', 'faults', ['emulated:faults']), browserStage('faults', 'faults')),
  ];
}

/** A stage of commands that only say yes or no. @param {string[][]} lines @param {How} how */
async function commands(lines, how) {
  const outcomes = [];
  for (const [command, ...args] of lines) outcomes.push(await run(command, args, options(how)));
  return {
    totals: one(outcomes.every(({ code }) => code === 0)),
    output: outcomes.map(({ output }) => output).join('\n'),
  };
}

/** @param {string} name @param {Stage['needs']} needs @param {string[]} projects @returns {Stage} */
function vitestStage(name, needs, projects) {
  return {
    name,
    needs,
    run: async (how) => {
      const report = await freshReport(name);
      const args = [
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...(how.more ?? []),
      ];
      const { code, output } = await run('vitest', args, options(how));
      return { totals: await totalsOf(report, fromVitest, code), output };
    },
  };
}

/** @param {string} name the folder of tests/ @param {Stage['needs']} needs @returns {Stage} */
function browserStage(name, needs) {
  return {
    name,
    needs,
    run: async (how) => {
      const report = await freshReport(`${name}-browser`);
      const env = { ...how.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
      const config = `tests/${name}/playwright.config.ts`;
      const more = how.more ?? [];
      const args = ['test', '--config', config, '--reporter=list,json', ...more];
      const { code, output } = await run('playwright', args, options({ ...how, env }));
      return { totals: await totalsOf(report, fromPlaywright, code), output };
    },
  };
}

/** One stage of two runners, one after the other. @param {Stage} first @param {Stage} second @returns {Stage} */
const both = (first, second) => ({
  ...first,
  run: async (how) => {
    const [one, other] = [await first.run(how), await second.run(how)];
    return { totals: sum([one.totals, other.totals]), output: `${one.output}\n${other.output}` };
  },
});

/** @param {How} how */
const options = ({ env = {}, inherit }) => ({ env: toolEnv(env), inherit });

/** @param {string} name */
async function freshReport(name) {
  const file = path.join(CACHE, 'reports', `${name}-${process.pid}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  return file;
}
