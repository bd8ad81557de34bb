import type { SecretStore } from '../ports.ts';

/** How long a secret is remembered, ms: a rotation is in force after that. */
const REMEMBER_MS = 60_000;
/** Names remembered at once: the webhook's path chooses some, and anybody may ask for any. */
const REMEMBER_NAMES = 1_000;

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
      if (known.size >= REMEMBER_NAMES) known.clear();
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
