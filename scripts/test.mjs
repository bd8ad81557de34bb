#!/usr/bin/env node
/**
 * `npm test`: all set-up, then every stage, or those that are named: `npm test -- rules e2e`. What
 * stands after another `--` is for their runner: `npm test -- rules -- -t drafts`.
 */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('test-stages.mjs');
