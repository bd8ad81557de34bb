/** The second half of `npm run check`: what fails is shown, what passes is one line. */
import { lastLines } from './processes.mjs';
import { dim, duration, green, red, say } from './say.mjs';
import { secondHalf } from './second-half.mjs';
import { stages } from './stages.mjs';
import { line, sum } from './totals.mjs';

await secondHalf(async () => {
  const fast = stages().filter(({ name }) => ['lint', 'types', 'unit'].includes(name));
  const started = Date.now();
  const results = await Promise.all(
    fast.map(async (stage) => {
      const { totals, output } = await stage.run({ inherit: false });
      const ok = totals.failed === 0;
      if (!ok) say(lastLines(output, 120));
      say(
        `${ok ? green('✓') : red('✗')} ${stage.name}: ${line(totals)} ${dim(duration(Date.now() - started))}`,
      );
      return totals;
    }),
  );
  const totals = sum(results);
  say(line(totals));
  return totals.failed > 0 ? 1 : 0;
});
