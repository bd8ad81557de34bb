import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model.ts';
import { NOOR, NUMBER_ID, startBench, TOKEN, type Answer, type Bench } from '../testing/bench.ts';
import { at, listAt, textAt } from '../testing/json.ts';

const WABA = '200000000000001';
let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.stop();
});

const get = (path: string) => bench.get(`/v24.0/${path}`, TOKEN);
const post = (path: string, body: unknown) => bench.post(`/v24.0/${path}`, body, TOKEN);
async function remove(path: string): Promise<Answer> {
  const url = `${bench.sandbox.url}/v24.0/${path}`;
  const response = await fetch(url, { method: 'DELETE', headers: TOKEN });
  return { status: response.status, body: (await response.json()) as Json };
}
const refusal = ({ status, body }: Answer) => [
  status,
  at(body, 'error', 'code'),
  at(body, 'error', 'error_subcode'),
];

describe('templates of an account', () => {
  const templates = async (query = '') =>
    listAt((await get(`${WABA}/message_templates?limit=100${query}`)).body, 'data');

  it('are listed with what a send needs to know', async () => {
    const all = await templates();
    expect(all.length).toBeGreaterThan(10);
    expect(all.find(({ name }) => name === 'order_update')).toEqual({
      id: expect.stringMatching(/^\d{15}$/),
      name: 'order_update',
      language: 'en',
      status: 'APPROVED',
      category: 'UTILITY',
      parameter_format: 'POSITIONAL',
      components: expect.any(Array),
    });
    expect(new Set(all.map(({ status }) => status))).toEqual(
      new Set(['APPROVED', 'PAUSED', 'REJECTED', 'PENDING']),
    );
  });

  it('are narrowed by name, status, language and category', async () => {
    const names = (rows: JsonObject[]) => rows.map(({ name }) => name);
    expect(names(await templates('&name=follow_up_after_repair'))).toHaveLength(3);
    expect(names(await templates('&status=PAUSED'))).toEqual(['autumn_offer']);
    expect(names(await templates('&language=pt_BR&category=MARKETING'))).toEqual(['reopen']);
    expect(await templates('&name=nothing')).toEqual([]);
  });

  it('have the fields that are asked for, and the id', async () => {
    const [first] = await templates('&fields=name,rejected_reason&status=REJECTED');
    expect(first).toEqual({
      id: expect.any(String),
      name: 'win_a_fridge',
      rejected_reason: 'ABUSIVE_CONTENT',
    });
    const answer = await get(`${WABA}/message_templates?fields=nonsense`);
    expect(refusal(answer)).toEqual([400, 100, undefined]);
  });

  it('come in pages, forwards and backwards, that miss none and repeat none', async () => {
    const all = (await templates('&fields=id')).map(({ id }) => id);
    const seen: Json[] = [];
    let body: Json = (await get(`${WABA}/message_templates?fields=id&limit=4`)).body;
    for (;;) {
      seen.push(...listAt(body, 'data').map(({ id }) => id ?? null));
      const next = at(body, 'paging', 'next');
      if (typeof next !== 'string') break;
      body = (await bench.get(next.replace(bench.sandbox.url, ''), TOKEN)).body;
    }
    expect(seen).toEqual(all);
    const previous = textAt(body, 'paging', 'previous').replace(bench.sandbox.url, '');
    const before = listAt((await bench.get(previous, TOKEN)).body, 'data').map(({ id }) => id);
    const last = listAt(body, 'data').length;
    expect(before).toEqual(all.slice(-last - 4, -last));
  });

  it('with a cursor that names nothing are 131059', async () => {
    const answer = await get(`${WABA}/message_templates?after=nonsense`);
    expect(refusal(answer)).toEqual([400, 131059, undefined]);
    expect((await get(`${WABA}/message_templates?limit=0`)).status).toBe(400);
  });

  const draft = {
    name: 'spare_part_arrived',
    language: 'en',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Your spare part has arrived.' }],
  };

  it('are made, reviewed and then sent', async () => {
    const made = await post(`${WABA}/message_templates`, draft);
    expect(made).toMatchObject({ status: 200, body: { status: 'PENDING', category: 'UTILITY' } });
    const template = { name: draft.name, language: { code: 'en' } };
    const send = () => bench.send({ to: `+${NOOR}`, type: 'template', template });
    expect(refusal(await send())).toEqual([404, 132001, undefined]);
    const { name, language } = draft;
    await bench.post('/_sandbox/templates/status', { name, language, event: 'APPROVED' });
    expect((await send()).status).toBe(200);
    expect((await get(textAt(made.body, 'id'))).body).toMatchObject({ name, status: 'APPROVED' });
  });

  it('that are there in this language already are not made again: subcode 2388024', async () => {
    const answer = await post(`${WABA}/message_templates`, { ...draft, name: 'visit_booked' });
    expect(refusal(answer)).toEqual([400, 100, 2388024]);
    expect(at(answer.body, 'error', 'error_user_title')).toBe(
      'Content in This Language Already Exists',
    );
    const other = { ...draft, name: 'visit_booked', language: 'pt_BR' };
    expect((await post(`${WABA}/message_templates`, other)).status).toBe(200);
  });

  it('are deleted by name in every language, or by name and id in one', async () => {
    const rows = await templates('&name=visit_booked');
    const one = `${WABA}/message_templates?name=visit_booked&hsm_id=${textAt(rows[0], 'id')}`;
    expect((await remove(one)).body).toEqual({ success: true });
    expect(await templates('&name=visit_booked')).toHaveLength(rows.length - 1);
    const path = `${WABA}/message_templates?name=visit_booked`;
    expect((await remove(path)).body).toEqual({ success: true });
    expect(refusal(await remove(path))).toEqual([400, 100, 2593002]);
    expect((await remove(`${WABA}/message_templates`)).status).toBe(400);
  });

  it('belong to an account: another id is code 100, subcode 33', async () => {
    expect(refusal(await get('999/message_templates'))).toEqual([400, 100, 33]);
    expect(refusal(await post(`${NUMBER_ID}/message_templates`, draft))).toEqual([400, 100, 33]);
  });
});

describe('a number', () => {
  it('tells the usual, and the fields that are asked for', async () => {
    expect((await get(NUMBER_ID)).body).toEqual({
      verified_name: 'Kestrel Appliances',
      code_verification_status: 'VERIFIED',
      display_phone_number: '+15550100100',
      quality_rating: 'GREEN',
      platform_type: 'CLOUD_API',
      throughput: { level: 'STANDARD' },
      id: NUMBER_ID,
    });
    const fields = 'name_status,health_status,whatsapp_business_manager_messaging_limit';
    expect((await get(`${NUMBER_ID}?fields=${fields}`)).body).toMatchObject({
      id: NUMBER_ID,
      name_status: 'APPROVED',
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
      health_status: { can_send_message: 'AVAILABLE' },
    });
    expect(refusal(await get(`${NUMBER_ID}?fields=shoe_size`))).toEqual([400, 100, undefined]);
  });

  it('is listed by its account, which has fields of its own', async () => {
    const { body } = await get(`${WABA}/phone_numbers?fields=display_phone_number`);
    expect(listAt(body, 'data')).toEqual([{ id: NUMBER_ID, display_phone_number: '+15550100100' }]);
    expect((await get(WABA)).body).toMatchObject({ id: WABA, name: 'Kestrel Appliances' });
  });

  it('has a profile that can be changed, field by field', async () => {
    const path = `${NUMBER_ID}/whatsapp_business_profile`;
    const profile = async (fields: string) =>
      at((await get(`${path}?fields=${fields}`)).body, 'data', 0);
    expect(await profile('')).toEqual({ messaging_product: 'whatsapp' });
    const change = { messaging_product: 'whatsapp', about: 'Closed on Friday' };
    expect((await post(path, change)).body).toEqual({ success: true });
    expect(await profile('about,vertical')).toEqual({
      about: 'Closed on Friday',
      vertical: 'PROF_SERVICES',
      messaging_product: 'whatsapp',
    });
  });

  it.each([
    ['without the product', { about: 'x' }],
    ['with a text that is too long', { messaging_product: 'whatsapp', about: 'x'.repeat(140) }],
    ['with an empty text', { messaging_product: 'whatsapp', about: '' }],
    ['of no trade', { messaging_product: 'whatsapp', vertical: 'REPAIRS' }],
    [
      'with three addresses',
      { messaging_product: 'whatsapp', websites: ['http://a', 'http://b', 'http://c'] },
    ],
    [
      'with a picture that was not uploaded',
      { messaging_product: 'whatsapp', profile_picture_handle: '4:x' },
    ],
  ])('refuses a profile %s', async (_, change) => {
    expect((await post(`${NUMBER_ID}/whatsapp_business_profile`, change)).status).toBe(400);
  });
});

describe('the app of an account', () => {
  it('gets its webhooks while it is subscribed', async () => {
    const apps = async () => listAt((await get(`${WABA}/subscribed_apps`)).body, 'data');
    expect(at(await apps(), 0, 'whatsapp_business_api_data', 'name')).toBe('Switchboard');
    expect((await remove(`${WABA}/subscribed_apps`)).body).toEqual({ success: true });
    expect(await apps()).toEqual([]);
    await bench.write(NOOR, 'does anybody hear me?').catch(() => undefined);
    expect(bench.webhook.received).toEqual([]);
    expect((await post(`${WABA}/subscribed_apps`, {})).body).toEqual({ success: true });
    await bench.write(NOOR, 'now?');
    expect(bench.webhook.items()).toHaveLength(1);
  });

  it('has no address of its own here, and says so', async () => {
    const override = { override_callback_uri: 'https://x/hook', verify_token: 'x' };
    expect(refusal(await post(`${WABA}/subscribed_apps`, override))).toEqual([400, 100, undefined]);
  });
});
