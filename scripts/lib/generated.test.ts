import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { GENERATED } from './generated.mjs';
import { ROOT } from './paths.mjs';

it.each(GENERATED)('$file says what the code says (else: npm run docs)', ({ file, text }) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(text());
});
