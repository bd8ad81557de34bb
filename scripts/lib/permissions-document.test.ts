import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { permissionsDocument } from './permissions-document.ts';

it('docs/permissions.md says what the table says (else: node scripts/permissions-doc.ts)', () => {
  const written = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');
  expect(written).toBe(permissionsDocument());
});
