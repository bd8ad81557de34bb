/** Writes docs/permissions.md from the permissions table: `node scripts/permissions-doc.ts`. */
import { writeFile } from 'node:fs/promises';
import { permissionsDocument } from './lib/permissions-document.ts';

await writeFile(new URL('../docs/permissions.md', import.meta.url), permissionsDocument());
