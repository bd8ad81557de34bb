import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asObject, asObjects, asText } from '@switchboard/domain';
import type { SecretStore } from '../ports.ts';
import { IDENTITY_KEY } from './hash.ts';

/** How long a secret is remembered, ms: a rotation is in force after that. */
const REMEMBER_MS = 60_000;

/** Remembers answers for a minute; a failure is not remembered. */
export function remembering(store: SecretStore, now: () => number): SecretStore {
  const known = new Map<
    string,
    { readonly until: number; readonly values: Promise<readonly string[]> }
  >();
  return {
    get(name) {
      const hit = known.get(name);
      if (hit && hit.until > now()) return hit.values;
      const values = store.get(name);
      known.set(name, { until: now() + REMEMBER_MS, values });
      values.catch(() => known.delete(name));
      return values;
    },
  };
}

/** The settings' secrets under the names of the first app and of every number without a token of its own. */
export const seeded = (
  settings: { readonly appSecrets: readonly string[]; readonly accessToken: string },
  store: SecretStore,
): SecretStore => ({
  async get(name) {
    const own = await store.get(name);
    if (own.length > 0) return own;
    if (name === 'app-default-secret') return settings.appSecrets;
    if (/^channel-.*-token$/.test(name) && settings.accessToken !== '')
      return [settings.accessToken];
    return [];
  },
});

/** Secrets in a file that only its owner can read, outside the repository: for one machine. Makes the identity key itself. */
export const fileSecrets = (file: string): SecretStore => ({
  async get(name) {
    const secrets = await readSecretsFile(file);
    if (secrets[name] !== undefined || name !== IDENTITY_KEY) return secrets[name] ?? [];
    const key = [randomBytes(32).toString('base64url')];
    await writeSecretsFile(file, { ...secrets, [name]: key });
    return (await readSecretsFile(file))[name] ?? key;
  },
});

type Secrets = Readonly<Record<string, readonly string[]>>;

async function readSecretsFile(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const secrets = asObject(JSON.parse(text)) ?? {};
  return Object.fromEntries(
    Object.entries(secrets).map(([name, values]) => [
      name,
      (Array.isArray(values) ? values : [values]).filter((value) => typeof value === 'string'),
    ]),
  );
}

async function writeSecretsFile(file: string, secrets: Secrets): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

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
