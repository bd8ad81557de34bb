import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { NOOR, NUMBER_ID, startBench, TOKEN, type Bench } from '../testing/bench.ts';
import { at } from '../testing/json.ts';
import { signature } from '../webhook/encode.ts';

const START = 1_790_000_000_000;
let bench: Bench;

beforeEach(async () => {
  bench = await startBench({ clock: () => START });
});
afterEach(async () => {
  await bench.stop();
});

/** Tells something, and answers the body that came of it. */
async function told(path: string, body: unknown): Promise<JsonObject> {
  const answer = await bench.post(`/_sandbox/${path}`, body);
  expect(answer).toEqual({ status: 200, body: { status: 200, held: false } });
  const post = bench.webhook.received.at(-1)!;
  expect(post.headers['x-hub-signature-256']).toBe(signature(post.raw, 'demo-app-secret'));
  return post.body;
}
const news = (field: string, value: unknown) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '200000000000001', time: START / 1000, changes: [{ value, field }] }],
});
const send = () => bench.send({ to: `+${NOOR}`, type: 'text', text: { body: 'hi' } });

describe('a template', () => {
  const template = { name: 'visit_booked', language: 'en' };

  it('is paused, which sends meet from then on, and reinstated', async () => {
    const body = await told('templates/status', { ...template, event: 'PAUSED', reason: 'NONE' });
    expect(body).toEqual(
      news('message_template_status_update', {
        event: 'PAUSED',
        message_template_id: expect.any(Number),
        message_template_name: 'visit_booked',
        message_template_language: 'en',
        reason: 'NONE',
        message_template_category: 'UTILITY',
        other_info: { title: 'FIRST_PAUSE', description: expect.any(String) },
      }),
    );
    const content = { name: 'visit_booked', language: { code: 'en' } };
    const sent = await bench.send({ to: `+${NOOR}`, type: 'template', template: content });
    expect(at(sent.body, 'error', 'code')).toBe(132015);
    await told('templates/status', { ...template, event: 'REINSTATED' });
    expect((await bench.get('/_sandbox/templates')).body).toContainEqual(
      expect.objectContaining({ ...template, status: 'APPROVED' }),
    );
  });

  it.each([
    ['REJECTED', 'rejection_info'],
    ['DISABLED', 'disable_info'],
    ['FLAGGED', 'disable_info'],
    ['LOCKED', 'other_info'],
  ])('is %s, with %s', async (event, property) => {
    const body = await told('templates/status', { ...template, event, reason: 'SPAM' });
    expect(at(body, 'entry', 0, 'changes', 0, 'value')).toHaveProperty(property);
  });

  it('is deleted', async () => {
    await told('templates/status', { ...template, event: 'DELETED' });
    expect((await bench.get('/_sandbox/templates')).body).not.toContainEqual(
      expect.objectContaining(template),
    );
  });

  it('that nobody has is 400, as is an event that nobody knows', async () => {
    const status = (body: unknown) => bench.post('/_sandbox/templates/status', body);
    expect((await status({ ...template, name: 'x', event: 'PAUSED' })).status).toBe(400);
    expect((await status({ ...template, event: 'PRAISED' })).status).toBe(400);
  });
});

describe('a number', () => {
  it('changes its quality, its limit and its throughput, as its node then says', async () => {
    const flagged = { event: 'FLAGGED', quality: 'RED', limit: 'TIER_10K' };
    expect(await told('quality', flagged)).toEqual(
      news('phone_number_quality_update', {
        display_phone_number: '15550100100',
        event: 'FLAGGED',
        current_limit: 'TIER_10K',
        max_daily_conversations_per_business: 'TIER_10K',
      }),
    );
    await told('quality', { event: 'THROUGHPUT_UPGRADE' });
    const { body } = await bench.get(`/v24.0/${NUMBER_ID}`, TOKEN);
    expect(body).toMatchObject({ quality_rating: 'RED', throughput: { level: 'HIGH' } });
  });

  it('has errors as a whole, in no message', async () => {
    expect(await told('errors', { code: 130429 })).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '200000000000001',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: '15550100100',
                  phone_number_id: NUMBER_ID,
                },
                errors: [
                  {
                    code: 130429,
                    title: 'Rate limit hit',
                    message: 'Rate limit hit',
                    error_data: { details: expect.any(String) },
                    href: expect.any(String),
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });
});

describe('an account', () => {
  it('is disabled, sends nothing, and is reinstated', async () => {
    await bench.write(NOOR, 'hello');
    expect(await told('account', { event: 'DISABLED_UPDATE', detail: 'DISABLE' })).toEqual(
      news('account_update', {
        event: 'DISABLED_UPDATE',
        ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'September 21, 2026' },
      }),
    );
    const refused = await send();
    expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([403, 131031]);
    const health = await bench.get(`/v24.0/${NUMBER_ID}?fields=health_status`, TOKEN);
    expect(at(health.body, 'health_status', 'can_send_message')).toBe('BLOCKED');
    await told('account', { event: 'DISABLED_UPDATE', detail: 'REINSTATE' });
    expect((await send()).status).toBe(200);
  });

  it('is restricted for a week', async () => {
    expect(await told('account', { event: 'ACCOUNT_RESTRICTION' })).toEqual(
      news('account_update', {
        phone_number: '15550100100',
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [
          {
            restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
            expiration: START / 1000 + 7 * 24 * 3600,
          },
        ],
      }),
    );
  });

  it.each([
    ['ACCOUNT_VIOLATION', { violation_info: { violation_type: 'SPAM' } }],
    ['VERIFIED_ACCOUNT', { phone_number: '15550100100' }],
    ['ACCOUNT_OFFBOARDED', {}],
    ['ACCOUNT_RECONNECTED', {}],
    ['ACCOUNT_DELETED', {}],
  ])('has the news %s', async (event, details) => {
    expect(await told('account', { event })).toEqual(news('account_update', { event, ...details }));
  });

  it('gets an alert', async () => {
    expect(await told('alert', { severity: 'CRITICAL', description: 'Pay the bill.' })).toEqual(
      news('account_alerts', {
        entity_type: 'WABA',
        entity_id: '200000000000001',
        alert_info: {
          alert_severity: 'CRITICAL',
          alert_status: 'ACTIVE',
          alert_type: 'INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED',
          alert_description: 'Pay the bill.',
        },
      }),
    );
  });

  it('has its news beside messages in an entry of their own', async () => {
    await bench.post('/_sandbox/settings', { hold: true });
    await bench.write(NOOR, 'hello');
    await bench.post('/_sandbox/alert', {});
    await bench.post('/_sandbox/alert', {});
    await bench.post('/_sandbox/deliveries/flush', {});
    const [post] = bench.webhook.received;
    expect(at(post?.body, 'entry')).toMatchObject([
      { changes: [{ field: 'messages' }] },
      { time: START / 1000, changes: [{ field: 'account_alerts' }, { field: 'account_alerts' }] },
    ]);
  });

  it('forgets all of it on a reset', async () => {
    await told('account', { event: 'ACCOUNT_DELETED' });
    await bench.post('/_sandbox/reset', {});
    await bench.write(NOOR, 'hello');
    expect((await send()).status).toBe(200);
  });
});
