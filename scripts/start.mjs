#!/usr/bin/env node
/** `npm start`: all set-up, then Switchboard on this machine until Ctrl-C. See docs/operating.md. */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
const { takePlace } = await import('./lib/run-lock.mjs');
const { Problem } = await import('./lib/say.mjs');

await bootstrap('start-system.mjs', {
  before: async () => {
    const place = await takePlace('start');
    if ('release' in place) return place;
    throw new Problem(
      `Switchboard already runs from this folder (process ${place.heldBy}).`,
      `Use that one, or stop it first: Ctrl-C in its terminal, or "kill ${place.heldBy}".`,
    );
  },
});
