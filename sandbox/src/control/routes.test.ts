import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, listAt, textAt } from '../testing/json.ts';
import { NOOR, startBench, type Bench } from '../testing/bench.ts';
import { signature } from '../webhook/encode.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.stop();
});

const text = (body: string) => ({ type: 'text', text: { body } });
const bodies = () =>
  bench.webhook
    .items()
    .filter(({ kind }) => kind === 'messages')
    .map(({ item }) => textAt(item, 'text', 'body'));

describe('a customer writes', () => {
  it('arrives signed over its exact bytes, and the answer is told', async () => {
    const { status, body } = await bench.post('/_sandbox/inbound', {
      from: '+1 555 012 3456',
      name: 'Noor Haddad',
      message: text('Está goteando 🧊'),
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      wamid: expect.stringMatching(/^wamid\./),
      wamids: [at(body, 'wamid')],
      status: 200,
      held: false,
    });
    const [post] = bench.webhook.received;
    expect(post?.headers['x-hub-signature-256']).toBe(
      signature(post?.raw ?? '', 'demo-app-secret'),
    );
    expect(post?.raw).toMatch(/^[\x20-\x7e]+$/);
    const { item, value } = bench.webhook.items()[0]!;
    expect(item).toMatchObject({
      from: NOOR,
      id: textAt(body, 'wamid'),
      text: { body: 'Está goteando 🧊' },
    });
    expect(at(value, 'contacts', 0, 'profile', 'name')).toBe('Noor Haddad');
  });

  it('several messages in one delivery, at older times', async () => {
    const messages = ['1790000000', '1790000060'].map((timestamp) => ({
      ...text(timestamp),
      timestamp,
    }));
    const { body } = await bench.post('/_sandbox/inbound', { from: NOOR, messages });
    expect(at(body, 'wamids')).toHaveLength(2);
    expect(bench.webhook.received).toHaveLength(1);
    expect(bench.webhook.items().map(({ item }) => item.timestamp)).toEqual([
      '1790000000',
      '1790000060',
    ]);
  });

  it('a reply names whose message it quotes', async () => {
    const first = await bench.write(NOOR, 'one');
    const message = { ...text('about that'), context: { id: first } };
    await bench.post('/_sandbox/inbound', { from: NOOR, message });
    expect(bench.webhook.items()[1]?.item.context).toEqual({ from: NOOR, id: first });
  });

  it('any other item goes as it is', async () => {
    const message = { type: 'hologram', hologram: { strange: [[1]] } };
    await bench.post('/_sandbox/inbound', { from: NOOR, message });
    expect(bench.webhook.items()[0]?.item).toMatchObject(message);
  });

  it('silently is history: the window opens and nobody is told', async () => {
    const body = { from: NOOR, message: text('old'), silent: true };
    expect(at((await bench.post('/_sandbox/inbound', body)).body, 'status')).toBeNull();
    const sent = await bench.send({ to: `+${NOOR}`, text: { body: 'hi' } });
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(textAt(sent.body, 'messages', 0, 'id'))).toEqual([
        'sent',
        'delivered',
      ]);
    });
    expect(bodies()).toEqual([]);
  });

  it('under an id that was there before is the same message twice', async () => {
    const message = { ...text('again'), id: 'wamid.same' };
    await bench.post('/_sandbox/inbound', { from: NOOR, message });
    await bench.post('/_sandbox/inbound', { from: NOOR, message });
    expect(bench.webhook.items().map(({ item }) => item.id)).toEqual(['wamid.same', 'wamid.same']);
    expect(bench.sandbox.world.directory.chatsOf(null)[0]?.messages).toHaveLength(1);
  });

  it.each([
    [{}, '"from"'],
    [{ from: 'nobody', message: text('x') }, '"from": must be a phone number'],
    [{ from: NOOR }, 'give either "message" or "messages"'],
    [{ from: NOOR, message: { text: {} } }, '"message": needs a "type"'],
    [{ from: NOOR, message: { ...text('x'), timestamp: 'now' } }, 'must be unix seconds'],
    [{ from: 'US.123', message: text('x') }, 'No customer has the user id'],
    [{ from: NOOR, message: text('x'), phoneNumberId: '9' }, 'no business number "9"'],
  ])('%j is refused with a sentence', async (body, sentence) => {
    const answer = await bench.post('/_sandbox/inbound', body);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'error')).toContain(sentence);
  });
});

describe('a customer who withholds the number', () => {
  it('is known by user id and username alone, and can be answered there', async () => {
    const made = await bench.post('/_sandbox/customers', {
      from: NOOR,
      name: 'Samo K',
      phoneHidden: true,
    });
    expect(made.body).toMatchObject({ username: '@samo.k', phoneHidden: true });
    await bench.write(NOOR, 'no number');
    expect(bench.webhook.received[0]?.raw).not.toContain(NOOR);
    const { body } = await bench.send({ recipient: at(made.body, 'userId'), text: { body: 'hi' } });
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(textAt(body, 'messages', 0, 'id'))).toEqual([
        'sent',
        'delivered',
      ]);
    });
    expect(bench.webhook.received.map(({ raw }) => raw).join()).not.toContain(NOOR);
    expect(JSON.stringify(body)).not.toContain(NOOR);
  });
});

describe('a customer whose phone is', () => {
  const send = async () =>
    textAt((await bench.send({ to: `+${NOOR}`, text: { body: 'hi' } })).body, 'messages', 0, 'id');

  beforeEach(async () => {
    await bench.write(NOOR, 'hello');
  });

  it('offline gets nothing until it is online', async () => {
    await bench.post('/_sandbox/customers', { from: NOOR, online: false });
    const wamid = await send();
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent']);
    });
    await bench.post('/_sandbox/customers', { from: NOOR, online: true });
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent', 'delivered']);
    });
  });

  it('opened reads what has arrived', async () => {
    const wamid = await send();
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toHaveLength(2);
    });
    expect((await bench.post('/_sandbox/read', { from: NOOR })).body).toEqual({ read: 1 });
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent', 'delivered', 'read']);
    });
  });
});

describe('what was sent', () => {
  it('is told in order with the full request, per customer or in all', async () => {
    await bench.write(NOOR, 'hello');
    const request = { messaging_product: 'whatsapp', to: `+${NOOR}`, text: { body: 'one' } };
    await bench.send(request);
    await bench.send({ ...request, text: { body: 'two' } });
    await bench.send({ to: '+15550199999', text: { body: 'other' } });
    const { body } = await bench.get('/_sandbox/outbound?to=+1%20555%20012%203456');
    expect(listAt(body).map((row) => textAt(row, 'request', 'text', 'body'))).toEqual([
      'one',
      'two',
    ]);
    expect(at(body, 0)).toMatchObject({ to: NOOR, type: 'text', request });
    expect((await bench.get('/_sandbox/outbound')).body).toHaveLength(3);
    expect((await bench.get('/_sandbox/outbound?to=15550000000')).body).toEqual([]);
    expect((await bench.get('/_sandbox/outbound?to=x')).status).toBe(400);
  });
});

describe('deliveries', () => {
  it('are repeated whole until the webhook answers 200', async () => {
    bench.webhook.answers.push(500, 302, 404);
    const { body } = await bench.post('/_sandbox/inbound', { from: NOOR, message: text('once') });
    expect(at(body, 'status')).toBe(500);
    await vi.waitFor(() => {
      expect(bench.webhook.received).toHaveLength(4);
    });
    expect(new Set(bench.webhook.received.map(({ raw }) => raw)).size).toBe(1);
    await vi.waitFor(async () => {
      const delivery = at((await bench.get('/_sandbox/deliveries')).body, 0);
      expect(at(delivery, 'state')).toBe('delivered');
      expect(listAt(delivery, 'attempts').map((one) => one.status)).toEqual([500, 302, 404, 200]);
    });
  });

  it('without anybody listening have no status, and say why', async () => {
    await bench.webhook.stop();
    const { body } = await bench.post('/_sandbox/inbound', { from: NOOR, message: text('x') });
    expect(at(body, 'status')).toBeNull();
    const delivery = at((await bench.get('/_sandbox/deliveries')).body, 0);
    expect(at(delivery, 'attempts', 0, 'problem')).toBe('nothing listens there');
  });

  it('held go in one body when flushed', async () => {
    await bench.post('/_sandbox/settings', { hold: true });
    const { body } = await bench.post('/_sandbox/inbound', { from: NOOR, message: text('one') });
    expect(body).toMatchObject({ status: null, held: true });
    await bench.write('15550199999', 'two');
    expect(at((await bench.get('/_sandbox/health')).body, 'pending')).toBe(2);
    const flushed = await bench.post('/_sandbox/deliveries/flush', {});
    expect(listAt(flushed.body, 'deliveries').map((one) => one.state)).toEqual(['delivered']);
    expect(bench.webhook.received).toHaveLength(1);
    expect(bodies()).toEqual(['one', 'two']);
  });

  it('in a batch window go together', async () => {
    await bench.post('/_sandbox/settings', { batchWindow: 30 });
    await Promise.all([bench.write(NOOR, 'one'), bench.write('15550199999', 'two')]);
    expect(bench.webhook.received).toHaveLength(1);
  });

  it('go twice, or hold each item twice, when duplicates are wanted', async () => {
    await bench.post('/_sandbox/settings', { duplicates: 1 });
    await bench.write(NOOR, 'one');
    expect(bodies()).toEqual(['one', 'one']);
    expect(bench.webhook.received).toHaveLength(2);
    await bench.post('/_sandbox/settings', { duplicates: 0, duplicateInBody: true });
    await bench.write(NOOR, 'two');
    expect(bodies().slice(2)).toEqual(['two', 'two']);
    expect(bench.webhook.received).toHaveLength(3);
  });

  it('go newest first when disorder is wanted', async () => {
    await bench.post('/_sandbox/settings', { hold: true, disorder: true, batchMax: 1 });
    for (const word of ['one', 'two', 'three']) await bench.write(NOOR, word);
    await bench.post('/_sandbox/deliveries/flush', {});
    expect(bodies()).toEqual(['three', 'two', 'one']);
  });

  it('can be sent twice by the customer, and again from the log', async () => {
    await bench.post('/_sandbox/inbound', { from: NOOR, message: text('x'), copies: 2 });
    expect(bodies()).toEqual(['x', 'x']);
    const delivery = at((await bench.get('/_sandbox/deliveries')).body, 0);
    await bench.post('/_sandbox/deliveries/redeliver', { id: at(delivery, 'id') });
    expect(bodies()).toEqual(['x', 'x', 'x']);
    expect((await bench.post('/_sandbox/deliveries/redeliver', { id: 99 })).status).toBe(400);
  });

  it('are signed with another secret and go elsewhere when the settings say so', async () => {
    await bench.post('/_sandbox/settings', { appSecret: 'rotated' });
    await bench.write(NOOR, 'x');
    const [post] = bench.webhook.received;
    expect(post?.headers['x-hub-signature-256']).toBe(signature(post?.raw ?? '', 'rotated'));
  });
});

describe('faults on the webhook', () => {
  const fault = (mode: string) => bench.post('/_sandbox/faults', { op: 'webhook', mode, times: 1 });

  it.each(['error', 'timeout'])('%s loses the first delivery and repeats it', async (mode) => {
    await fault(mode);
    const { body } = await bench.post('/_sandbox/inbound', { from: NOOR, message: text('x') });
    expect(at(body, 'status')).toBeNull();
    await vi.waitFor(() => {
      expect(bodies()).toEqual(['x']);
    });
  });

  it('timeout-after-accept delivers, loses the answer and delivers again', async () => {
    await fault('timeout-after-accept');
    await bench.write(NOOR, 'x');
    await vi.waitFor(() => {
      expect(bodies()).toEqual(['x', 'x']);
    });
  });
});

describe('reset', () => {
  it('forgets everything, and keeps the numbers and the settings of the start', async () => {
    await bench.write(NOOR, 'x');
    await bench.post('/_sandbox/settings', { pairLimit: true, statusDelays: { sent: 9 } });
    await bench.post('/_sandbox/faults', { op: 'messages', mode: 'error' });
    await bench.post('/_sandbox/reset', {});
    expect((await bench.get('/_sandbox/customers')).body).toEqual([]);
    expect((await bench.get('/_sandbox/outbound')).body).toEqual([]);
    expect((await bench.get('/_sandbox/deliveries')).body).toEqual([]);
    expect((await bench.get('/_sandbox/faults')).body).toEqual({ faults: {} });
    expect((await bench.get('/_sandbox/settings')).body).toMatchObject({
      pairLimit: false,
      statusDelays: { sent: 1 },
    });
  });

  it('stops the retries of what was lost', async () => {
    bench.webhook.answers.push(500);
    await bench.post('/_sandbox/settings', { retryBase: 60_000 });
    await bench.write(NOOR, 'lost');
    await bench.post('/_sandbox/reset', {});
    await bench.write(NOOR, 'kept');
    await bench.post('/_sandbox/deliveries/flush', {});
    expect(bodies()).toEqual(['lost', 'kept']);
  });
});

describe('who may use the control interface', () => {
  it('only JSON is taken, with a sentence: 415', async () => {
    const response = await fetch(`${bench.sandbox.url}/_sandbox/reset`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toEqual({
      error: expect.stringContaining('Content-Type: application/json'),
    });
  });

  it('a page of another site may not, not even to read: 403', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await bench.get('/_sandbox/outbound', foreign)).status).toBe(403);
    expect((await bench.get(`/phone/api/events?from=${NOOR}`, foreign)).status).toBe(403);
    expect((await bench.get('/_sandbox/customers')).body).toEqual([]);
  });

  it('JSON that is none is 400 with a sentence', async () => {
    const response = await fetch(`${bench.sandbox.url}/_sandbox/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'The body is not valid JSON.' });
  });

  it('a setting that does not exist is 400', async () => {
    const { status, body } = await bench.post('/_sandbox/settings', { pairlimit: true });
    expect(status).toBe(400);
    expect(at(body, 'error')).toContain('pairlimit');
  });
});
