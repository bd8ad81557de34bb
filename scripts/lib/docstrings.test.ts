import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ROOT } from './paths.mjs';

const sources = globSync('{domain,functions,sandbox,web}/src/**/*.ts', { cwd: ROOT })
  .filter((file) => !/(\.test|\.d|\/index)\.ts$/.test(file))
  .sort();

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** Exports of a file that stand there without a word, by their line. */
function wordless(file: string): readonly string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((node) => isExported(node) && ts.getJSDocCommentsAndTags(node).length === 0)
    .map((node) => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
}

it('every export says what it is', () => {
  expect(sources.flatMap(wordless)).toEqual([]);
});
