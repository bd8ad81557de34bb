import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ACTORS,
  ADMIN,
  COLLEAGUES,
  TEAMMATE,
  byDocument,
  byToken,
  type Actor,
} from '../support/rules/actors.ts';
import { DOCUMENT_OPERATIONS, PATTERNS, documentProbes } from '../support/rules/documents.ts';
import { JUDGED, JUDGED_NAMES, STATES, operationProbes } from '../support/rules/operations.ts';
import type { Probe } from '../support/rules/requests.ts';
import { describeDifference, differences, seedsOf } from '../support/rules/run.ts';
import { sdkAsker, type SdkAsker } from '../support/rules/sdk.ts';
import { rulesSource } from '../support/rules/suite.ts';
import { clear, plant } from '../support/rules/wire.ts';

const PROJECT = 'demo-rules-matrix';
let asker: SdkAsker;

beforeAll(async () => {
  asker = await sdkAsker(PROJECT, rulesSource());
});
afterAll(() => asker.close());

async function agrees(probes: readonly Probe[]): Promise<void> {
  await clear(PROJECT);
  await plant(PROJECT, seedsOf(probes));
  expect((await differences(asker, probes)).map(describeDifference)).toEqual([]);
}

const allowedOf = (probes: readonly Probe[]): number =>
  probes.filter(({ expect: outcome }) => outcome === 'allowed').length;

describe('the fixture', () => {
  // Where rules or seeds are broken everything is denied, and every test of a denial passes.
  it('is alive: one of each is allowed', async () => {
    const probes = [
      ...documentProbes('agents/{uid}', 'list', TEAMMATE),
      ...documentProbes('agents/{uid}/drafts/{conversationId}', 'create', TEAMMATE),
      ...documentProbes('contacts/{contactId}/private/{documentId}', 'get', ADMIN),
      ...JUDGED_NAMES.flatMap((name) => operationProbes(name, TEAMMATE)),
    ].filter(({ expect: outcome }) => outcome === 'allowed');
    const operations = JUDGED_NAMES.filter((name) => JUDGED[name].operation !== null);
    expect(
      operations.filter((name) => !probes.some((p) => p.name.includes(`: ${name}, `))),
    ).toEqual([]);
    await agrees(probes);
  });

  it.each(COLLEAGUES.map((actor) => [actor.name, actor] as const))(
    'has %s be the same by token and by document',
    (_, actor) => {
      expect(byDocument(actor)).toEqual(byToken(actor));
    },
  );
});

describe.each(PATTERNS)('%s', (pattern) => {
  it.each(DOCUMENT_OPERATIONS)('lets by %s whom the table lets', async (operation) => {
    await agrees(ACTORS.flatMap((actor) => documentProbes(pattern, operation, actor)));
  });
});

describe.each(JUDGED_NAMES)('to %s', (name) => {
  it.each(ACTORS.map((actor): [string, Actor] => [actor.name, actor]))(
    `is for %s as the table says, in each of ${STATES.length} states`,
    async (_, actor) => {
      await agrees(operationProbes(name, actor));
    },
  );

  it('is denied to somebody, and allowed to somebody unless it is never', () => {
    const probes = ACTORS.flatMap((actor) => operationProbes(name, actor));
    const allowed = allowedOf(probes);
    expect(allowed).toBeLessThan(probes.length);
    expect(allowed > 0).toBe(JUDGED[name].operation !== null);
  });
});
