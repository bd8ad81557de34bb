import { describe, expect, it } from 'vitest';
import { optionsFrom } from './options.ts';

describe('the environment', () => {
  it('may be empty', () => {
    expect(optionsFrom({})).toEqual({ port: 4700 });
  });

  it('names port, webhook and secrets', () => {
    expect(
      optionsFrom({
        SANDBOX_PORT: '4711',
        SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:1/x',
        WHATSAPP_APP_SECRET: 's',
        WHATSAPP_ACCESS_TOKEN: 't',
      }),
    ).toEqual({ port: 4711, webhookUrl: 'http://127.0.0.1:1/x', appSecret: 's', accessToken: 't' });
  });

  it('is refused with a sentence when a value cannot be used', () => {
    expect(() => optionsFrom({ SANDBOX_PORT: '70000' })).toThrow('SANDBOX_PORT is "70000"');
    expect(() => optionsFrom({ SANDBOX_WEBHOOK_URL: 'x' })).toThrow('SANDBOX_WEBHOOK_URL is "x"');
  });
});
