/** The one place that asks where the functions run, and the only reader of `FUNCTIONS_EMULATOR`. */

/** Where and how the functions run. */
export interface Settings {
  readonly emulated: boolean;
  readonly projectId: string;
  /** App secrets of the first app; several while one is being rotated. */
  readonly appSecrets: readonly string[];
  readonly verifyTokens: readonly string[];
  readonly accessToken: string;
  readonly graphUrl: string;
  readonly graphVersion: string;
  /** Hosts that media is fetched from, with the token; `*.` stands for any name in front. */
  readonly mediaHosts: readonly string[];
  /** Local media; `null` in production, where the project's bucket holds it. */
  readonly mediaFolder: string | null;
  /** Local secrets; `null` in production, where Secret Manager holds them. */
  readonly secretsFile: string | null;
}

const META = 'https://graph.facebook.com';
/** Where Meta has media (Meta, "Media"). */
const META_MEDIA = '*.fbsbx.com,*.fbcdn.net';

/** Reads the settings from environment variables (`.env.example` describes each). */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const emulated = env['FUNCTIONS_EMULATOR'] === 'true';
  return {
    emulated,
    projectId: env['GCLOUD_PROJECT'] ?? env['GOOGLE_CLOUD_PROJECT'] ?? '',
    appSecrets: list(env['WHATSAPP_APP_SECRET']),
    verifyTokens: list(env['WHATSAPP_VERIFY_TOKEN']),
    accessToken: env['WHATSAPP_ACCESS_TOKEN'] ?? '',
    graphUrl: (env['WHATSAPP_GRAPH_URL'] || META).replace(/\/+$/, ''),
    graphVersion: env['WHATSAPP_GRAPH_VERSION'] || 'v24.0',
    mediaHosts: list(env['WHATSAPP_MEDIA_HOSTS'] || META_MEDIA),
    mediaFolder: emulated ? (env['MEDIA_FOLDER'] ?? null) : null,
    secretsFile: emulated ? (env['SECRETS_FILE'] ?? null) : null,
  };
}

/** Values separated by commas or white space. */
const list = (value: string | undefined): readonly string[] =>
  (value ?? '').split(/[\s,]+/).filter((part) => part !== '');

/**
 * Throws where demo values would run outside the emulator, or messages would go anywhere but to Meta.
 * The sentence names the setting and what to do.
 */
export function assertSafe(settings: Settings): void {
  if (settings.emulated) return;
  const secrets = [...settings.appSecrets, ...settings.verifyTokens, settings.accessToken];
  if (secrets.some((secret) => secret.startsWith('demo-')))
    throw new Error(
      'A demo secret is set outside the emulator. Set WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN and WHATSAPP_ACCESS_TOKEN to your own.',
    );
  if (settings.graphUrl !== META)
    throw new Error(`WHATSAPP_GRAPH_URL must be ${META} outside the emulator. Remove the setting.`);
}
