import { DEFAULT_PORT, type SandboxOptions } from './server.ts';

type Env = Record<string, string | undefined>;

/**
 * The options that the environment asks for: `SANDBOX_PORT`, `SANDBOX_WEBHOOK_URL`,
 * `WHATSAPP_APP_SECRET`, `WHATSAPP_ACCESS_TOKEN`. Throws a sentence when a value cannot be used.
 */
export function optionsFrom(env: Env): SandboxOptions & { port: number } {
  const given = {
    webhookUrl: checkedUrl(env.SANDBOX_WEBHOOK_URL),
    appSecret: env.WHATSAPP_APP_SECRET || undefined,
    accessToken: env.WHATSAPP_ACCESS_TOKEN || undefined,
  };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { port: checkedPort(env.SANDBOX_PORT), ...Object.fromEntries(named) };
}

function checkedPort(value: string | undefined): number {
  if (!value) return DEFAULT_PORT;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`SANDBOX_PORT is "${value}", which is no port. Set a number from 1 to 65535.`);
}

function checkedUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (URL.canParse(value)) return value;
  throw new Error(`SANDBOX_WEBHOOK_URL is "${value}", which is no URL. Set the whole address.`);
}
