import { httpGraph, httpMedia, type SecretStore } from '@switchboard/functions/testing';
import { startSandbox, type Sandbox } from '@switchboard/sandbox';
import { asObject, asText, type Json } from '@switchboard/domain';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CORRECTIONS } from './corrections.ts';
import { judgeBy, OPENAPI, OPENAPI_IS_HERE, type Judge } from './openapi.ts';
import { ourRequests, type Named, type Request } from './requests.ts';

/** Something that goes over the line, with the schema of Meta's that it must keep. */
interface Sample {
  readonly name: string;
  readonly schema: string;
  readonly value: unknown;
}

const NUMBER = '100000000000001';
const WABA = '200000000000001';
const NOOR = '15550123456';
const BEARER = { authorization: 'Bearer demo-access-token' };
const JSON_BODY = { 'content-type': 'application/json' };

let sandbox: Sandbox;
let webhook: Server;
const posted: unknown[] = [];
let named: Named;
let requests: readonly Request[];

async function call(method: string, path: string, body?: unknown) {
  const headers = { ...BEARER, ...(body === undefined ? {} : JSON_BODY) };
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(sandbox.url + path, { method, headers, ...init });
  return { status: response.status, body: (await response.json()) as Json };
}
const graph = (method: string, path: string, body?: unknown) =>
  call(method, `/v24.0/${path}`, body);
const control = (path: string, body: unknown) => call('POST', `/_sandbox/${path}`, body);

async function upload(mimeType: string): Promise<Json> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', mimeType);
  form.set('file', new Blob(['bytes'], { type: mimeType }), 'file');
  const url = `${sandbox.url}/v24.0/${NUMBER}/media`;
  const response = await fetch(url, { method: 'POST', headers: BEARER, body: form });
  return (await response.json()) as Json;
}
const idOf = (answer: Json): string => asText(answer['id']) ?? '';

async function write(message: object): Promise<string> {
  const { body } = await control('inbound', { from: NOOR, message });
  return asText(body['wamid']) ?? '';
}

beforeAll(async () => {
  webhook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.end();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const statusDelays = { sent: 1, delivered: 1, read: 1 };
  const webhookUrl = `http://127.0.0.1:${port}/`;
  sandbox = await startSandbox({ port: 0, webhookUrl, settings: { statusDelays } });
  const wamid = await write({ type: 'text', text: { body: 'My fridge leaks' } });
  const customers = (await call('GET', '/_sandbox/customers')).body as unknown as Json[];
  const uploaded = async (type: string) => idOf(await upload(type));
  named = {
    wamid,
    userId: asText(customers[0]?.['userId']) ?? '',
    media: {
      image: await uploaded('image/jpeg'),
      video: await uploaded('video/mp4'),
      audio: await uploaded('audio/ogg'),
      document: await uploaded('application/pdf'),
      sticker: await uploaded('image/webp'),
    },
  };
  requests = ourRequests(named);
});
afterAll(async () => {
  await sandbox.stop();
  await new Promise((resolve) => webhook.close(resolve));
});

describe('what we send', () => {
  it('is taken by the sandbox, every kind of it', async () => {
    for (const { name, body } of requests) {
      const answer = await graph('POST', `${NUMBER}/messages`, body);
      expect([name, answer.status, answer.body['error']]).toEqual([name, 200, undefined]);
    }
  });

  it('arrives: nothing of it fails afterwards', async () => {
    await expect
      .poll(async () => {
        const rows = (await call('GET', `/_sandbox/outbound?to=${NOOR}`)).body as unknown as Json[];
        return rows.map(({ state }) => state).filter((state) => state === 'accepted');
      })
      .toEqual([]);
    const rows = (await call('GET', `/_sandbox/outbound?to=${NOOR}`)).body as unknown as Json[];
    expect(rows.filter(({ state }) => state === 'failed')).toEqual([]);
  });
});

describe('our adapters', () => {
  const secrets: SecretStore = {
    get: () => Promise.resolve(['demo-access-token']),
  };
  const settings = () => ({ graphUrl: sandbox.url, graphVersion: 'v24.0' });
  async function* bytes() {
    yield new TextEncoder().encode('%PDF-1.7');
  }

  it('upload a file to the sandbox, and find it there', async () => {
    const file = { bytes: bytes(), size: 8, mimeType: 'application/pdf', filename: 'a.pdf' };
    const answer = await httpGraph(settings(), secrets).upload(NUMBER, file);
    expect(answer.kind).toBe('uploaded');
    const id = answer.kind === 'uploaded' ? answer.id : '';
    const media = httpMedia({ ...settings(), mediaHosts: ['127.0.0.1'] } as never, secrets);
    expect(await media.find(NUMBER, id)).toMatchObject({
      kind: 'found',
      mimeType: 'application/pdf',
      size: 8,
    });
  });

  it('read the templates of the sandbox', async () => {
    const page = await httpGraph(settings(), secrets).templates(NUMBER, WABA, null);
    expect(page?.after).toBeNull();
    expect(page?.rows.map(({ name }) => name)).toContain('follow_up_after_repair');
  });
});

/** What a customer does, each kind once. */
async function everythingInbound(): Promise<void> {
  const media = async (mimeType: string, filename?: string) =>
    idOf((await control('media', { mimeType, base64: 'YQ==', filename })).body);
  const context = { id: named.wamid };
  const image = { id: await media('image/jpeg') };
  const items: readonly object[] = [
    { type: 'text', text: { body: 'About that' }, context },
    { type: 'image', image },
    { type: 'video', video: { id: await media('video/mp4') } },
    { type: 'audio', audio: { id: await media('audio/ogg; codecs=opus') } },
    { type: 'document', document: { id: await media('application/pdf', 'a.pdf') } },
    { type: 'sticker', sticker: { id: await media('image/webp') } },
    { type: 'location', location: { latitude: 38.7, longitude: -9.1 } },
    {
      type: 'contacts',
      contacts: [{ name: { formatted_name: 'Ana' }, origin: 'other', vcard: 'x' }],
    },
    { type: 'reaction', reaction: { message_id: named.wamid, emoji: '👍' } },
    { type: 'reaction', reaction: { message_id: named.wamid } },
    { type: 'button', button: { payload: 'y', text: 'Yes' }, context },
    {
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } },
      context,
    },
    {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{}' } },
      context,
    },
    { type: 'request_welcome' },
    {
      type: 'unsupported',
      errors: [{ code: 131051, title: 'x', message: 'x', error_data: { details: 'x' } }],
    },
    {
      type: 'edit',
      edit: { original_message_id: named.wamid, message: { type: 'text', text: { body: 'x' } } },
    },
  ];
  for (const item of items) await write(item);
  await control('customers/number', { from: NOOR, to: '15550123999' });
  const withheld = { from: '15550124000', phoneHidden: true };
  await control('customers', withheld);
  await control('inbound', {
    from: withheld.from,
    message: { type: 'text', text: { body: 'hi' } },
  });
  await control('customers/number', { from: withheld.from, to: '15550124001' });
  const customers = (await call('GET', '/_sandbox/customers')).body as unknown as Json[];
  const recipient = customers.find(({ phoneHidden }) => phoneHidden === true)?.['userId'];
  const text = { body: 'hi' };
  const body = { messaging_product: 'whatsapp', recipient, type: 'text', text };
  const { body: answer } = await graph('POST', `${NUMBER}/messages`, body);
  const [message] = answer['messages'] as Json[];
  await vi.waitFor(() => {
    const statuses = posted.filter((one) => JSON.stringify(one).includes(String(message?.['id'])));
    expect(JSON.stringify(statuses)).toContain('"delivered"');
  });
}

async function answersOf(): Promise<readonly Sample[]> {
  const draft = {
    name: 'spare_part',
    language: 'en',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'It is here.' }],
  };
  const fields = 'display_phone_number,status,quality_rating,messaging_limit_tier,account_mode';
  const profile = `${NUMBER}/whatsapp_business_profile?fields=about,email,websites,vertical`;
  const { id } = await upload('image/png');
  const asked: readonly [schema: string, method: string, path: string, body?: unknown][] = [
    ['MessageResponsePayload', 'POST', `${NUMBER}/messages`, requests[0]?.body],
    [
      'MarkMessageResponsePayload',
      'POST',
      `${NUMBER}/messages`,
      { messaging_product: 'whatsapp', status: 'read', message_id: named.wamid },
    ],
    ['GraphAPIError', 'POST', `${NUMBER}/messages`, {}],
    ['media found', 'GET', String(id)],
    ['media deleted', 'DELETE', String(id)],
    ['PhoneNumberInfo', 'GET', `${NUMBER}?fields=verified_name,quality_rating,name_status`],
    ['WhatsAppBusinessAccountPhoneNumbersConnection', 'GET', `${WABA}/phone_numbers`],
    [
      'WhatsAppBusinessAccountPhoneNumbersConnection',
      'GET',
      `${WABA}/phone_numbers?fields=${fields}`,
    ],
    ['WhatsAppBusinessAccount', 'GET', `${WABA}?fields=name,currency,country,ownership_type`],
    ['SubscribedAppsResponse', 'GET', `${WABA}/subscribed_apps`],
    ['SubscriptionResponse', 'POST', `${WABA}/subscribed_apps`, {}],
    ['WhatsAppBusinessProfileResponse', 'GET', profile],
    ['templates listed', 'GET', `${WABA}/message_templates?limit=100`],
    ['template made', 'POST', `${WABA}/message_templates`, draft],
    ['template deleted', 'DELETE', `${WABA}/message_templates?name=spare_part`],
    ['GraphAPIError', 'GET', `${WABA}/message_templates?after=nothing`],
  ];
  const samples: Sample[] = [{ name: 'upload', schema: 'media uploaded', value: { id } }];
  for (const [schema, method, path, body] of asked) {
    const answer = await graph(method, path, body);
    samples.push({ name: `${method} ${path}`, schema, value: answer.body });
    const [first] = (answer.body['data'] ?? []) as unknown[];
    // The file puts these rows into an envelope that the API does not have.
    if (path === profile)
      samples.push({ name: path, schema: 'WhatsAppBusinessProfile', value: first });
  }
  return samples;
}

/** Messages and statuses; of news of the account the file knows nothing. */
const isMessages = (body: unknown): boolean => {
  const [entry] = (asObject(body)?.['entry'] ?? []) as Json[];
  const [change] = (entry?.['changes'] ?? []) as Json[];
  return change?.['field'] === 'messages';
};

describe.skipIf(!OPENAPI_IS_HERE)(`Meta’s description of the API (at ${OPENAPI})`, () => {
  let samples: readonly Sample[];
  const wrong = (judge: Judge) =>
    samples.flatMap(({ name, schema, value }) => {
      const problems = judge(schema, value);
      return problems.length === 0 ? [] : [`${name} (${schema}): ${problems.join('; ')}`];
    });

  beforeAll(async () => {
    const answers = await answersOf();
    await everythingInbound();
    samples = [
      ...requests.map(({ name, body }) => ({ name, schema: 'Message', value: body })),
      {
        name: 'read receipt',
        schema: 'MarkMessageRequestPayload',
        value: { messaging_product: 'whatsapp', status: 'read', message_id: named.wamid },
      },
      ...answers,
      ...posted.filter(isMessages).map((value) => ({
        name: JSON.stringify(value).slice(0, 2000),
        schema: 'WebhookPayload',
        value,
      })),
    ];
  });

  it('is kept by our requests, and by the answers and webhooks of the sandbox', () => {
    expect(wrong(judgeBy())).toEqual([]);
  });

  it.each(CORRECTIONS.map((correction) => [correction.what, correction] as const))(
    'still needs to be corrected: %s',
    (_, correction) => {
      const others = CORRECTIONS.filter((one) => one !== correction);
      expect(wrong(judgeBy(others))).not.toEqual([]);
    },
  );

  it.each<[string, object]>([
    ['a property that nobody knows', { type: 'text', text: { body: 'x' }, colour: 'red' }],
    ['no content', { type: 'text' }],
    ['no type', { text: { body: 'x' } }],
    ['a picture that is nowhere', { type: 'image', image: { caption: 'x' } }],
    ['four buttons', { type: 'interactive', interactive: buttons(4, 'Yes') }],
    ['a title that is too long', { type: 'interactive', interactive: buttons(1, 'x'.repeat(21)) }],
  ])('refuses %s, and so it is no rubber stamp', (_, content) => {
    const head = { messaging_product: 'whatsapp', recipient_type: 'individual', to: `+${NOOR}` };
    expect(judgeBy()('Message', { ...head, ...content })).not.toEqual([]);
  });
});

function buttons(count: number, title: string): object {
  const all = Array.from({ length: count }, (_, n) => ({
    type: 'reply',
    reply: { id: `b${n}`, title: `${title}${n || ''}` },
  }));
  return { type: 'button', body: { text: 'x' }, action: { buttons: all } };
}
