import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './paths.mjs';

const sources = globSync('{domain,functions,sandbox,web}/src/**/*.ts', { cwd: ROOT })
  .filter((file) => !/(\.test|\.d|\/index)\.ts$/.test(file))
  .sort();

/** A declaration; `export { … }` only passes on what says so where it is declared. */
const DECLARES = /^export (?:async |abstract )*(?:const|function|class|interface|type) \w/;

/** Exports of a file that stand there without a word, by their line. */
function wordless(file: string): readonly string[] {
  const lines = readFileSync(path.join(ROOT, file), 'utf8').split('\n');
  return lines.flatMap((line, at) =>
    DECLARES.test(line) && !lines[at - 1]?.endsWith('*/') ? [`${file}:${at + 1}`] : [],
  );
}

it('every export says what it is', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(wordless)).toEqual([]);
});
