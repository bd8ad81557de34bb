/** The stages of `npm test`: what each runs, and what it needs running. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { run, toolEnv } from './processes.mjs';
import { fromPlaywright, fromVitest, one, totalsOf } from './totals.mjs';

/**
 * @typedef {{code: number, output: string}} Outcome
 * @typedef {{env?: Record<string, string>, inherit: boolean}} How `inherit` shows the output as it comes
 * @typedef {{name: string, needs: 'nothing' | 'emulators' | 'browser', run: (how: How) => Promise<{totals: import('./totals.mjs').Totals, output: string}>}} Stage
 */

/** Folders of tests/ that are no stage against the emulators. */
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
    ...emulatedFolders().map((name) => vitestStage(name, 'emulators', [`emulated:${name}`])),
    ...(existsSync(path.join(ROOT, 'tests', 'e2e')) ? [endToEnd] : []),
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
      ];
      const { code, output } = await run('vitest', args, options(how));
      return { totals: await totalsOf(report, fromVitest, code), output };
    },
  };
}

/** @type {Stage} */
const endToEnd = {
  name: 'e2e',
  needs: 'browser',
  run: async (how) => {
    const report = await freshReport('e2e');
    const env = { ...how.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'];
    const { code, output } = await run('playwright', args, options({ ...how, env }));
    return { totals: await totalsOf(report, fromPlaywright, code), output };
  },
};

/** @param {How} how */
const options = ({ env = {}, inherit }) => ({ env: toolEnv(env), inherit });

/** @param {string} name */
async function freshReport(name) {
  const file = path.join(CACHE, 'reports', `${name}-${process.pid}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  return file;
}
