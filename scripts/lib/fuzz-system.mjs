/** The second half of `npm run fuzz`. */
import { parseArgs } from 'node:util';
import { fuzzBodies } from '../../tests/support/fuzz/bodies.ts';
import { fuzz } from '../../tests/support/fuzz/fuzz.ts';
import { bold, dim, green, red, say, step } from './say.mjs';
import { secondHalf } from './second-half.mjs';
import { wholeNumber } from './whole-number.mjs';

/** What is shown of one complaint: it may quote a long text. */
const SHOWN = 300;

await secondHalf(async ({ args }) => {
  const options = { seed: { type: 'string' }, count: { type: 'string' } };
  const { values } = parseArgs({ args, options });
  const seed = wholeNumber(values.seed, 1 + Math.floor(Math.random() * 1_000_000_000));
  const count = wholeNumber(values.count, 100_000);
  const { bodies, numbers, from } = fuzzBodies();
  say(bold(`Seed ${seed}, ${count.toLocaleString('en')} bodies`));
  say(dim(`made of ${from}`));
  const { found, signed, unsigned, items, largest, fates } = await step(
    'Send what nobody should',
    (busyWith) => fuzz({ seed, count, bodies, numbers, busyWith }),
  );
  say(
    dim(
      `${signed} signed with ${items} items, ${unsigned} unsigned, the largest ${largest} bytes; ${JSON.stringify(fates)}`,
    ),
  );
  for (const one of found) {
    say(`${red('✗')} npm run fuzz -- --seed ${one.seed} --count 1`);
    for (const what of one.wrong) say(`  ${what.slice(0, SHOWN)}`);
  }
  if (found.length > 0) return 1;
  say(`${green('✓')} everything signed was taken and kept, nothing unsigned was`);
  return 0;
});
