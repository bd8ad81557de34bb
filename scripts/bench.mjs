#!/usr/bin/env node
/** `npm run bench`: all set-up, then every row, or those that are named: `npm run bench -- take --full`. */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('bench-stages.mjs');
