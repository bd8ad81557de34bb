import { asObject, asObjects, asText } from '@switchboard/domain';
import type { SecretStore } from '../ports.ts';

/**
 * Secrets in Google's Secret Manager (REST v1): every enabled version counts, newest first, so that a
 * rotation has both. `accessToken` answers an OAuth token of the functions' service account.
 */
export const managedSecrets = (options: {
  readonly projectId: string;
  readonly accessToken: () => Promise<string>;
  readonly baseUrl?: string;
}): SecretStore => {
  const base = options.baseUrl ?? 'https://secretmanager.googleapis.com';
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${base}/v1/${path}`, {
      headers: { authorization: `Bearer ${await options.accessToken()}` },
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`Secret Manager answered ${response.status}`);
    return response.json();
  };
  return {
    async get(name) {
      const secret = `projects/${options.projectId}/secrets/${encodeURIComponent(name)}`;
      const listed = asObject(await ask(`${secret}/versions?filter=state:ENABLED`));
      const versions = asObjects(listed?.['versions']).flatMap((one) => asText(one['name']) ?? []);
      return Promise.all(versions.map(async (version) => payload(await ask(`${version}:access`))));
    },
  };
};

function payload(answer: unknown): string {
  const data = asText(asObject(asObject(answer)?.['payload'])?.['data']);
  if (data === undefined) throw new Error('Secret Manager answered a version without data');
  return Buffer.from(data, 'base64').toString('utf8');
}
