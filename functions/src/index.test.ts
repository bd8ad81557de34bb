import { CALLABLES } from '@switchboard/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/*
 * The module as the cloud loads it: loading needs no settings (deploying has none), but the first call of
 * any function judges them before anything of it runs.
 */
const PRODUCTION = {
  GCLOUD_PROJECT: 'acme',
  FUNCTIONS_EMULATOR: '',
  WHATSAPP_APP_SECRET: 'real-secret',
  WHATSAPP_VERIFY_TOKEN: 'real-verify',
  WHATSAPP_ACCESS_TOKEN: 'real-token',
  WHATSAPP_GRAPH_URL: '',
};

/** What is deployed besides the callables. */
const TRIGGERS = [
  'bringMedia',
  'drain',
  'mediaFile',
  'uploadPart',
  'onEntryCreated',
  'sweep',
  'sweepSchedule',
  'webhook',
];

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Verifies the webhook in an instance that runs under these settings; answers the HTTP status. */
async function firstCall(settings: Readonly<Record<string, string>>): Promise<number> {
  for (const [name, value] of Object.entries({ ...PRODUCTION, ...settings }))
    vi.stubEnv(name, value);
  const { webhook } = await import('./index.ts');
  let status = 0;
  const response = {
    status: (code: number) => ((status = code), response),
    type: () => response,
    send: () => response,
    on: () => response,
    setHeader: () => response,
    getHeader: () => undefined,
  };
  const request = {
    method: 'GET',
    url: '/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess',
    headers: {},
    get: () => undefined,
    header: () => undefined,
  };
  await webhook(request as never, response as never);
  return status;
}

describe('an instance', () => {
  it('loads without any settings, and has the triggers and every callable there is', async () => {
    for (const name of Object.keys(PRODUCTION)) vi.stubEnv(name, undefined);
    expect(Object.keys(await import('./index.ts')).sort()).toEqual(
      [...Object.keys(CALLABLES), ...TRIGGERS].sort(),
    );
  });

  it('answers under settings of its own', async () => {
    expect(await firstCall({})).toBe(403);
  });

  it.each([
    ['a demo secret', { WHATSAPP_APP_SECRET: 'demo-app-secret' }, 'A demo secret is set'],
    [
      'a Graph address other than Meta’s',
      { WHATSAPP_GRAPH_URL: 'http://127.0.0.1:4700' },
      'must be https://graph.facebook.com',
    ],
  ])('refuses to answer anything outside the emulator with %s', async (_, settings, sentence) => {
    await expect(firstCall(settings)).rejects.toThrow(sentence);
    expect(await firstCall({ ...settings, FUNCTIONS_EMULATOR: 'true' })).toBe(403);
  });
});
