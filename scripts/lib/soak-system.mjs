/** The second half of `npm run soak`. */
import { parseArgs } from 'node:util';
import { killEverywhere, soak } from '../../tests/support/soak/soak.ts';
import { bold, dim, green, red, say, step } from './say.mjs';
import { secondHalf } from './second-half.mjs';
import { wholeNumber } from './whole-number.mjs';

/** How many complaints are shown: the first ones mostly say it all. */
const SHOWN = 20;

await secondHalf(async ({ args }) => {
  const asked = read(args);
  say(bold(`Seed ${asked.seed}, ${asked.messages.toLocaleString('en')} messages`));
  const report = await step('Write, answer, fail and die', () => soak(withTrace(asked)));
  say(dim(told(report)));
  if (report.wrong.length > 0) return complain(report.wrong, asked);
  const story = { seed: asked.seed, messages: 6 };
  const { calls, wrong } = await step('Die at every call of a small story', (busyWith) =>
    killEverywhere(story, busyWith),
  );
  if (wrong !== null) return complain(wrong.wrong, { ...asked, kill: wrong.asked.kill });
  say(
    `${green('✓')} nothing lost, nothing doubled; the same after a death before and after each of ${calls} calls`,
  );
  return 0;
});

/** @param {string[]} args */
function read(args) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      messages: { type: 'string' },
      trace: { type: 'string' },
      kill: { type: 'string' },
    },
  });
  const [when, number] = values.kill?.split(':') ?? [];
  const kill = values.kill ? { when, step: wholeNumber(number, 1) } : undefined;
  return {
    seed: wholeNumber(values.seed, 1 + Math.floor(Math.random() * 1_000_000_000)),
    messages: wholeNumber(values.messages, kill ? 6 : 10_000),
    ...(kill ? { kill } : {}),
    trace: values.trace,
  };
}

function withTrace({ trace, ...asked }) {
  if (trace === undefined) return asked;
  const noted = (number, { process, asked: what, about }, fate, at) => {
    if (about.some((/** @type {string} */ path) => path.includes(trace)))
      say(dim(`${number} ${new Date(at).toISOString()} ${process} ${what}: ${fate}`));
  };
  return { ...asked, noted };
}

/** @param {import('../../tests/support/soak/soak.ts').SoakReport} report */
function told({ written, replies, steps, deaths, failures, hours, balance }) {
  const sums = balance === null ? '' : `\n${JSON.stringify(balance)}`;
  return `${written} messages, ${replies} replies, ${steps} calls; ${deaths} deaths, ${failures} failures of the database and the queue; at rest after ${hours.toFixed(1)} hours of its own time${sums}`;
}

/** @param {readonly string[]} wrong */
function complain(wrong, { seed, messages, kill }) {
  for (const what of wrong.slice(0, SHOWN)) say(`${red('✗')} ${what}`);
  if (wrong.length > SHOWN) say(dim(`and ${wrong.length - SHOWN} more`));
  const death = kill ? ` --kill ${kill.when}:${kill.step}` : '';
  const size = kill ? '' : ` --messages ${messages}`;
  say(
    `The same again: npm run soak -- --seed ${seed}${size}${death}; with --trace <part of a path> it prints every call about it.`,
  );
  return 1;
}
