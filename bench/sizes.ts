/** Rows 8 and 9: what the built app weighs. `BENCH_DIST` is a production build. */
import { measure as weigh } from '../web/scripts/sizes.ts';
import { measure, required } from './lib/row.ts';

await measure(() => {
  const weights = weigh(required('BENCH_DIST'));
  return Promise.resolve({
    figures: weights.map(({ name, value, budget }) => ({
      name,
      value,
      unit: name === 'web fonts' ? '' : 'B',
      goal: budget,
    })),
    samples: {},
    setting: 'production build; gzip at level 9 for what travels, raw for the precache',
  });
});
