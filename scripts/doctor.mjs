#!/usr/bin/env node
/** `npm run doctor`: what is there, what is missing, and how to get it. Changes nothing. */
import './lib/node-20.mjs';

const { examine } = await import('./lib/examine.mjs');
await examine();
