#!/usr/bin/env node
/**
 * `npm run fuzz`: 100,000 mutated webhook bodies against the webhook's handler. `--seed 7 --count 500`
 * is the same every time; each body has a seed of its own, from the first on.
 */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('fuzz-system.mjs');
