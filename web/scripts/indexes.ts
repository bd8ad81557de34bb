import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { indexFile } from '../src/data/indexes.ts';

// Writes firestore.indexes.json from the app's queries; a unit test fails while the two differ.
const file = path.resolve(import.meta.dirname, '../../firestore.indexes.json');
writeFileSync(file, `${JSON.stringify(indexFile(), null, 2)}\n`);
