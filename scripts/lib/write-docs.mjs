/** The second half of `npm run docs`: writes each document, and says which of them changed. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GENERATED } from './generated.mjs';
import { ROOT } from './paths.mjs';
import { dim, green, say } from './say.mjs';
import { secondHalf } from './second-half.mjs';

await secondHalf(async () => {
  for (const { file, text } of GENERATED) {
    const [place, fresh] = [path.join(ROOT, file), text()];
    const known = await readFile(place, 'utf8').catch(() => '');
    if (known !== fresh) await writeFile(place, fresh);
    say(known === fresh ? dim(`  ${file} is as it was`) : `${green('✓')} ${file} is written`);
  }
  return 0;
});
