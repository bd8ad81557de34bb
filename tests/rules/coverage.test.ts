import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeGap, gapId, gapsOf, type Gap } from '../support/rules/coverage.ts';
import { describeDifference, differences, seedsOf } from '../support/rules/run.ts';
import { readRules } from '../support/rules/source.ts';
import { allProbes, rulesSource } from '../support/rules/suite.ts';
import { clear, loadRules, plant, ruleCoverage, wireAsker } from '../support/rules/wire.ts';

const PROJECT = 'demo-rules-coverage';

/** Conditions that need not be seen both ways, as `gapId` names them, each with the reason. */
const ALLOWED = JSON.parse(
  readFileSync(new URL('coverage-allowed.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

const source = rulesSource();
let gaps: readonly Gap[];

beforeAll(async () => {
  await loadRules(PROJECT, source);
  const asker = wireAsker(PROJECT);
  for (const probes of allProbes()) {
    await clear(PROJECT);
    await plant(PROJECT, seedsOf(probes));
    const wrong = await differences(asker, probes);
    if (wrong.length > 0) throw new Error(wrong.map(describeDifference).join('\n'));
  }
  gaps = gapsOf(source, readRules(source), await ruleCoverage(PROJECT));
  await clear(PROJECT);
}, 600_000);

describe('the probes', () => {
  it('see every condition of the rules both true and false', () => {
    expect(gaps.filter((gap) => !(gapId(gap) in ALLOWED)).map(describeGap)).toEqual([]);
  });

  it('leave nothing on the list of exceptions that is covered or gone', () => {
    const open = new Set(gaps.map(gapId));
    expect(Object.keys(ALLOWED).filter((id) => !open.has(id))).toEqual([]);
  });
});
