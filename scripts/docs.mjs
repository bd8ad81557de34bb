#!/usr/bin/env node
/** `npm run docs`: writes anew the documents that are made from the code. */
import './lib/node-20.mjs';

const { bootstrap } = await import('./lib/bootstrap.mjs');
await bootstrap('write-docs.mjs');
