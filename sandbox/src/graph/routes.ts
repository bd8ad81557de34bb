import { Hono, type Context } from 'hono';
import type { Fault } from '../control/faults.ts';
import type { BusinessNumber } from '../model.ts';
import { addAccounts } from './account-routes.ts';
import { onlyWithToken, refuse, withFault, type GraphPorts } from './answer.ts';
import { graphError, unknownObject, unknownPath } from './errors.ts';
import { addMedia } from './media-routes.ts';
import { addTemplates } from './template-routes.ts';
import { judgeRequest, type SendRequest } from './validate.ts';

/** The Graph API: `/{version}/…` as Meta's own paths. */
export function graphRoutes(ports: GraphPorts): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    c.header('facebook-api-version', c.req.path.split('/')[1] ?? '');
    return next();
  });
  app.use('*', onlyWithToken(ports));
  app.post('/:numberId{\\d+}/messages', async (c) => {
    const numberId = c.req.param('numberId');
    const number = ports.world.directory.number(numberId);
    if (number === undefined) return refuse(c, ports, unknownObject('post', numberId));
    const raw: unknown = await c.req.json().catch(() => null);
    return withFault(c, ports, 'messages', (fault) => handleMessages(c, ports, number, raw, fault));
  });
  addAccounts(app, ports);
  addTemplates(app, ports);
  addMedia(app, ports);
  app.all('*', (c) => {
    const path = c.req.path.split('/').slice(2).join('/');
    return refuse(c, ports, unknownPath(`/${path}`));
  });
  return app;
}

function handleMessages(
  c: Context,
  ports: GraphPorts,
  number: BusinessNumber,
  raw: unknown,
  fault: Fault | null,
): Response {
  const judged = judgeRequest(raw);
  if (!judged.ok) return refuse(c, ports, judged.error);
  const { request } = judged;
  if (request.kind === 'send') return acceptSend(c, ports, number, request, fault);
  const known = ports.world.markRead(number, request.messageId, request.typing);
  if (known) return c.json({ success: true });
  return refuse(c, ports, graphError(131009, 'Message ID is not valid.'));
}

function acceptSend(
  c: Context,
  ports: GraphPorts,
  number: BusinessNumber,
  request: SendRequest,
  fault: Fault | null,
): Response {
  const failLater = fault?.mode === 'fail-later' ? fault.code : null;
  const accepted = ports.world.business.accept(number, request, failLater);
  if (!accepted.ok) return refuse(c, ports, accepted.error);
  const status = request.type === 'template' ? { message_status: 'accepted' } : {};
  return c.json({
    messaging_product: 'whatsapp',
    contacts: [accepted.contact],
    messages: [{ id: accepted.message.wamid, ...status }],
  });
}
