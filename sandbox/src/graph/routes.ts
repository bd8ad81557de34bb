import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Fault, FaultOp } from '../control/faults.ts';
import type { BusinessNumber, JsonObject } from '../model.ts';
import type { World } from '../world/world.ts';
import {
  errorBody,
  graphError,
  invalidToken,
  unknownObject,
  unknownPath,
  type GraphError,
} from './errors.ts';
import { judgeRequest, type SendRequest } from './validate.ts';

/** What the Graph endpoints work on. */
export interface GraphPorts {
  world: World;
  accessToken: string;
  /** A fresh `fbtrace_id`. */
  traceId: () => string;
  /** Resolves after so many milliseconds, or at once when the sandbox stops. */
  wait: (ms: number) => Promise<void>;
}

interface Answer {
  status: number;
  body: JsonObject;
}

/** How long a hung request is held before the connection is given an end. */
const HANG_MS = 120_000;
const SLOW_MS = 5000;

/** The Graph API: `/{version}/…` as Meta's own paths. */
export function graphRoutes(ports: GraphPorts): Hono {
  const app = new Hono();
  const answer = (c: Pick<Context, 'json'>, { status, body }: Answer): Response =>
    c.json(body, status as ContentfulStatusCode);
  const refusal = (error: GraphError): Answer => ({
    status: error.httpStatus,
    body: errorBody(error, ports.traceId()),
  });

  app.use('*', async (c, next) => {
    c.header('facebook-api-version', c.req.path.split('/')[1] ?? '');
    if (tokenIn(c.req.header('authorization')) === ports.accessToken) return next();
    return answer(c, refusal(invalidToken()));
  });
  app.post('/:numberId{\\d+}/messages', async (c) => {
    const numberId = c.req.param('numberId');
    const number = ports.world.directory.number(numberId);
    if (number === undefined) return answer(c, refusal(unknownObject('post', numberId)));
    const raw: unknown = await c.req.json().catch(() => null);
    return withFault(c, ports, 'messages', refusal, (fault) =>
      handleMessages(ports, number, raw, fault, refusal),
    ).then((result) => answer(c, result));
  });
  app.post('/:numberId{\\d+}/media', (c) =>
    withFault(c, ports, 'media', refusal, () =>
      refusal(graphError(131053, 'This sandbox keeps no uploaded media: send them by link.')),
    ).then((result) => answer(c, result)),
  );
  app.get('/:id{\\d+}', async (c) => {
    const id = c.req.param('id');
    const number = ports.world.directory.number(id);
    if (number !== undefined) return answer(c, { status: 200, body: numberFields(number) });
    const unknown = (): Answer => refusal(unknownObject('get', id));
    return answer(c, await withFault(c, ports, 'media', refusal, unknown));
  });
  app.all('*', (c) => {
    const path = c.req.path.split('/').slice(2).join('/');
    return answer(c, refusal(unknownPath(`/${path}`)));
  });
  return app;
}

function tokenIn(header = ''): string {
  return header.startsWith('Bearer ') ? header.slice('Bearer '.length) : '';
}

/** The fields of a phone number node (Meta, "Business phone numbers"). */
function numberFields(number: BusinessNumber): JsonObject {
  return {
    verified_name: number.name,
    code_verification_status: 'VERIFIED',
    display_phone_number: `+${number.displayPhoneNumber}`,
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    id: number.phoneNumberId,
  };
}

/** Runs a call under the fault in force: instead of it, after it, late, or with no answer at all. */
async function withFault(
  c: Context,
  ports: GraphPorts,
  op: FaultOp,
  refusal: (error: GraphError) => Answer,
  run: (fault: Fault | null) => Answer,
): Promise<Answer> {
  const fault = ports.world.takeFault(op);
  if (fault === null) return run(null);
  const late = refusal(graphError(2, undefined, 503));
  if (fault.mode === 'error')
    return refusal(graphError(fault.code, undefined, fault.httpStatus ?? undefined));
  if (fault.mode === 'slow') {
    await ports.wait(fault.delay ?? SLOW_MS);
    return run(fault);
  }
  if (fault.mode === 'fail-later') return run(fault);
  if (fault.mode === 'timeout-after-accept') run(fault);
  await Promise.race([ports.wait(fault.delay ?? HANG_MS), hungUp(c)]);
  return late;
}

function hungUp(c: Context): Promise<void> {
  return new Promise((resolve) => {
    c.req.raw.signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function handleMessages(
  ports: GraphPorts,
  number: BusinessNumber,
  raw: unknown,
  fault: Fault | null,
  refusal: (error: GraphError) => Answer,
): Answer {
  const judged = judgeRequest(raw);
  if (!judged.ok) return refusal(judged.error);
  const { request } = judged;
  if (request.kind === 'read') {
    const known = ports.world.markRead(number, request.messageId, request.typing);
    if (known) return { status: 200, body: { success: true } };
    return refusal(graphError(131009, 'Message ID is not valid.'));
  }
  return acceptSend(ports, number, request, fault, refusal);
}

function acceptSend(
  ports: GraphPorts,
  number: BusinessNumber,
  request: SendRequest,
  fault: Fault | null,
  refusal: (error: GraphError) => Answer,
): Answer {
  const failLater = fault?.mode === 'fail-later' ? fault.code : null;
  const accepted = ports.world.business.accept(number, request, failLater);
  if (!accepted.ok) return refusal(accepted.error);
  const status = request.type === 'template' ? { message_status: 'accepted' } : {};
  return {
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      contacts: [accepted.contact],
      messages: [{ id: accepted.message.wamid, ...status }],
    },
  };
}
