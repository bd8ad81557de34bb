import type { Context, Hono } from 'hono';
import { refuse, type GraphPorts } from './answer.ts';
import { withAccount } from './account-routes.ts';
import { TEMPLATE_FIELDS } from './account-fields.ts';
import { invalidParameter } from './errors.ts';
import { selected, selectedAll } from './fields.ts';
import { pageOf } from './paging.ts';
import type { Template } from './template.ts';
import { alreadyThere, judgeTemplate, noSuchTemplate } from './template-create.ts';

/** `message_templates` of an account, and the node of a template (Meta, "Template management"). */
export function addTemplates(app: Hono, ports: GraphPorts): void {
  const path = '/:wabaId{\\d+}/message_templates';
  app.get('/:id{\\d+}', async (c, next) => {
    const template = ports.world.templates.byId(c.req.param('id'));
    if (template === undefined) return next();
    const result = selected(template, TEMPLATE_FIELDS, c.req.query('fields'));
    return result.ok ? c.json(result.node) : refuse(c, ports, result.error);
  });
  app.get(path, (c) => withAccount(c, ports, 'get', (_, wabaId) => list(c, ports, wabaId)));
  app.post(path, async (c) => {
    const raw: unknown = await c.req.json().catch(() => null);
    return withAccount(c, ports, 'post', (_, wabaId) => create(c, ports, wabaId, raw));
  });
  app.delete(path, (c) => withAccount(c, ports, 'delete', (_, wabaId) => remove(c, ports, wabaId)));
}

/** What a list can be narrowed by, each compared with the template's own. */
const FILTERS: Record<string, (template: Template) => string> = {
  name: ({ name }) => name,
  status: ({ status }) => status,
  language: ({ language }) => language,
  category: ({ category }) => category,
};

function list(c: Context, ports: GraphPorts, wabaId: string): Response {
  const wanted = ports.world.templates
    .of(wabaId)
    .filter((template) =>
      Object.entries(FILTERS).every(([name, read]) =>
        matches(name, read(template), c.req.query(name)),
      ),
    );
  const rows = selectedAll(wanted, TEMPLATE_FIELDS, c.req.query('fields'));
  if (!rows.ok) return refuse(c, ports, rows.error);
  const page = pageOf(rows.nodes, new URL(c.req.url));
  return page.ok ? c.json(page.body) : refuse(c, ports, page.error);
}

/** Names are searched in, anything else is compared whole. */
function matches(name: string, value: string, asked: string | undefined): boolean {
  if (asked === undefined || asked === '') return true;
  return name === 'name' ? value.includes(asked) : value.toUpperCase() === asked.toUpperCase();
}

function create(c: Context, ports: GraphPorts, wabaId: string, raw: unknown): Response {
  const { templates } = ports.world;
  const judged = judgeTemplate(raw, wabaId);
  if (!judged.ok) return refuse(c, ports, judged.error);
  const { template } = judged;
  if (templates.find(wabaId, template.name, template.language) !== undefined)
    return refuse(c, ports, alreadyThere(template));
  templates.add(wabaId, template);
  const { id, status, category } = template;
  return c.json({ id, status, category });
}

/** By name in every language, or with `hsm_id` the one that has this id. */
function remove(c: Context, ports: GraphPorts, wabaId: string): Response {
  const { name, hsm_id: id } = c.req.query();
  if (name === undefined || name === '')
    return refuse(c, ports, invalidParameter('The parameter name is required.'));
  const removed = ports.world.templates.remove(
    wabaId,
    (template) => template.name === name && (id === undefined || template.id === id),
  );
  return removed > 0 ? c.json({ success: true }) : refuse(c, ports, noSuchTemplate(name));
}
