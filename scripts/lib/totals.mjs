/** Sums over test runners, from the JSON reports that they write. */
import { readFile } from 'node:fs/promises';

/** @typedef {{passed: number, failed: number, skipped: number}} Totals */

/** @type {Totals} */
export const NONE = { passed: 0, failed: 0, skipped: 0 };

/** A check that is one thing: passed or failed. @param {boolean} ok @returns {Totals} */
export const one = (ok) => ({ ...NONE, [ok ? 'passed' : 'failed']: 1 });

/** @param {Totals[]} all @returns {Totals} */
export const sum = (all) =>
  all.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    NONE,
  );

/** The closing line. @param {Totals} totals */
export const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Vitest's JSON report; a file that could not even be loaded counts as one failed. @returns {Totals} */
export function fromVitest(report) {
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Playwright's JSON report; a flaky test did not pass. @returns {Totals} */
export function fromPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * The totals of a run: its report where there is one, and never "nothing failed" for a runner that
 * did not exit with 0.
 * @param {string} file
 * @param {(report: any) => Totals} read
 * @param {number} code exit code
 * @returns {Promise<Totals>}
 */
export async function totalsOf(file, read, code) {
  const text = await readFile(file, 'utf8').catch(() => null);
  const totals = text === null ? NONE : read(JSON.parse(text));
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}
