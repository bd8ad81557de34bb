/** The documents that are made from the code: `npm run docs` writes them, a test fails while one is stale. */
import { indexFile } from '../../web/src/data/indexes.ts';
import { screensDocument } from '../screens/document.ts';
import { permissionsDocument } from './permissions-document.ts';

/** @type {readonly {file: string, text: () => string}[]} `file` from the project's root */
export const GENERATED = [
  { file: 'docs/permissions.md', text: permissionsDocument },
  { file: 'docs/screens.md', text: screensDocument },
  {
    file: 'firestore.indexes.json',
    text: () => `${JSON.stringify(indexFile(), null, 2)}\n`,
  },
];
