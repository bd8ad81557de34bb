import { createHash, createHmac } from 'node:crypto';
import type { Hash, SecretStore } from '../ports.ts';

/** Name of the workspace's identity key in the {@link SecretStore}. */
export const IDENTITY_KEY = 'identity-key';

/** Name of the key that signs addresses of media in the {@link SecretStore}. */
export const ADDRESS_KEY = 'address-key';

/** The {@link Hash} on Node's crypto. */
export const nodeHash = (secrets: SecretStore): Hash => ({
  id: (parts) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url'),
  async identity(parts) {
    const [key] = await keysOf(secrets, IDENTITY_KEY);
    return keyed(key, parts);
  },
  async addresses(parts) {
    return (await keysOf(secrets, ADDRESS_KEY)).map((key) => keyed(key, parts));
  },
});

const keyed = (key: string, parts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

async function keysOf(secrets: SecretStore, name: string): Promise<readonly [string, ...string[]]> {
  const [key, ...older] = await secrets.get(name);
  if (key === undefined)
    throw new Error(
      `The secret "${name}" is missing. Create it with 32 random bytes; docs/operating.md says how.`,
    );
  return [key, ...older];
}
