#!/usr/bin/env node
/**
 * `npm run mutate`: changes the rules in every small way there is, one at a time, and demands that the
 * rules' tests notice each. `npm run mutate -- <text>` tries those whose name contains the text.
 */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('mutate-system.mjs');
