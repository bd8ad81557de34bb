import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, listAt, textAt } from '../testing/json.ts';
import { NOOR, NUMBER_ID, startBench, TOKEN, type Bench } from '../testing/bench.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.stop();
});

const hi = { to: `+${NOOR}`, type: 'text', text: { body: 'hi' } };

/** Waits until the webhook was told everything, then the statuses of one message. */
async function statusesOf(wamid: string, count: number): Promise<string[]> {
  await vi.waitFor(() => {
    expect(bench.webhook.statusesOf(wamid)).toHaveLength(count);
  });
  return bench.webhook.statusesOf(wamid);
}

describe('who may call', () => {
  it('nobody without the token: 401 and code 190, as Meta words it', async () => {
    const { status, body } = await bench.post(`/v24.0/${NUMBER_ID}/messages`, {});
    expect(status).toBe(401);
    expect(at(body, 'error')).toMatchObject({ type: 'OAuthException', code: 190 });
    expect(at(body, 'error', 'fbtrace_id')).toMatch(/^A[\w-]{22}$/);
  });

  it('nobody with another token', async () => {
    const wrong = { authorization: 'Bearer nonsense' };
    expect((await bench.post(`/v24.0/${NUMBER_ID}/messages`, {}, wrong)).status).toBe(401);
  });

  it('not for a number that is not there: code 100, subcode 33', async () => {
    const { status, body } = await bench.post('/v24.0/999/messages', {}, TOKEN);
    expect(status).toBe(400);
    expect(at(body, 'error')).toMatchObject({
      type: 'GraphMethodException',
      code: 100,
      error_subcode: 33,
    });
    expect(at(body, 'error', 'message')).toContain("Object with ID '999' does not exist");
  });

  it('nothing under a path that Graph does not know: code 2500', async () => {
    const { status, body } = await bench.post(`/v24.0/${NUMBER_ID}/nothing`, {}, TOKEN);
    expect(status).toBe(400);
    expect(at(body, 'error')).toMatchObject({ code: 2500 });
  });
});

describe('sending', () => {
  it('answers as Meta, to a phone number and to a business-scoped user id', async () => {
    await bench.write(NOOR, 'My fridge is leaking');
    const byPhone = await bench.send(hi);
    expect(byPhone.status).toBe(200);
    expect(byPhone.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: `+${NOOR}`, wa_id: NOOR }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    const userId = textAt((await bench.get('/_sandbox/customers')).body, 0, 'userId');
    const byId = await bench.send({ recipient: userId, type: 'text', text: { body: 'hi' } });
    expect(at(byId.body, 'contacts')).toEqual([{ input: userId, user_id: userId }]);
  });

  it('says that a template is accepted, and lets it through without a window', async () => {
    const video = { type: 'video', video: { link: 'https://kestrel.example/descale.mp4' } };
    const components = [{ type: 'header', parameters: [video] }];
    const template = { name: 'how_to_descale', language: { code: 'en' }, components };
    const { body } = await bench.send({ to: `+${NOOR}`, type: 'template', template });
    expect(at(body, 'messages', 0)).toMatchObject({ message_status: 'accepted' });
    expect(await statusesOf(textAt(body, 'messages', 0, 'id'), 2)).toEqual(['sent', 'delivered']);
  });

  it('accepts outside the window and reports 131047 by webhook', async () => {
    const { status, body } = await bench.send(hi);
    expect(status).toBe(200);
    const wamid = textAt(body, 'messages', 0, 'id');
    expect(await statusesOf(wamid, 1)).toEqual(['failed']);
    const failed = bench.webhook.items().find(({ item }) => item.id === wamid);
    expect(failed?.item.errors).toMatchObject([{ code: 131047 }]);
    expect(failed?.value).not.toHaveProperty('contacts');
  });

  it('the window counts from the time of the message: yesterday is closed', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000) - 24 * 3600 - 1);
    const message = { type: 'text', text: { body: 'hello?' }, timestamp };
    await bench.post('/_sandbox/inbound', { from: NOOR, message });
    const { body } = await bench.send(hi);
    expect(await statusesOf(textAt(body, 'messages', 0, 'id'), 1)).toEqual(['failed']);
  });

  it('echoes the callback data in every status', async () => {
    await bench.write(NOOR, 'hello');
    const { body } = await bench.send({ ...hi, biz_opaque_callback_data: 'entry-7' });
    await statusesOf(textAt(body, 'messages', 0, 'id'), 2);
    const statuses = bench.webhook.items().filter(({ kind }) => kind === 'statuses');
    expect(statuses.map(({ item }) => item.biz_opaque_callback_data)).toEqual([
      'entry-7',
      'entry-7',
    ]);
  });

  it('a reaction becomes sent and no more; one to nothing fails with 131009', async () => {
    const wamid = await bench.write(NOOR, 'thanks');
    const react = (message_id: string) =>
      bench.send({ to: `+${NOOR}`, type: 'reaction', reaction: { message_id, emoji: '👍' } });
    const good = textAt((await react(wamid)).body, 'messages', 0, 'id');
    const bad = textAt((await react('wamid.nothing')).body, 'messages', 0, 'id');
    expect(await statusesOf(good, 1)).toEqual(['sent']);
    expect(await statusesOf(bad, 1)).toEqual(['failed']);
  });

  it('refuses a message to the business itself: 131021', async () => {
    const { status, body } = await bench.send({ ...hi, to: '+15550100100' });
    expect([status, at(body, 'error', 'code')]).toEqual([400, 131021]);
  });

  it('refuses a user id that nobody has: 131009', async () => {
    const { body } = await bench.send({ ...hi, to: undefined, recipient: 'US.123' });
    expect(at(body, 'error', 'code')).toBe(131009);
  });

  it('refuses what is not JSON as Meta does: the product is missing', async () => {
    const response = await fetch(`${bench.sandbox.url}/v24.0/${NUMBER_ID}/messages`, {
      method: 'POST',
      headers: { ...TOKEN, 'content-type': 'application/json' },
      body: '{"messaging_product": ',
    });
    const { error } = (await response.json()) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      code: 100,
      message: '(#100) The parameter messaging_product is required.',
    });
  });

  it('carries the details of a refusal where Meta has them', async () => {
    const { status, body } = await bench.send({ to: `+${NOOR}`, type: 'image', image: {} });
    expect(status).toBe(400);
    expect(at(body, 'error')).toMatchObject({
      message: '(#131008) Required parameter is missing',
      type: 'OAuthException',
      code: 131008,
      error_data: {
        messaging_product: 'whatsapp',
        details: "Parameter 'image' must contain either 'id' or 'link'.",
      },
    });
  });
});

describe('the pair limit', () => {
  it('is off until asked for, then refuses the 46th message at once: 131056', async () => {
    await bench.write(NOOR, 'hello');
    expect((await bench.send(hi)).status).toBe(200);
    await bench.post('/_sandbox/settings', { pairLimit: true });
    const answers = await Promise.all(Array.from({ length: 46 }, () => bench.send(hi)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(({ status, body }) => [status, at(body, 'error', 'code')])).toEqual([
      [400, 131056],
    ]);
    expect((await bench.send({ ...hi, to: '+15550199999' })).status).toBe(200);
  });
});

describe('reading and typing', () => {
  it('marks the message and those before it as read, and shows typing', async () => {
    await bench.write(NOOR, 'one');
    const second = await bench.write(NOOR, 'two');
    await bench.write(NOOR, 'three');
    const receipt = { status: 'read', message_id: second, typing_indicator: { type: 'text' } };
    expect(await bench.send(receipt)).toEqual({ status: 200, body: { success: true } });
    const { directory } = bench.sandbox.world;
    const [chat] = directory.chatsOf(null);
    expect(chat?.messages.map((one) => one.side === 'customer' && one.tick)).toEqual([
      'read',
      'read',
      'sent',
    ]);
    expect(chat && directory.snapshot(chat)).toMatchObject({ typing: true });
    await bench.send(hi);
    expect(chat && directory.snapshot(chat)).toMatchObject({ typing: false });
  });

  it('refuses an unknown message: 131009', async () => {
    const { status, body } = await bench.send({ status: 'read', message_id: 'wamid.nothing' });
    expect([status, at(body, 'error', 'code')]).toEqual([400, 131009]);
  });
});

describe('faults on sending', () => {
  const faults = (fault: Record<string, unknown>) => bench.post('/_sandbox/faults', fault);
  const outbound = async () => listAt((await bench.get(`/_sandbox/outbound?to=${NOOR}`)).body);

  beforeEach(async () => {
    await bench.write(NOOR, 'hello');
  });

  it('error answers the code with its HTTP status, so many times, and sends nothing', async () => {
    await faults({ op: 'messages', mode: 'error', code: 131056, times: 1 });
    const { status, body } = await bench.send(hi);
    expect([status, at(body, 'error', 'code')]).toEqual([400, 131056]);
    expect(await outbound()).toEqual([]);
    expect((await bench.send(hi)).status).toBe(200);
  });

  it('error takes an HTTP status, and lasts until off', async () => {
    await faults({ op: 'messages', mode: 'error', code: 2, httpStatus: 502 });
    expect((await bench.send(hi)).status).toBe(502);
    expect((await bench.send(hi)).status).toBe(502);
    await faults({ op: 'messages', mode: 'off' });
    expect((await bench.send(hi)).status).toBe(200);
  });

  const impatient = (): Promise<unknown> =>
    fetch(`${bench.sandbox.url}/v24.0/${NUMBER_ID}/messages`, {
      method: 'POST',
      headers: { ...TOKEN, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', ...hi }),
      signal: AbortSignal.timeout(100),
    });

  it('timeout never answers and sends nothing', async () => {
    await faults({ op: 'messages', mode: 'timeout', times: 1 });
    await expect(impatient()).rejects.toThrow('timeout');
    expect(await outbound()).toEqual([]);
  });

  it('timeout-after-accept never answers, yet the message goes out', async () => {
    await faults({ op: 'messages', mode: 'timeout-after-accept', times: 1 });
    await expect(impatient()).rejects.toThrow('timeout');
    const [sent] = await outbound();
    expect(sent?.request).toMatchObject({ text: { body: 'hi' } });
    expect(await statusesOf(textAt(sent, 'wamid'), 2)).toEqual(['sent', 'delivered']);
  });

  it('slow answers late', async () => {
    await faults({ op: 'messages', mode: 'slow', delay: 60, times: 1 });
    const startedAt = performance.now();
    expect((await bench.send(hi)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(50);
  });

  it('fail-later accepts and reports the code by webhook', async () => {
    await faults({ op: 'messages', mode: 'fail-later', code: 131026, times: 1 });
    const { body } = await bench.send(hi);
    expect(await statusesOf(textAt(body, 'messages', 0, 'id'), 1)).toEqual(['failed']);
  });
});

describe('the phone number itself', () => {
  it('tells its name and state', async () => {
    const { status, body } = await bench.get(`/v24.0/${NUMBER_ID}`, TOKEN);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: NUMBER_ID, verified_name: 'Kestrel Appliances' });
  });

  it('media ids name nothing here: code 100, subcode 33', async () => {
    const { status, body } = await bench.get('/v24.0/12345', TOKEN);
    expect([status, at(body, 'error', 'code'), at(body, 'error', 'error_subcode')]).toEqual([
      400, 100, 33,
    ]);
  });
});
