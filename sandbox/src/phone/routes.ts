import { readFile } from 'node:fs/promises';
import { Hono, type Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { answerBadRequest, bodyOf, numberOf } from '../control/requests.ts';
import { phoneSendSchema, visibleSchema, who, parseBody } from '../control/schemas.ts';
import { bareType } from '../graph/media-rules.ts';
import { chatKey } from '../world/directory.ts';
import type { Media } from '../world/media-store.ts';
import type { World } from '../world/world.ts';
import type { PhoneEvent, PhoneHub, PhonePage } from './hub.ts';
import { rangeOf } from './range.ts';

/** What the customer's phone works on. */
export interface PhonePorts {
  world: World;
  hub: PhoneHub;
  /** Aborts when the sandbox stops. */
  stopped: AbortSignal;
}

const FILES: Record<string, string> = {
  'phone.css': 'text/css; charset=utf-8',
  'tokens.css': 'text/css; charset=utf-8',
  'phone.js': 'text/javascript; charset=utf-8',
  'api.js': 'text/javascript; charset=utf-8',
  'attach.js': 'text/javascript; charset=utf-8',
  'bubbles.js': 'text/javascript; charset=utf-8',
  'choices.js': 'text/javascript; charset=utf-8',
  'customers.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'format.js': 'text/javascript; charset=utf-8',
  'icons.js': 'text/javascript; charset=utf-8',
  'items.js': 'text/javascript; charset=utf-8',
  'media.js': 'text/javascript; charset=utf-8',
  'meta.js': 'text/javascript; charset=utf-8',
  'menu.js': 'text/javascript; charset=utf-8',
  'recorder.js': 'text/javascript; charset=utf-8',
  'timeline.js': 'text/javascript; charset=utf-8',
  'tools.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEARTBEAT_MS = 15_000;

/** The customer's phone in the browser, and what its page talks to. */
export function phoneRoutes(ports: PhonePorts): Hono {
  const app = new Hono();
  app.onError(answerBadRequest);
  app.use('*', async (c, next) => {
    await next();
    c.header('content-security-policy', CSP);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
  });
  addPage(app);
  addEvents(app, ports);
  addMedia(app, ports);
  addActions(app, ports);
  return app;
}

function publicFile(name: string): Promise<string> {
  return readFile(new URL(`../../public/${name}`, import.meta.url), 'utf8');
}

function addPage(app: Hono): void {
  app.get('/', async (c) => c.html(await publicFile('phone.html')));
  app.get('/assets/:file', async (c) => {
    const file = c.req.param('file');
    const type = FILES[file];
    if (type === undefined) return c.json({ error: 'There is no such file.' }, 404);
    return c.body(await publicFile(file), 200, { 'content-type': type });
  });
}

function addEvents(app: Hono, { world, hub, stopped }: PhonePorts): void {
  app.get('/api/events', (c) => {
    const from = parseBody(who, c.req.query('from') ?? '');
    if (!from.ok || !/^\d+$/.test(from.value))
      return c.json({ error: 'Name the customer: ?from=<digits of a phone number>.' }, 400);
    const number = numberOf(world);
    const phone = from.value;
    return streamSSE(c, async (stream) => {
      const page: PhonePage = {
        id: c.req.query('page') ?? '',
        chatKey: chatKey(number, phone),
        visible: c.req.query('visible') === '1',
        send: (event) => void write(stream, event),
      };
      stream.onAbort(() => {
        hub.disconnect(page);
      });
      const chat = world.directory.chat(number, world.directory.customer(phone));
      await write(stream, { event: 'snapshot', data: world.directory.snapshot(chat) });
      hub.connect(page);
      world.chatOnScreen(page.chatKey);
      await beatUntilClosed(stream, stopped);
      hub.disconnect(page);
    });
  });
}

/** What a page shows in place; anything else is only ever saved to a file. */
const SHOWN_IN_PLACE = /^(audio|video)\/|^image\/(jpeg|png|webp)$/;

function addMedia(app: Hono, { world }: PhonePorts): void {
  app.get('/api/media/:id', (c) => {
    const media = world.media.find(c.req.param('id'));
    if (media === undefined) return c.json({ error: 'This file is no longer here.' }, 404);
    return fileAnswer(c, media);
  });
}

/** A file, or the part of it that a player asks for: some play nothing, and none skips, without. */
function fileAnswer(c: Context, { bytes, mimeType }: Media): Response {
  const size = bytes.byteLength;
  const range = rangeOf(c.req.header('range'), size);
  const { first, last } = range ?? { first: 0, last: size - 1 };
  return c.body(bytes.slice(first, last + 1), range === null ? 200 : 206, {
    'content-type': mimeType,
    'content-disposition': SHOWN_IN_PLACE.test(bareType(mimeType)) ? 'inline' : 'attachment',
    'accept-ranges': 'bytes',
    ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${size}` }),
  });
}

async function write(stream: SSEStreamingApi, { event, data }: PhoneEvent): Promise<void> {
  await stream.writeSSE({ event, data: JSON.stringify(data) });
}

/** Keeps the stream open with a comment now and then, until the page or the sandbox ends it. */
async function beatUntilClosed(stream: SSEStreamingApi, stopped: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(timer);
      stopped.removeEventListener('abort', end);
      resolve();
    };
    stream.onAbort(end);
    stopped.addEventListener('abort', end, { once: true });
    if (stopped.aborted) end();
  });
}

function addActions(app: Hono, { world, hub }: PhonePorts): void {
  app.post('/api/send', async (c) => {
    const { from, message, copies, swap } = await bodyOf(c, phoneSendSchema);
    const { wamids, outcome } = await world.customers.receive(
      numberOf(world),
      world.directory.customer(from),
      [message],
      { copies: copies ?? 1, swap: swap ?? false, fromPhone: true },
    );
    return c.json({ wamid: wamids[0], ...outcome });
  });
  app.post('/api/visible', async (c) => {
    const { page, visible } = await bodyOf(c, visibleSchema);
    const key = hub.setVisible(page, visible);
    if (key !== null && visible) world.chatOnScreen(key);
    return c.json({ ok: true });
  });
}
