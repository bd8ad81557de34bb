import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELD_PROBES } from '../support/rules/fields.ts';
import { seedsOf } from '../support/rules/run.ts';
import { sdkAsker, type SdkAsker } from '../support/rules/sdk.ts';
import { rulesSource } from '../support/rules/suite.ts';
import { plant } from '../support/rules/wire.ts';

const PROJECT = 'demo-rules-fields';
let asker: SdkAsker;

beforeAll(async () => {
  asker = await sdkAsker(PROJECT, rulesSource());
  await plant(PROJECT, seedsOf(Object.values(FIELD_PROBES).flat()));
});
afterAll(() => asker.close());

describe.each(Object.entries(FIELD_PROBES))('%s', (_, probes) => {
  it.each(probes.map((probe) => [probe.expect, probe.name, probe] as const))(
    '%s: %s',
    async (outcome, __, probe) => {
      expect(await asker.ask(probe.actor, probe.request)).toBe(outcome);
    },
  );
});
