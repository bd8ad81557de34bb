/** The second half of `npm run mutate`: a Firestore of its own, every mutant, the survivors. */
import { judge, survey } from '../../tests/support/rules/mutation.ts';
import { mutantsOf, sabotagesOf } from '../../tests/support/rules/mutants.ts';
import { readRules } from '../../tests/support/rules/source.ts';
import { EQUIVALENT, rulesSource } from '../../tests/support/rules/suite.ts';
import { startFirestore } from './firestore-alone.mjs';
import { dim, duration, green, red, say, step } from './say.mjs';
import { secondHalf } from './second-half.mjs';

const PROJECT = 'demo-mutate';

await secondHalf(async ({ args }) => {
  const source = rulesSource();
  const all = [...sabotagesOf(source), ...mutantsOf(source, readRules(source))];
  const chosen = all.filter(({ id }) => id.includes(args.join(' ')));
  const firestore = process.env.FIRESTORE_EMULATOR_HOST ? null : await startFirestore('mutate');
  process.env.FIRESTORE_EMULATOR_HOST ||= firestore?.host;
  const started = Date.now();
  const surveyed = await step('Ask every probe under the rules as they are', () =>
    survey(PROJECT, source),
  );
  const { survivors, unexpectedlyKilled } = await step(
    `Try ${chosen.length} changes of firestore.rules`,
    (busyWith) => tryAll(surveyed, chosen, busyWith),
  );
  await firestore?.stop();

  const unexplained = survivors.filter(({ id }) => !(id in EQUIVALENT));
  for (const { place, id } of unexplained) say(`${red('✗')} nobody noticed ${place} ${id}`);
  for (const id of unexpectedlyKilled) {
    say(`${red('✗')} noticed after all: take it off tests/rules/equivalent-mutants.json: ${id}`);
  }
  for (const { id } of survivors.filter((mutant) => mutant.id in EQUIVALENT)) {
    say(dim(`  nobody can notice ${id}\n    ${EQUIVALENT[id]}`));
  }
  const noticed = chosen.length - survivors.length;
  const sum = `${noticed} of ${chosen.length} noticed, ${survivors.length - unexplained.length} that nobody can notice, ${unexplained.length} that nobody noticed`;
  const ok = unexplained.length === 0 && unexpectedlyKilled.length === 0;
  say(`${ok ? green('✓') : red('✗')} ${sum} ${dim(duration(Date.now() - started))}`);
  return ok ? 0 : 1;
});

/**
 * @param {import('../../tests/support/rules/mutation.ts').Survey} surveyed
 * @param {readonly import('../../tests/support/rules/mutants.ts').Mutant[]} mutants
 * @param {(what: string) => void} busyWith
 */
async function tryAll(surveyed, mutants, busyWith) {
  const survivors = [];
  const unexpectedlyKilled = [];
  let tried = 0;
  for await (const { mutant, killedBy } of judge(PROJECT, surveyed, mutants)) {
    tried += 1;
    busyWith(`${tried} of ${mutants.length}, ${survivors.length} survived: ${mutant.id}`);
    if (killedBy === null) survivors.push(mutant);
    else if (mutant.id in EQUIVALENT) unexpectedlyKilled.push(mutant.id);
  }
  return { survivors, unexpectedlyKilled };
}
