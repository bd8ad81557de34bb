#!/usr/bin/env node
/** `npm run check`: the fast part of `npm test` (lint, types, unit), at the same time. */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('check-stages.mjs');
