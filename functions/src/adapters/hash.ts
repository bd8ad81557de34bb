import { createHash, createHmac } from 'node:crypto';
import type { Hash, SecretStore } from '../ports.ts';

/** Name of the workspace's identity key in the {@link SecretStore}. */
export const IDENTITY_KEY = 'identity-key';

/** The {@link Hash} on Node's crypto. */
export const nodeHash = (secrets: SecretStore): Hash => ({
  id: (parts) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url'),
  async identity(parts) {
    const [key] = await secrets.get(IDENTITY_KEY);
    if (key === undefined)
      throw new Error(
        `The secret "${IDENTITY_KEY}" is missing. Create it with 32 random bytes; docs/operating.md says how.`,
      );
    return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  },
});
