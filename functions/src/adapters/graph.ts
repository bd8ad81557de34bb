import {
  asNumber,
  asObject,
  asObjects,
  asText,
  holdsSends,
  NUMBER_FIELDS,
  readNumber,
  receiptBody,
  SEND_TIMEOUT_MS,
  type GraphAnswer,
  type Json,
} from '@switchboard/domain';
import type { Graph, SecretStore, TokenCheck, UploadAnswer } from '../ports.ts';
import { postFile } from './multipart.ts';

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
): Graph => {
  const ask = askOf(settings, secrets, timeoutMs);
  return {
    async send(phoneNumberId, body) {
      const { answer, failure } = await ask(phoneNumberId, [phoneNumberId, 'messages'], body);
      return answer ? readAnswer(answer.status, answer.body) : failure;
    },
    async markRead(phoneNumberId, wamid, typing) {
      const body = receiptBody(wamid, typing);
      const { answer } = await ask(phoneNumberId, [phoneNumberId, 'messages'], body);
      return answer !== null && answer.status < 300;
    },
    async upload(phoneNumberId, file) {
      const token = await tokenOf(secrets, phoneNumberId);
      if (token === null) return { kind: 'no-token' };
      const fields = { messaging_product: 'whatsapp', type: file.mimeType };
      const headers = { authorization: `Bearer ${token}` };
      try {
        const url = urlOf(settings, [phoneNumberId, 'media']);
        const { status, body } = await postFile(url, headers, fields, file, UPLOAD_MS);
        return readUploaded(status, parsedJson(body));
      } catch {
        // Whatever became of it, nobody has seen it: it may be uploaded again.
        return { kind: 'unreachable' };
      }
    },
    async templates(phoneNumberId, wabaId, after) {
      const query = new URLSearchParams({
        limit: String(TEMPLATES_A_PAGE),
        fields: TEMPLATE_FIELDS,
      });
      if (after !== null) query.set('after', after);
      const path = [wabaId, 'message_templates'];
      const { answer } = await ask(phoneNumberId, path, null, `?${query}`);
      return answer && readPage(answer.status, answer.body);
    },
    async number(phoneNumberId) {
      const { answer } = await ask(
        phoneNumberId,
        [phoneNumberId],
        null,
        `?fields=${NUMBER_FIELDS}`,
      );
      const node = asObject(answer?.body);
      return asText(node?.['id']) === undefined || node === undefined ? null : readNumber(node);
    },
    async check(phoneNumberId) {
      const { answer } = await ask(phoneNumberId, [phoneNumberId], null, '?fields=id');
      return answer ? readCheck(answer.body) : 'unknown';
    },
  };
};

interface GraphSettings {
  readonly graphUrl: string;
  readonly graphVersion: string;
}

const urlOf = ({ graphUrl, graphVersion }: GraphSettings, path: readonly string[]): string =>
  [graphUrl, graphVersion, ...path.map(encodeURIComponent)].join('/');

/** What came back, or why nothing did. */
type Asked =
  | { readonly answer: { readonly status: number; readonly body: unknown }; readonly failure: null }
  | {
      readonly answer: null;
      readonly failure: Extract<GraphAnswer, { kind: 'unreachable' | 'no-token' | 'lost' }>;
    };

/** Asks with the token of a number: a `POST` where there is a body, else a `GET`. Never throws. */
const askOf =
  (settings: GraphSettings, secrets: SecretStore, timeoutMs: number) =>
  async (
    phoneNumberId: string,
    path: readonly string[],
    body: Json | null,
    query = '',
  ): Promise<Asked> => {
    const token = await tokenOf(secrets, phoneNumberId);
    if (token === null) return { answer: null, failure: { kind: 'no-token' } };
    const post = { method: 'POST', body: JSON.stringify(body) };
    try {
      const response = await fetch(urlOf(settings, path) + query, {
        ...(body === null ? {} : post),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const read: unknown = await response.json().catch(() => null);
      return { answer: { status: response.status, body: read }, failure: null };
    } catch (error) {
      const reached = !NEVER_REACHED.has(causeCode(error));
      return { answer: null, failure: { kind: reached ? 'lost' : 'unreachable' } };
    }
  };

/** How long the upload of the largest file may take, ms: less than a sender's lock holds. */
const UPLOAD_MS = 50_000;
const TEMPLATES_A_PAGE = 100;
const TEMPLATE_FIELDS = 'id,name,language,status,category,parameter_format,components';

/** Reads a page of a list (Meta, "Graph API", "Paginated results"); `null` where it is none. */
export function readPage(
  httpStatus: number,
  body: unknown,
): { readonly rows: readonly Json[]; readonly after: string | null } | null {
  const data = asObject(body)?.['data'];
  if (httpStatus >= 300 || !Array.isArray(data)) return null;
  const paging = asObject(asObject(body)?.['paging']);
  // The last page has a cursor too; only `next` says that there is more.
  const after = asText(asObject(paging?.['cursors'])?.['after']);
  return {
    rows: asObjects(data),
    after: asText(paging?.['next']) === undefined ? null : (after ?? null),
  };
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Reads Meta's answer to an upload (Meta, "Upload media"). */
export function readUploaded(httpStatus: number, body: unknown): UploadAnswer {
  const id = asText(asObject(body)?.['id']);
  if (httpStatus < 300 && id !== undefined) return { kind: 'uploaded', id };
  const answer = readAnswer(httpStatus, body);
  return answer.kind === 'accepted' ? { kind: 'lost' } : answer;
}

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
