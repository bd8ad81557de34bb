import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUERY_PROBES } from '../support/rules/queries.ts';
import { seedsOf } from '../support/rules/run.ts';
import { sdkAsker, type SdkAsker } from '../support/rules/sdk.ts';
import { rulesSource } from '../support/rules/suite.ts';
import { plant } from '../support/rules/wire.ts';

const PROJECT = 'demo-rules-queries';
let asker: SdkAsker;

beforeAll(async () => {
  asker = await sdkAsker(PROJECT, rulesSource());
  await plant(PROJECT, seedsOf(Object.values(QUERY_PROBES).flat()));
});
afterAll(() => asker.close());

describe.each(Object.entries(QUERY_PROBES))('%s', (_, probes) => {
  it.each(probes.map((probe) => [probe.expect, probe.name, probe] as const))(
    '%s: %s',
    async (outcome, __, probe) => {
      expect(await asker.ask(probe.actor, probe.request)).toBe(outcome);
    },
  );
});
