import { asObject, asText } from '@switchboard/domain';
import type { Ports } from '../ports.ts';
import { ingest } from '../ingest/ingest.ts';
import { inTime } from '../platform/in-time.ts';
import { journal } from './journal.ts';
import { signatureHolds, tokenMatches } from './signature.ts';

/** What the webhook needs of an HTTP request. `url` is path and query. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

/**
 * The answer, as plain text. After a delivery anything but 200 makes Meta send the whole body again
 * (Meta, "Webhooks").
 */
export interface WebhookResponse {
  readonly status: number;
  readonly body: string;
}

/** Meta batches up to 3 MB (Meta, "Webhooks"); a little above it is left for encodings. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** How long an answer waits for its items to be processed, ms; the rest is left to a task. */
const INGEST_BUDGET_MS = 150;
/** What was begun within the budget may take this long, ms: it is journaled, so nobody has to wait. */
const INGEST_PATIENCE_MS = 2_000;
/**
 * How long storing may take, ms. The SDK tries a database that is out of reach for minutes; an answer
 * that says "send again" frees the instance, and what was stored after all is then found again.
 */
const STORE_PATIENCE_MS = 8_000;

/**
 * The webhook of one Meta app: verification by GET, deliveries by POST. A 200 means that every item
 * is in the journal. Which app it is says the path (`…/webhook/{appId}`), never the body.
 */
export async function webhook(
  ports: Ports,
  verifyTokens: readonly string[],
  request: WebhookRequest,
): Promise<WebhookResponse> {
  const url = new URL(`http://webhook${request.url}`);
  if (request.method === 'GET') return verify(url.searchParams, verifyTokens);
  if (request.method !== 'POST') return { status: 405, body: 'Use GET or POST' };
  const appId = appOf(url.pathname);
  try {
    const secrets = await ports.secrets.get(`app-${appId}-secret`);
    if (!signatureHolds(request.body, request.signature, secrets)) {
      ports.log.error('webhook.unsigned', { appId, bytes: request.body.length });
      return { status: 401, body: 'The signature does not match' };
    }
    if (request.body.length > BODY_LIMIT) return { status: 413, body: 'The body is over 4 MB' };
    return await receive(ports, request.body, appId);
  } catch (error) {
    ports.log.error('webhook.not-stored', { appId, error: nameOf(error) });
    return { status: 503, body: 'Not stored, send again' };
  }
}

async function receive(ports: Ports, body: Uint8Array, appId: string): Promise<WebhookResponse> {
  const storing = journal(ports, body, appId);
  const { receiptId, items, fresh, work } = await inTime(storing, STORE_PATIENCE_MS, () => {
    throw new TooSlow();
  });
  const working = ingest(ports, work, { deadline: ports.clock.now() + INGEST_BUDGET_MS });
  const left = await inTime(working, INGEST_PATIENCE_MS, () => work.length);
  if (left > 0)
    await ports.tasks.drain(receiptId).catch((error: unknown) => {
      // What is journaled is found by the sweep too; the answer to Meta stays 200.
      ports.log.error('webhook.drain-not-enqueued', { receiptId, error: nameOf(error) });
    });
  ports.log.info('webhook.received', { appId, receiptId, items, fresh, left });
  return { status: 200, body: 'EVENT_RECEIVED' };
}

/** Storing took too long: whether it was stored is unknown. */
class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Name and code of an error: its message may quote what was being written. */
const nameOf = (error: unknown): string => {
  const code = asText(asObject(error)?.['code']) ?? '';
  return error instanceof Error ? `${error.name}: ${code}` : 'unknown';
};

/** Answers the challenge to whoever knows the verify token (Meta, "Webhooks", verification requests). */
function verify(query: URLSearchParams, verifyTokens: readonly string[]): WebhookResponse {
  const challenge = query.get('hub.challenge');
  const matches =
    query.get('hub.mode') === 'subscribe' &&
    challenge !== null &&
    tokenMatches(query.get('hub.verify_token') ?? '', verifyTokens);
  return matches
    ? { status: 200, body: challenge }
    : { status: 403, body: 'The verify token does not match' };
}

/** `/whatsapp/webhook` is the first app's, `/whatsapp/webhook/{appId}` another's; the function's own address has no prefix. */
function appOf(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const own = segments[0] === 'whatsapp' ? segments.slice(2) : segments;
  const appId = own[0] ?? 'default';
  return /^[A-Za-z0-9_-]{1,64}$/.test(appId) ? appId : 'unknown';
}
