import { Hono } from 'hono';
import type { Deliverer } from '../webhook/deliverer.ts';
import type { Customer, JsonObject, Settings } from '../model.ts';
import { FROM_CUSTOMER_MS } from '../world/media-store.ts';
import type { World } from '../world/world.ts';
import type { FaultMode, FaultOp } from './faults.ts';
import { addNews } from './news-routes.ts';
import { answerBadRequest, BadRequest, bodyOf, numberOf } from './requests.ts';
import {
  customerSchema,
  faultSchema,
  inboundSchema,
  mediaSchema,
  numberSchema,
  parseBody,
  readSchema,
  redeliverSchema,
  settingsSchema,
  who,
} from './schemas.ts';

/** What the control interface works on. */
export interface ControlPorts {
  world: World;
  deliverer: Deliverer;
  setAppSecret: (secret: string) => void;
  /** Clears chats, deliveries, faults and settings. */
  reset: () => void;
}

/** The `/_sandbox` interface: what tests, demos and people drive this machine's WhatsApp with. */
export function controlRoutes(ports: ControlPorts): Hono {
  const app = new Hono();
  app.onError(answerBadRequest);
  addTraffic(app, ports);
  addCustomers(app, ports);
  addSettings(app, ports);
  addDeliveries(app, ports);
  addNews(app, ports.world);
  return app;
}

function addTraffic(app: Hono, { world }: ControlPorts): void {
  app.post('/inbound', async (c) => {
    const body = await bodyOf(c, inboundSchema);
    const number = numberOf(world, body.phoneNumberId);
    const customer = customerOf(world, body.from, body.name);
    const items = body.messages ?? (body.message === undefined ? [] : [body.message]);
    const { wamids, outcome } = await world.customers.receive(number, customer, items, {
      copies: body.copies ?? 1,
      silent: body.silent ?? false,
    });
    return c.json({ wamid: wamids[0], wamids, ...outcome });
  });
  app.post('/media', async (c) => {
    const { id, mimeType, base64, filename, phoneNumberId } = await bodyOf(c, mediaSchema);
    const file = { mimeType, bytes: base64, filename };
    const media = world.media.keep(numberOf(world, phoneNumberId), file, FROM_CUSTOMER_MS, id);
    return c.json({ id: media.id, sha256: media.sha256.toString('base64'), mimeType });
  });
  app.get('/outbound', (c) => {
    const to = c.req.query('to');
    if (to === undefined) return c.json(world.outbound(null));
    const parsed = parseBody(who, to);
    if (!parsed.ok) throw new BadRequest(`"to" ${parsed.sentence}.`);
    const customer = world.directory.findCustomer(parsed.value);
    return c.json(customer === undefined ? [] : world.outbound(customer));
  });
  app.post('/read', async (c) => {
    const body = await bodyOf(c, readSchema);
    const customer = customerOf(world, body.from);
    return c.json({
      read: world.readAll(world.directory.chat(numberOf(world, body.phoneNumberId), customer)),
    });
  });
}

/** The customer named, made when new; a name given is taken on. */
function customerOf(world: World, from: string, name?: string): Customer {
  const known = world.directory.findCustomer(from);
  if (known === undefined && !/^\d+$/.test(from))
    throw new BadRequest(`No customer has the user id "${from}". Name them by phone number first.`);
  const patch = name === undefined ? {} : { name };
  if (known === undefined) return world.directory.customer(from, patch);
  if (name !== undefined && name !== known.name) world.changeCustomer(known, patch);
  return known;
}

function addCustomers(app: Hono, { world }: ControlPorts): void {
  app.get('/customers', (c) => c.json(world.directory.customerRows()));
  app.post('/customers', async (c) => {
    const { from, ...given } = await bodyOf(c, customerSchema);
    const customer = customerOf(world, from);
    world.changeCustomer(customer, withoutUndefined(given));
    return c.json(customer);
  });
  app.post('/customers/number', async (c) => {
    const { from, to } = await bodyOf(c, numberSchema);
    const customer = customerOf(world, from);
    if (world.directory.findCustomer(to) !== undefined)
      throw new BadRequest(`The number ${to} is taken.`);
    await world.changeNumber(customer, to);
    return c.json(customer);
  });
}

function addSettings(app: Hono, ports: ControlPorts): void {
  const { world, deliverer } = ports;
  app.post('/faults', async (c) => {
    const { op, mode, ...rest } = await bodyOf(c, faultSchema);
    setFault(world, op, mode, rest);
    return c.json({ faults: world.currentFaults() as unknown as JsonObject });
  });
  app.get('/faults', (c) => c.json({ faults: world.currentFaults() as unknown as JsonObject }));
  app.get('/settings', (c) => c.json(world.settings));
  app.post('/settings', async (c) => {
    const { appSecret, statusDelays, ...rest } = await bodyOf(c, settingsSchema);
    if (appSecret !== undefined) ports.setAppSecret(appSecret);
    const released = world.settings.hold && rest.hold === false;
    world.settings = {
      ...world.settings,
      ...(withoutUndefined(rest) as Partial<Settings>),
      statusDelays: { ...world.settings.statusDelays, ...withoutUndefined(statusDelays ?? {}) },
    };
    if (released) void deliverer.flush();
    return c.json(world.settings);
  });
  app.post('/reset', (c) => {
    ports.reset();
    return c.json({ ok: true });
  });
}

function setFault(
  world: World,
  op: FaultOp,
  mode: FaultMode | 'off',
  rest: {
    code?: number | undefined;
    httpStatus?: number | undefined;
    times?: number | undefined;
    delay?: number | undefined;
  },
): void {
  if (mode === 'off') return world.setFault(op, null);
  const { code = 131000, httpStatus = null, times = null, delay = null } = rest;
  world.setFault(op, { op, mode, code, httpStatus, times, delay });
}

function addDeliveries(app: Hono, { world, deliverer }: ControlPorts): void {
  app.get('/health', (c) =>
    c.json({ ok: true, pending: deliverer.pending(), numbers: world.directory.numbers }),
  );
  app.get('/deliveries', (c) => c.json(deliverer.deliveries()));
  app.post('/deliveries/flush', async (c) => c.json({ deliveries: await deliverer.flush() }));
  app.post('/deliveries/redeliver', async (c) => {
    const { id } = await bodyOf(c, redeliverSchema);
    const delivery = await deliverer.redeliver(id);
    if (delivery === null) throw new BadRequest(`The log has no delivery ${id}.`);
    return c.json(delivery);
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Defined<T>;
}
