#!/usr/bin/env node
/**
 * `npm run soak`: 10,000 messages through the functions' own code in virtual time, while processes die
 * and Meta and the database fail; then one death at each call of a small story. Nothing may be lost
 * and nothing doubled. `npm run soak -- --seed 7 --messages 500` is the same run every time, `--trace
 * <part of a path>` prints each call about it.
 */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('soak-system.mjs');
