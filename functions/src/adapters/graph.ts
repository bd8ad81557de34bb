import {
  asNumber,
  asObject,
  asObjects,
  asText,
  holdsSends,
  SEND_TIMEOUT_MS,
  type GraphAnswer,
} from '@switchboard/domain';
import type { Graph, SecretStore, TokenCheck } from '../ports.ts';

/** Errors of a connection that never came about: nothing was sent. */
const NEVER_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Meta's Graph API over HTTP, at `url` and `version`; the token of each number from the secrets. */
export const httpGraph = (
  settings: { readonly graphUrl: string; readonly graphVersion: string },
  secrets: SecretStore,
  timeoutMs = SEND_TIMEOUT_MS,
): Graph => ({
  async send(phoneNumberId, body) {
    const url = `${settings.graphUrl}/${settings.graphVersion}/${encodeURIComponent(phoneNumberId)}/messages`;
    const token = await tokenOf(secrets, phoneNumberId);
    if (token === null) return { kind: 'no-token' };
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return readAnswer(response.status, await response.json().catch(() => null));
    } catch (error) {
      return { kind: NEVER_REACHED.has(causeCode(error)) ? 'unreachable' : 'lost' };
    }
  },
  async check(phoneNumberId) {
    const url = `${settings.graphUrl}/${settings.graphVersion}/${encodeURIComponent(phoneNumberId)}?fields=id`;
    const token = await tokenOf(secrets, phoneNumberId);
    if (token === null) return 'unknown';
    try {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return readCheck(await response.json().catch(() => null));
    } catch {
      return 'unknown';
    }
  },
});

/** Reads the answer about a number: its own id, or a refusal of the token (Meta, "Error codes"). */
export function readCheck(body: unknown): TokenCheck {
  const answer = asObject(body);
  const code = asNumber(asObject(answer?.['error'])?.['code']);
  if (code !== undefined) return holdsSends(code) ? 'refused' : 'unknown';
  return asText(answer?.['id']) === undefined ? 'unknown' : 'works';
}

/** The token of a number, empty where there is none; `null` while the secrets can't be read. */
export const tokenOf = async (
  secrets: SecretStore,
  phoneNumberId: string,
): Promise<string | null> => {
  try {
    return (await secrets.get(`channel-${phoneNumberId}-token`))[0] ?? '';
  } catch {
    return null;
  }
};

const causeCode = (error: unknown): string =>
  asText(asObject((error as { cause?: unknown }).cause)?.['code']) ?? '';

/** Reads a Graph answer (Meta, "Messages API" and "Error codes"); a 200 without an id is `lost`. */
export function readAnswer(httpStatus: number, body: unknown): GraphAnswer {
  const error = asObject(asObject(body)?.['error']);
  const wamid = asText(asObjects(asObject(body)?.['messages'])[0]?.['id']);
  if (httpStatus < 300 && wamid !== undefined && !error) return { kind: 'accepted', wamid };
  if (httpStatus < 300 && !error) return { kind: 'lost' };
  return {
    kind: 'refused',
    httpStatus,
    code: asNumber(error?.['code']) ?? null,
    title: asText(error?.['message']) ?? '',
    details: asText(asObject(error?.['error_data'])?.['details']) ?? '',
  };
}
