import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromPlaywright, fromVitest, line, NONE, one, sum, totalsOf } from './totals.mjs';

const vitestReport = (over = {}) => ({
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [],
  ...over,
});

describe('totals', () => {
  it('close with passed and failed, and with skipped where there are any', () => {
    expect(line(sum([one(true), one(false)]))).toBe('1 passed, 1 failed');
    expect(line({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
  });

  it('count a file that could not be loaded as one failed', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(fromVitest(vitestReport({ testResults }))).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('do not count a failed test twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(fromVitest(vitestReport({ testResults })).failed).toBe(1);
  });

  it('take a flaky browser test and an error outside of tests for failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    expect(fromPlaywright({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });

  it('never say that nothing failed for a runner that did not exit with 0', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'switchboard-totals-'));
    const report = path.join(folder, 'report.json');
    try {
      expect(await totalsOf(report, fromVitest, 1)).toEqual({ ...NONE, failed: 1 });
      await writeFile(report, JSON.stringify(vitestReport({ numFailedTests: 0 })));
      expect(await totalsOf(report, fromVitest, 1)).toMatchObject({ passed: 3, failed: 1 });
      expect(await totalsOf(report, fromVitest, 0)).toMatchObject({ passed: 3, failed: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
