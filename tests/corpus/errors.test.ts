import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureSentence } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { PAYLOADS } from './payloads.ts';

/*
 * Meta's error codes as a fact sheet beside the real webhook bodies lists them. Where there is none the
 * suite is skipped with this sentence.
 */
const FACTS = join(PAYLOADS, '..', 'FACTS.md');
const suite = existsSync(FACTS)
  ? 'every error code that Meta has'
  : `every error code that Meta has (skipped: there is no ${FACTS})`;

/** The codes of the table under "Errors": single ones, and ranges by their ends. */
function codesOf(facts: string): readonly number[] {
  const table = facts.split(/^## 11\. Errors$/m)[1]?.split(/^## /m)[0] ?? '';
  const cells = [...table.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/\d+/g)].map(([code]) => Number(code)));
}

describe.skipIf(!existsSync(FACTS))(suite, () => {
  it('has a sentence of its own, with a cause and a way out', () => {
    // `3p V` marks a source.
    const codes = codesOf(readFileSync(FACTS, 'utf8').replaceAll('[3p V]', ''));
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.filter((code) => failureSentence(code) === 'other')).toEqual([]);
  });
});
