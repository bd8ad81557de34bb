#!/usr/bin/env node
/** `npm test`: all set-up, then every stage, or those that are named: `npm test -- rules e2e`. */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('test-stages.mjs');
