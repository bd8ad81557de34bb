/** Writes docs/screens.md from the list of screens: `node scripts/screens-doc.ts`. */
import { writeFile } from 'node:fs/promises';
import { screensDocument } from './screens/document.ts';

await writeFile(new URL('../docs/screens.md', import.meta.url), screensDocument());
