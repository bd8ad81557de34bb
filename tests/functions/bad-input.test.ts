import { describe, expect, it } from 'vitest';
import type { DocumentData } from '@switchboard/domain';
import { fromFirestore } from '@switchboard/functions/testing';
import { journalOf, keptMessage } from '../support/journal.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aWorld, type World } from '../support/world.ts';

/*
 * What nobody should send. Each case has an answer, and nothing that came is lost: it is an entry, or
 * parked with a reason that a person can read, and the journal has it as it came.
 */

async function inboundOf(world: World): Promise<readonly DocumentData[]> {
  const found = await world.db.collectionGroup('timeline').get();
  return found.docs.map((doc) => fromFirestore(doc.data()));
}

/** Posts one message and answers what became of it. */
async function say(message: object, contact: object = aSender()) {
  const world = await aWorld();
  const status = await world.post(aDelivery({ contacts: [contact], messages: [message] }));
  await world.settle();
  const [item] = await journalOf(world);
  const [entry] = await inboundOf(world);
  const [conversation] = await world.all('conversations');
  return { world, status, item, entry, conversation: conversation?.data };
}

describe('a body that is no webhook', () => {
  const webhook = JSON.stringify(aDelivery({ messages: [aText('Hi')] }));
  it.each([
    ['truncated JSON', webhook.slice(0, -7), 'unparsable-body'],
    ['no JSON', '<html>502</html>', 'unparsable-body'],
    ['nothing at all', '', 'unparsable-body'],
    ['a list', '[1,2]', 'not-a-webhook'],
    ['null', 'null', 'not-a-webhook'],
    ['a string', '"entry"', 'not-a-webhook'],
    ['an empty object', '{}', 'not-a-webhook'],
    ['an entry that is no list', '{"entry":{"changes":[]}}', 'not-a-webhook'],
    ['no entry in it', '{"object":"whatsapp_business_account","entry":[]}', 'not-a-webhook'],
    [
      'entries of another product',
      '{"object":"page","entry":[{"id":"1","messaging":[{"text":"x"}]}]}',
      'not-a-webhook',
    ],
    [
      'lists in lists to the end of the stack',
      `{"entry":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`,
      'not-a-webhook',
    ],
  ])(
    '%s: answered 200, kept as it came, parked where a person sees it',
    async (_, body, reason) => {
      const world = await aWorld();
      expect(await world.post(Buffer.from(body))).toBe(200);
      expect(await world.post(Buffer.from(body))).toBe(200);
      const items = await journalOf(world);
      expect(items.map(({ data }) => [data['fate'], data['reason'], data['expireAt']])).toEqual([
        ['parked', reason, null],
      ]);
      expect(items[0]?.text).toContain(
        reason === 'not-a-webhook' && body.includes('messaging') ? '"messaging"' : body,
      );
      const receipts = await world.all('receipts');
      expect(receipts.map(({ data }) => [data['items'], data['fresh']]).sort()).toEqual([
        [1, 0],
        [1, 1],
      ]);
    },
  );

  it('has a message beside what is none: the message arrives, the rest is parked', async () => {
    const world = await aWorld();
    const { entry } = aDelivery({ messages: [aText('Hi'), 'strange' as unknown as object] });
    await world.post({ object: 'x', entry: [7, ...entry, { id: '9' }] });
    const items = await journalOf(world);
    expect(items.map(({ data }) => data['reason'] ?? data['fate'])).toEqual([
      'not-a-webhook',
      'done',
      'no-message-id',
      'not-a-webhook',
    ]);
    expect((await inboundOf(world)).map(({ text }) => text as string)).toEqual(['Hi']);
  });
});

describe('a text', () => {
  it('with NUL and halves of characters is well-formed in the entry and kept as it came', async () => {
    const message = aText('a\u0000b\ud800c\udc00d 🧊');
    const contact = { profile: { name: 'Mar\ud83dta\u0000' }, wa_id: '15550123456' };
    const { status, item, entry, conversation } = await say(message, contact);
    expect(status).toBe(200);
    expect(entry?.['text']).toBe('a\u0000b\ufffdc\ufffdd 🧊');
    expect(conversation).toMatchObject({ contact: { name: 'Mar\ufffdta\u0000' } });
    expect(item && keptMessage(item)).toEqual(message);
    expect(JSON.parse(item?.text ?? '')).toMatchObject({ contact });
  });

  it('of 60,000 characters is whole in the entry', async () => {
    const text = '水漏れ'.repeat(20_000);
    const { entry, conversation } = await say(aText(text));
    expect(entry?.['text']).toBe(text);
    expect(entry?.['truncated']).toBeUndefined();
    expect(String((conversation?.['preview'] as DocumentData)['text'])).toHaveLength(140);
  });

  it('of more than 100,000 is cut with a mark, and whole in the journal', async () => {
    const message = aText('🧊'.repeat(60_000));
    const { item, entry } = await say(message);
    expect(entry).toMatchObject({ text: '🧊'.repeat(50_000), truncated: true });
    expect(item && keptMessage(item)).toEqual(message);
  });

  it.each([
    ['none', {}],
    ['a list', { body: ['Hi'] }],
    ['empty', { body: '' }],
  ])('that is %s leaves an entry that shows what came', async (_, text) => {
    const { entry, item } = await say(aText('', { text }));
    expect(item?.data['fate']).toBe('done');
    expect(entry).toMatchObject({ type: 'text' });
    expect((entry?.['content'] as DocumentData)['json']).toContain('"type":"text"');
  });
});

describe('a sender', () => {
  it('with a phone of a thousand digits has a conversation, and nobody takes it for a number', async () => {
    const from = '1'.repeat(1_000);
    const { world, conversation, item } = await say(aText('Hi', { from }), aSender(from));
    expect(item?.data['fate']).toBe('done');
    expect(conversation).toMatchObject({ contact: { name: 'Marta Oliveira', maskedPhone: null } });
    const [contact] = await world.all('contacts');
    const record = await world.get(`contacts/${contact?.id}/private/identifiers`);
    expect(record).toMatchObject({ identifiers: [{ kind: 'other', value: from }] });
  });

  it('with a name of two million characters is called by the beginning of it', async () => {
    const contact = { profile: { name: 'Ñandú '.repeat(350_000) }, wa_id: '15550123456' };
    const { conversation, item } = await say(aText('Hi'), contact);
    expect(item?.data['fate']).toBe('done');
    expect((conversation?.['contact'] as DocumentData)['name']).toHaveLength(200);
  });

  it('that nothing names is parked: there is nobody to answer', async () => {
    const { status, item, entry } = await say(
      { id: 'wamid.N', type: 'text', text: { body: 'Hi' } },
      {},
    );
    expect(status).toBe(200);
    expect(item?.data).toMatchObject({ fate: 'parked', reason: 'no-sender' });
    expect(entry).toBeUndefined();
  });
});

describe('a time', () => {
  const seconds = (at: number) => String(Math.floor(at / 1000));

  it.each([
    ['of 1970', '1'],
    ['of tomorrow', seconds(Date.now() + 86_400_000)],
    ['that is none', undefined],
    ['that is a word', 'yesterday'],
    ['that is an object', {}],
    ['that is endless', '9'.repeat(400)],
    ['in milliseconds', String(Date.now())],
  ])('%s is the time of arrival', async (_, timestamp) => {
    const before = Date.now();
    const { entry, conversation } = await say(aText('Hi', { timestamp }));
    const at = Number(entry?.['at']);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
    expect(conversation?.['waitingSince']).toBe(at);
  });

  it('as a number is taken like one in digits', async () => {
    const timestamp = Math.floor(Date.now() / 1000) - 90;
    const { entry } = await say(aText('Hi', { timestamp }));
    expect(entry?.['at']).toBe(timestamp * 1000);
  });

  it('of last year is believed, marked late, and opens no window', async () => {
    const timestamp = seconds(Date.now() - 365 * 86_400_000);
    const { entry, conversation } = await say(aText('Hi', { timestamp }));
    expect(entry).toMatchObject({ late: true });
    expect(conversation?.['windowExpiresAt']).toBeLessThan(Date.now());
  });
});

describe('messages with wrong types everywhere', () => {
  it.each([
    [
      'numbers for texts',
      { from: 15550123456, id: 7, timestamp: 1790000000, type: 5, text: 9, context: 3 },
    ],
    [
      'lists for objects',
      {
        from: '15550123456',
        id: 'w1',
        type: 'image',
        image: [],
        context: [],
        errors: {},
        referral: [],
      },
    ],
    [
      'objects for texts',
      { from: '15550123456', id: 'w1', type: { a: 1 }, text: { body: { b: 2 } }, group_id: {} },
    ],
    [
      'null everywhere',
      { from: '15550123456', id: 'w1', timestamp: null, type: null, text: null, context: null },
    ],
    [
      'names of the language',
      { from: '15550123456', id: 'w1', type: '__proto__', constructor: {}, __proto__x: [] },
    ],
    ['nested lists', { from: '15550123456', id: 'w1', type: 'hologram', hologram: [[[[['x']]]]] }],
    [
      'fields that no database takes',
      { from: '15550123456', id: 'w1', type: 'x', x: { __name__: 1, '': 2, 'a.b/c`': 3 } },
    ],
  ])('%s: an entry, and the journal has it as it came', async (_, message) => {
    const { status, item, entry } = await say(message);
    expect(status).toBe(200);
    expect(item?.data['fate']).toBe('done');
    expect(entry).toMatchObject({ kind: 'inbound', type: expect.any(String) as string });
    expect(item && keptMessage(item)).toEqual(message);
  });

  it('an id of 5,000 characters with slashes is one entry, however often it comes', async () => {
    const message = aText('Hi', { id: `wamid.${'a/b=/'.repeat(1_000)}` });
    const { world } = await say(message);
    await world.post(aDelivery({ contacts: [aSender()], messages: [message] }));
    const entries = await inboundOf(world);
    expect(entries).toHaveLength(1);
    expect(String(entries[0]?.['wamid'])).toBe(message.id.slice(0, 400));
  });

  it('a template id beyond 2^53 is kept to the digit', async () => {
    const world = await aWorld();
    const text = `{"object":"whatsapp_business_account","entry":[{"id":"2","time":1790000000,"changes":[{"field":"message_template_status_update","value":{"event":"APPROVED","message_template_id":90071992547409931234}}]}]}`;
    await world.post(Buffer.from(text));
    const [item] = await journalOf(world);
    expect(item?.data).toMatchObject({ kind: 'account', fate: 'done' });
    expect(item?.text).toContain('"message_template_id":90071992547409931234');
  });
});
