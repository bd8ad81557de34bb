#!/usr/bin/env node
/**
 * `npm run screens`: a picture of every screen in every state, size and theme, from the demo workspace,
 * with a page to look at them. `npm run screens -- <text>` draws those whose name contains the text,
 * `npm run screens -- --shown` those that pages of the repository show, and puts them there.
 */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('screens-stages.mjs');
