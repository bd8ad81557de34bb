import { readFileSync } from 'node:fs';
import { CALLABLES } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { REGION } from './environment.mjs';

interface Rewrite {
  readonly source: string;
  readonly function?: { readonly functionId: string; readonly region: string };
}

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const { hosting } = JSON.parse(read('firebase.json')) as {
  hosting: { rewrites: readonly Rewrite[] };
};
const served = hosting.rewrites.filter((rewrite) => rewrite.function !== undefined);

describe('firebase.json', () => {
  it('leads to each callable at its address, to the webhook, to media, to uploads, and to nothing else', () => {
    expect(served.map((rewrite) => [rewrite.source, rewrite.function?.functionId])).toEqual([
      ['/whatsapp/webhook', 'webhook'],
      ['/whatsapp/webhook/**', 'webhook'],
      ...Object.keys(CALLABLES).map((name) => [`/api/${name}`, name]),
      ['/media/**', 'mediaFile'],
      ['/upload/**', 'uploadPart'],
    ]);
  });

  it('looks for the functions where they are deployed and where the tests look', () => {
    expect(new Set(served.map((rewrite) => rewrite.function?.region))).toEqual(new Set([REGION]));
    expect(read('functions/src/index.ts')).toContain(`region: '${REGION}'`);
  });
});
