import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '@switchboard/sandbox';
import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionCTA,
  ActionList,
  ActionLocation,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Document,
  Image,
  Interactive,
  ListSection,
  Location,
  Reaction,
  Row,
  Template,
  Text,
} from 'whatsapp-api-js/messages';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const NUMBER = '100000000000001';
const NOOR = '15550123456';
const TO = { phone: `+${NOOR}`, bsuid: '' };

let sandbox: Sandbox;
let webhook: Server;
let client: WhatsAppAPI;
/** What the library made of the webhooks, whose signatures it has verified. */
const heard: { messages: string[]; statuses: string[] } = { messages: [], statuses: [] };

/** The library knows Meta's host alone; what it asks there goes to the sandbox. */
const toSandbox: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const path = url.pathname + url.search;
  return fetch(url.hostname === 'graph.facebook.com' ? sandbox.url + path : url, init);
};

beforeAll(async () => {
  webhook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const signature = String(request.headers['x-hub-signature-256']);
      client.post(JSON.parse(raw) as never, raw, signature).then(
        () => response.end(),
        () => response.writeHead(401).end(),
      );
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
  const statusDelays = { sent: 1, delivered: 1, read: 1 };
  sandbox = await startSandbox({ port: 0, webhookUrl, settings: { statusDelays } });
  client = new WhatsAppAPI({
    token: 'demo-access-token',
    appSecret: 'demo-app-secret',
    v: 'v24.0',
    ponyfill: { fetch: toSandbox },
  });
  client.on.message = ({ message }) => {
    heard.messages.push(message.id);
  };
  client.on.status = ({ id, status }) => {
    heard.statuses.push(`${id} ${status}`);
  };
});
afterAll(async () => {
  await sandbox.stop();
  await new Promise((resolve) => webhook.close(resolve));
});

async function write(text: string): Promise<string> {
  const response = await fetch(`${sandbox.url}/_sandbox/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: NOOR, message: { type: 'text', text: { body: text } } }),
  });
  return ((await response.json()) as { wamid: string }).wamid;
}

/** Sends, and answers the id that the library has read. */
async function send(message: Parameters<WhatsAppAPI['sendMessage']>[2], context?: string) {
  const answer = await client.sendMessage(NUMBER, TO, message, context);
  if (!('messages' in answer)) throw new Error(JSON.stringify(answer));
  return answer.messages[0].id;
}

async function upload(type: string): Promise<string> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new Blob(['bytes'], { type }), 'file');
  const answer = await client.uploadMedia(NUMBER, form);
  if (!('id' in answer)) throw new Error(JSON.stringify(answer));
  return answer.id;
}

describe('a client that others have written', () => {
  it('takes the webhooks of the sandbox, signature and all', async () => {
    const wamid = await write('My fridge leaks');
    expect(heard.messages).toContain(wamid);
  });

  it.each([
    ['text', () => new Text('Hi https://kestrel.example', true)],
    ['location', () => new Location(-9.1, 38.7, 'Workshop', 'Rua Augusta 1')],
    [
      'template',
      () =>
        new Template(
          'follow_up_after_repair',
          'en',
          new BodyComponent(new BodyParameter('Peter'), new BodyParameter('Forno 60 oven')),
        ),
    ],
    [
      'template by name',
      () =>
        new Template(
          'appointment_confirmation',
          'en',
          new BodyComponent(
            new BodyParameter('Noor', 'customer_name'),
            new BodyParameter('fridge', 'appliance'),
            new BodyParameter('Friday', 'visit_day'),
          ),
        ),
    ],
    [
      'buttons',
      () => new Interactive(new ActionButtons(new Button('y', 'Yes')), new Body('Is it you?')),
    ],
    [
      'list',
      () =>
        new Interactive(
          new ActionList('Times', new ListSection('Friday', new Row('am', 'Morning', '8 to 12'))),
          new Body('When?'),
        ),
    ],
    [
      'link',
      () => new Interactive(new ActionCTA('Book', 'https://kestrel.example/'), new Body('x')),
    ],
    ['location request', () => new Interactive(new ActionLocation(), new Body('Where?'))],
  ])('sends to it: %s', async (_, message) => {
    await write('hello');
    const id = await send(message());
    await vi.waitFor(() => {
      expect(heard.statuses).toContain(`${id} delivered`);
    });
  });

  it('answers, reacts, and marks as read while it types', async () => {
    const wamid = await write('One more thing');
    const answer = await send(new Text('Yes?'), wamid);
    const reaction = await send(new Reaction(wamid, '👍'));
    const taken = await send(new Reaction(wamid));
    expect(await client.markAsRead(NUMBER, wamid, 'text')).toEqual({ success: true });
    await vi.waitFor(() => {
      expect(heard.statuses).toContain(`${answer} delivered`);
      expect(heard.statuses).toContain(`${reaction} sent`);
      expect(heard.statuses).toContain(`${taken} sent`);
    });
  });

  it('uploads, sends, finds, downloads and deletes media', async () => {
    await write('Show me');
    const id = await upload('image/jpeg');
    const sent = await send(new Image(id, true, 'Here'));
    const file = await send(new Document(await upload('application/pdf'), true, 'x', 'a.pdf'));
    await vi.waitFor(() => {
      expect(heard.statuses).toContain(`${sent} delivered`);
      expect(heard.statuses).toContain(`${file} delivered`);
    });
    const found = await client.retrieveMedia(id, NUMBER);
    if (!('url' in found)) throw new Error(JSON.stringify(found));
    expect(found.mime_type).toBe('image/jpeg');
    expect(await (await client.fetchMedia(found.url)).text()).toBe('bytes');
    expect(await client.deleteMedia(id, NUMBER)).toEqual({ success: true });
    expect(await client.retrieveMedia(id, NUMBER)).toMatchObject({ error: { code: 100 } });
  });

  it('reads the refusals as Meta’s', async () => {
    const template = new Template('no_such_template', 'en');
    const answer = await client.sendMessage(NUMBER, TO, template);
    expect(answer).toMatchObject({ error: { code: 132001, type: 'OAuthException' } });
  });
});
