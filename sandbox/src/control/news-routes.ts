import type { Hono } from 'hono';
import type { World } from '../world/world.ts';
import { BadRequest, bodyOf, numberOf } from './requests.ts';
import {
  accountSchema,
  alertSchema,
  errorSchema,
  qualitySchema,
  templateStatusSchema,
} from './schemas.ts';

/** What Meta decides by itself: each call makes it so, and answers how the webhook took it. */
export function addNews(app: Hono, world: World): void {
  app.get('/templates', (c) => {
    const { wabaId } = numberOf(world, c.req.query('phoneNumberId'));
    return c.json(world.templates.of(wabaId));
  });
  app.post('/templates/status', async (c) => {
    const { name, language, event, reason, phoneNumberId } = await bodyOf(c, templateStatusSchema);
    const number = numberOf(world, phoneNumberId);
    const template = world.templates.find(number.wabaId, name, language);
    if (template === undefined)
      throw new BadRequest(`No template has the name "${name}" in the language "${language}".`);
    return c.json(await world.news.template(number, template, event, reason ?? 'NONE'));
  });
  app.post('/quality', async (c) => {
    const { event, quality, limit, phoneNumberId } = await bodyOf(c, qualitySchema);
    return c.json(
      await world.news.quality(numberOf(world, phoneNumberId), event, { quality, limit }),
    );
  });
  app.post('/account', async (c) => {
    const { event, detail, phoneNumberId } = await bodyOf(c, accountSchema);
    return c.json(await world.news.account(numberOf(world, phoneNumberId), event, detail ?? ''));
  });
  app.post('/alert', async (c) => {
    const { type, severity, status, description, phoneNumberId } = await bodyOf(c, alertSchema);
    const alert = {
      alert_severity: severity ?? 'WARNING',
      alert_status: status ?? 'ACTIVE',
      alert_type: type ?? 'INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED',
      alert_description:
        description ?? 'Limits cannot be increased. Follow our messaging policies.',
    };
    return c.json(await world.news.alert(numberOf(world, phoneNumberId), alert));
  });
  app.post('/errors', async (c) => {
    const { code, details, phoneNumberId } = await bodyOf(c, errorSchema);
    return c.json(await world.news.error(numberOf(world, phoneNumberId), code, details));
  });
}
