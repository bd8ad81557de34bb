import type { Context, Hono } from 'hono';
import type { BusinessNumber } from '../model.ts';
import { DEMO_APP } from '../world/accounts.ts';
import { refuse, type GraphPorts } from './answer.ts';
import {
  ACCOUNT_FIELDS,
  changedProfile,
  NUMBER_FIELDS,
  profileNode,
  type NumberNode,
} from './account-fields.ts';
import { invalidParameter, unknownObject } from './errors.ts';
import { selected, selectedAll } from './fields.ts';
import { pageOf } from './paging.ts';

/**
 * The nodes of a phone number and of its account, with the account's `phone_numbers` and
 * `subscribed_apps` and the number's `whatsapp_business_profile` (Meta's pages of these names).
 */
export function addAccounts(app: Hono, ports: GraphPorts): void {
  const { accounts } = ports.world;
  app.get('/:id{\\d+}', async (c, next) => {
    const { kind, number } = nodeOf(ports, c.req.param('id'));
    if (number === undefined) return next();
    const result = selected({ number, accounts }, kind, c.req.query('fields'));
    return result.ok ? c.json(result.node) : refuse(c, ports, result.error);
  });
  app.get('/:wabaId{\\d+}/phone_numbers', (c) =>
    withAccount(c, ports, 'get', (numbers) => {
      const nodes: NumberNode[] = numbers.map((number) => ({ number, accounts }));
      const rows = selectedAll(nodes, NUMBER_FIELDS, c.req.query('fields'));
      if (!rows.ok) return refuse(c, ports, rows.error);
      const page = pageOf(rows.nodes, new URL(c.req.url));
      return page.ok ? c.json(page.body) : refuse(c, ports, page.error);
    }),
  );
  addSubscriptions(app, ports);
  addProfile(app, ports);
}

/** What an id names: a number, or an account by its first number. */
function nodeOf(
  { world }: GraphPorts,
  id: string,
): { kind: typeof NUMBER_FIELDS; number: BusinessNumber | undefined } {
  const number = world.directory.number(id);
  if (number !== undefined) return { kind: NUMBER_FIELDS, number };
  return { kind: ACCOUNT_FIELDS, number: world.accounts.numbersOf(id)[0] };
}

/** Runs a call on the account that the path names. */
export function withAccount(
  c: Context,
  ports: GraphPorts,
  method: 'get' | 'post' | 'delete',
  run: (numbers: BusinessNumber[], wabaId: string) => Response,
): Response {
  const wabaId = c.req.param('wabaId') ?? '';
  const numbers = ports.world.accounts.numbersOf(wabaId);
  return numbers.length === 0
    ? refuse(c, ports, unknownObject(method, wabaId))
    : run(numbers, wabaId);
}

function addSubscriptions(app: Hono, ports: GraphPorts): void {
  const { accounts } = ports.world;
  const path = '/:wabaId{\\d+}/subscribed_apps';
  app.get(path, (c) =>
    withAccount(c, ports, 'get', (_, wabaId) => {
      const link = `https://www.facebook.com/games/?app_id=${DEMO_APP.id}`;
      const row = { whatsapp_business_api_data: { link, ...DEMO_APP } };
      return c.json({ data: accounts.account(wabaId).subscribed ? [row] : [] });
    }),
  );
  app.post(path, async (c) => {
    const body = (await c.req.json().catch(() => ({}))) as Record<string, unknown> | null;
    return withAccount(c, ports, 'post', (_, wabaId) => {
      if (body?.override_callback_uri !== undefined)
        return refuse(
          c,
          ports,
          invalidParameter('The sandbox posts to one address only, that of its settings.'),
        );
      accounts.account(wabaId).subscribed = true;
      return c.json({ success: true });
    });
  });
  app.delete(path, (c) =>
    withAccount(c, ports, 'delete', (_, wabaId) => {
      accounts.account(wabaId).subscribed = false;
      return c.json({ success: true });
    }),
  );
}

function addProfile(app: Hono, ports: GraphPorts): void {
  const path = '/:numberId{\\d+}/whatsapp_business_profile';
  app.get(path, (c) => {
    const number = ports.world.directory.number(c.req.param('numberId'));
    if (number === undefined)
      return refuse(c, ports, unknownObject('get', c.req.param('numberId')));
    const { profile } = ports.world.accounts.number(number);
    const result = profileNode(profile, c.req.query('fields'));
    return result.ok ? c.json({ data: [result.node] }) : refuse(c, ports, result.error);
  });
  app.post(path, async (c) => {
    const number = ports.world.directory.number(c.req.param('numberId'));
    if (number === undefined)
      return refuse(c, ports, unknownObject('post', c.req.param('numberId')));
    const state = ports.world.accounts.number(number);
    const changed = changedProfile(state.profile, await c.req.json().catch(() => null));
    if (!changed.ok) return refuse(c, ports, changed.error);
    state.profile = changed.profile;
    return c.json({ success: true });
  });
}
