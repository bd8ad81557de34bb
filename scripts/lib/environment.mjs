/**
 * How programs find the local system: the variables that the seed, the tests and the sandbox are
 * started with. The first four are those of the Firebase SDKs themselves.
 */

export const PROJECT = 'demo-switchboard';
export const REGION = 'us-central1';

/** Nothing here runs on Google Cloud; without this every SDK first looks for its metadata server. */
export const NO_METADATA_SERVER = { METADATA_SERVER_DETECTION: 'none' };

/**
 * What the sandbox is started with.
 * @param {Record<string, number>} ports
 * @param {Record<string, string>} settings
 * @returns {Record<string, string>}
 */
export const sandboxEnvironment = (ports, settings) => ({
  SANDBOX_PORT: String(ports.sandbox),
  SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${ports.hosting}/whatsapp/webhook`,
  WHATSAPP_APP_SECRET: firstOf(settings.WHATSAPP_APP_SECRET),
  WHATSAPP_ACCESS_TOKEN: settings.WHATSAPP_ACCESS_TOKEN,
});

/** During a rotation a setting carries several secrets; the first is the one in use. @param {string} secrets */
export const firstOf = (secrets) => secrets.split(/[\s,]+/).find((part) => part !== '') ?? '';

/**
 * @param {Record<string, number>} ports
 * @returns {Record<string, string>}
 *   `GCLOUD_PROJECT`, `FIREBASE_AUTH_EMULATOR_HOST`, `FIRESTORE_EMULATOR_HOST`,
 *   `CLOUD_TASKS_EMULATOR_HOST` (host:port); `SWITCHBOARD_URL` (the app), `SWITCHBOARD_WEBHOOK_URL`,
 *   `SWITCHBOARD_FUNCTIONS_URL` (a function is `…/{name}`), `SWITCHBOARD_SANDBOX_URL` (no slash at the
 *   end), `E2E_BASE_URL`, and every `SWITCHBOARD_…_PORT`
 */
export function environment(ports) {
  const at = (/** @type {string} */ name) => `127.0.0.1:${ports[name]}`;
  return {
    GCLOUD_PROJECT: PROJECT,
    ...NO_METADATA_SERVER,
    FIREBASE_AUTH_EMULATOR_HOST: at('auth'),
    FIRESTORE_EMULATOR_HOST: at('firestore'),
    CLOUD_TASKS_EMULATOR_HOST: at('tasks'),
    SWITCHBOARD_URL: `http://${at('hosting')}`,
    SWITCHBOARD_WEBHOOK_URL: `http://${at('hosting')}/whatsapp/webhook`,
    SWITCHBOARD_FUNCTIONS_URL: `http://${at('functions')}/${PROJECT}/${REGION}`,
    SWITCHBOARD_SANDBOX_URL: `http://${at('sandbox')}`,
    E2E_BASE_URL: `http://${at('hosting')}`,
    ...Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [
        `SWITCHBOARD_${name.toUpperCase()}_PORT`,
        String(port),
      ]),
    ),
  };
}
