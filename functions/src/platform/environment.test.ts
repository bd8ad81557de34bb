import { describe, expect, it } from 'vitest';
import { assertSafe, readSettings } from './environment.ts';

const PRODUCTION = {
  GCLOUD_PROJECT: 'acme',
  WHATSAPP_APP_SECRET: 'real-secret',
  WHATSAPP_VERIFY_TOKEN: 'real-verify',
  WHATSAPP_ACCESS_TOKEN: 'real-token',
};
const EMULATED = {
  ...PRODUCTION,
  FUNCTIONS_EMULATOR: 'true',
  WHATSAPP_APP_SECRET: 'demo-app-secret',
  WHATSAPP_GRAPH_URL: 'http://127.0.0.1:4700',
};

describe('settings', () => {
  it('go to Meta with a fixed version where nothing else is said', () => {
    expect(readSettings(PRODUCTION)).toMatchObject({
      emulated: false,
      projectId: 'acme',
      graphUrl: 'https://graph.facebook.com',
      graphVersion: 'v24.0',
      secretsFile: null,
    });
  });

  it('hold several app secrets and verify tokens while one is being rotated', () => {
    const settings = readSettings({
      WHATSAPP_APP_SECRET: 'new, old',
      WHATSAPP_VERIFY_TOKEN: 'one\ntwo',
    });
    expect(settings.appSecrets).toEqual(['new', 'old']);
    expect(settings.verifyTokens).toEqual(['one', 'two']);
  });

  it('believe nobody where no secret is set', () => {
    expect(readSettings({})).toMatchObject({ appSecrets: [], verifyTokens: [], accessToken: '' });
  });

  it('read a secrets file in the emulator only', () => {
    const file = { SECRETS_FILE: '/home/somebody/secrets.json' };
    expect(readSettings({ ...PRODUCTION, ...file }).secretsFile).toBeNull();
    expect(readSettings({ ...EMULATED, ...file }).secretsFile).toBe('/home/somebody/secrets.json');
  });

  it('drop slashes at the end of the Graph address', () => {
    expect(readSettings({ WHATSAPP_GRAPH_URL: 'http://127.0.0.1:4700//' }).graphUrl).toBe(
      'http://127.0.0.1:4700',
    );
  });
});

describe('a start', () => {
  const start = (env: Record<string, string>) => () => {
    assertSafe(readSettings(env));
  };

  it('is safe with own secrets and Meta’s address', () => {
    expect(start(PRODUCTION)).not.toThrow();
    expect(
      start({ ...PRODUCTION, WHATSAPP_GRAPH_URL: 'https://graph.facebook.com/' }),
    ).not.toThrow();
  });

  it('may use anything in the emulator', () => {
    expect(start(EMULATED)).not.toThrow();
  });

  it.each([
    ['WHATSAPP_APP_SECRET', 'demo-app-secret'],
    ['WHATSAPP_APP_SECRET', 'real-secret, demo-app-secret'],
    ['WHATSAPP_VERIFY_TOKEN', 'demo-verify-token'],
    ['WHATSAPP_ACCESS_TOKEN', 'demo-access-token'],
  ])('is refused outside the emulator with %s=%s, and told without the value', (name, value) => {
    const refused = start({ ...PRODUCTION, [name]: value });
    expect(refused).toThrow('A demo secret is set outside the emulator. Set WHATSAPP_APP_SECRET');
    expect(refused).not.toThrow(value);
  });

  it.each([
    'http://127.0.0.1:4700',
    'http://graph.facebook.com',
    'https://graph.facebook.com.example.org',
    'https://graph.facebook.com/proxy',
    'https://user@graph.facebook.com',
  ])('is refused outside the emulator with the Graph address %s', (url) => {
    expect(start({ ...PRODUCTION, WHATSAPP_GRAPH_URL: url })).toThrow(
      'WHATSAPP_GRAPH_URL must be https://graph.facebook.com outside the emulator.',
    );
  });

  it.each(['', 'false', '1', 'TRUE'])('takes FUNCTIONS_EMULATOR=%j for outside', (value) => {
    expect(start({ ...EMULATED, FUNCTIONS_EMULATOR: value })).toThrow('outside the emulator');
  });
});
