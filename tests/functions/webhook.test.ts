import { describe, expect, it } from 'vitest';
import { webhook, type Ports } from '@switchboard/functions/testing';
import { fatesOf, journalOf, keptMessage } from '../support/journal.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aStatus } from '../support/thread.ts';
import { aWorld, NUMBER, sign, type World } from '../support/world.ts';

const OTHER = '100000000000002';

/** Secrets by name; the rest of the names have none. */
const secretsOf = (
  secrets: Readonly<Record<string, readonly string[]>>,
): Pick<Ports, 'secrets'> => ({
  secrets: { get: (name) => Promise.resolve(secrets[name] ?? []) },
});

const BOTH_APPS = secretsOf({
  'identity-key': ['key'],
  'app-default-secret': ['first'],
  'app-other-secret': ['second'],
});

const says = (text: string, over: object = {}, number = NUMBER) =>
  aDelivery({ contacts: [aSender()], messages: [aText(text, { ...over })] }, number);

/** Posts a body under a secret to the path of an app. */
const postAs = (world: World, body: object, secret: string, app = '') =>
  world.post(body, {
    path: `/whatsapp/webhook${app && `/${app}`}`,
    signature: sign(JSON.stringify(body), secret),
  });

const entriesOf = async (world: World) =>
  (await world.db.collectionGroup('timeline').get()).docs.map((doc) => doc.data());

describe('verification', () => {
  const ask = async (query: string, tokens = ['verify']) => {
    const { ports } = await aWorld();
    return webhook(ports, tokens, {
      method: 'GET',
      url: `/whatsapp/webhook${query}`,
      signature: undefined,
      body: Buffer.alloc(0),
    });
  };
  const right = '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify';

  it('answers the challenge as it came to whoever knows the token', async () => {
    expect(await ask(right)).toEqual({ status: 200, body: '1158201444' });
    expect(await ask(right, ['new', 'verify'])).toEqual({ status: 200, body: '1158201444' });
  });

  it.each([
    ['a wrong token', right.replace('verify_token=verify', 'verify_token=guess')],
    ['no token', right.replace('&hub.verify_token=verify', '')],
    ['another mode', right.replace('subscribe', 'unsubscribe')],
    ['no mode', right.replace('hub.mode=subscribe&', '')],
    ['no challenge', right.replace('hub.challenge=1158201444&', '')],
    ['nothing at all', ''],
  ])('refuses %s', async (_, query) => {
    expect((await ask(query)).status).toBe(403);
  });

  it('refuses everybody where no token is set, also an empty one', async () => {
    expect((await ask(right.replace('=verify', '='), [])).status).toBe(403);
  });
});

describe('a delivery', () => {
  it('is refused by any other method', async () => {
    const { ports } = await aWorld();
    for (const method of ['PUT', 'DELETE', 'HEAD', 'PATCH']) {
      const request = { method, url: '/', signature: undefined, body: Buffer.alloc(0) };
      expect((await webhook(ports, [], request)).status).toBe(405);
    }
  });

  it('of more than 4 MB is refused and not stored, signed as it may be', async () => {
    const world = await aWorld();
    const body = Buffer.alloc(4 * 1024 * 1024 + 1, ' ');
    expect(await world.post(body)).toBe(413);
    expect(await world.post(body, { signature: 'sha256=00' })).toBe(401);
    expect(await world.all('journal')).toEqual([]);
  });

  it('is taken by several entries, changes and numbers in one body', async () => {
    const world = await aWorld();
    await world.addChannel(OTHER, { defaultTeamId: 'sales' });
    const [one, two, three] = [
      says('one'),
      says('two', {}, OTHER),
      says('three', { from: '351912345408' }),
    ];
    const [first] = one.entry;
    await world.post({
      object: 'whatsapp_business_account',
      entry: [
        { ...first, changes: [...(first?.changes ?? []), ...(two.entry[0]?.changes ?? [])] },
        ...three.entry,
      ],
    });
    await world.settle();
    const conversations = await world.all('conversations');
    expect(conversations.map(({ data }) => [data['channelId'], data['teamId']]).sort()).toEqual([
      [NUMBER, 'support'],
      [NUMBER, 'support'],
      [OTHER, 'sales'],
    ]);
    expect(await world.all('contacts')).toHaveLength(2);
    expect((await entriesOf(world)).map(({ text }) => text as string).sort()).toEqual([
      'one',
      'three',
      'two',
    ]);
  });

  it('has an item that stands in it twice once', async () => {
    const world = await aWorld();
    const message = aText('Hi');
    const status = aStatus('sent');
    const twice = aDelivery({
      contacts: [aSender()],
      messages: [message, { ...message, text: { body: 'Bye' } }, message],
      statuses: [status, status],
    });
    await world.post(twice);
    const [receipt] = await world.all('receipts');
    expect(receipt?.data).toMatchObject({ items: 5, fresh: 2, repeated: 3 });
    expect((await entriesOf(world)).map(({ text }) => text as string)).toEqual(['Hi']);
  });
});

describe('the app of a path', () => {
  it('is believed under its own secret alone', async () => {
    const world = await aWorld(BOTH_APPS);
    expect(await postAs(world, says('a'), 'first')).toBe(200);
    expect(await postAs(world, says('b'), 'first', 'default')).toBe(200);
    expect(await postAs(world, says('c'), 'second', 'other')).toBe(200);
    expect(await postAs(world, says('d'), 'second')).toBe(401);
    expect(await postAs(world, says('e'), 'first', 'other')).toBe(401);
    expect(await postAs(world, says('f'), 'first', 'nobody')).toBe(401);
    expect(await postAs(world, says('g'), '', 'nobody')).toBe(401);
    expect(await postAs(world, says('h'), 'first', 'de.fault')).toBe(401);
    expect((await entriesOf(world)).map(({ text }) => text as string).sort()).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('has both secrets in force while one is being rotated', async () => {
    const world = await aWorld(
      secretsOf({ 'identity-key': ['key'], 'app-default-secret': ['new', 'old'] }),
    );
    expect(await postAs(world, says('a'), 'old')).toBe(200);
    expect(await postAs(world, says('b'), 'new')).toBe(200);
    expect(await postAs(world, says('c'), 'older')).toBe(401);
  });

  it('is not believed about a number that belongs to another', async () => {
    const world = await aWorld(BOTH_APPS);
    await world.addChannel(OTHER, { appId: 'other' });
    const status = aDelivery({ statuses: [aStatus('read')] }, OTHER);
    expect(await postAs(world, says('forged', {}, OTHER), 'first')).toBe(200);
    expect(await postAs(world, status, 'first')).toBe(200);
    expect(await world.all('conversations')).toEqual([]);
    expect(await fatesOf(world)).toEqual({ 'parked foreign-app': 2 });
  });

  it('is not believed either where its items are only processed by the drain', async () => {
    const world = await aWorld(BOTH_APPS);
    await world.addChannel(OTHER, { appId: 'other' });
    const forged = Array.from({ length: 200 }, (_, index) =>
      aText('forged', { from: `1555${1_000_000 + index}` }),
    );
    await postAs(world, aDelivery({ messages: forged }, OTHER), 'first');
    await world.settle();
    expect(await world.all('conversations')).toEqual([]);
    expect(await fatesOf(world)).toEqual({ 'parked foreign-app': 200 });
  });

  it('can’t take the place of the number’s own app: its copy of a message comes through', async () => {
    const world = await aWorld(BOTH_APPS);
    await world.addChannel(OTHER, { appId: 'other' });
    const body = says('genuine', {}, OTHER);
    const forged = says(
      'forged',
      { id: body.entry[0]?.changes[0]?.value.messages?.[0]?.['id' as never] },
      OTHER,
    );
    expect(await postAs(world, forged, 'first')).toBe(200);
    expect(await postAs(world, body, 'second', 'other')).toBe(200);
    expect((await entriesOf(world)).map(({ text }) => text as string)).toEqual(['genuine']);
    expect(await fatesOf(world)).toEqual({ 'parked foreign-app': 1, done: 1 });
  });

  it('brings the same message once with another app where the number belongs to neither', async () => {
    const world = await aWorld(BOTH_APPS);
    const body = says('once');
    await postAs(world, body, 'first');
    await postAs(world, body, 'second', 'other');
    expect(await entriesOf(world)).toHaveLength(1);
    expect(await fatesOf(world)).toEqual({ done: 1 });
  });
});

describe('an unknown number', () => {
  it('is parked with a reason, and becomes what it is once the channel is there', async () => {
    const world = await aWorld();
    const body = says('Is anybody there?', {}, OTHER);
    expect(await world.post(body)).toBe(200);
    expect(await fatesOf(world)).toEqual({ 'parked unknown-number': 1 });
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ 'parked unknown-number': 1 });
    await world.addChannel(OTHER);
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 1 });
    expect((await entriesOf(world)).map(({ text }) => text as string)).toEqual([
      'Is anybody there?',
    ]);
  });

  it('is one too where its channel is not as a channel should be; other numbers don’t notice', async () => {
    const world = await aWorld();
    await world.db.doc(`channels/${OTHER}`).set({ name: 'made by hand' });
    const [entry] = says('Hello?', {}, OTHER).entry;
    expect(await world.post({ entry: [entry, ...says('Hi').entry] })).toBe(200);
    expect(await fatesOf(world)).toEqual({ done: 1, 'parked unknown-number': 1 });
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 1, 'parked unknown-number': 1 });
    await world.addChannel(OTHER);
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 2 });
  });

  it('has one entry where Meta sent the message again meanwhile', async () => {
    const world = await aWorld();
    const body = says('Hello?', {}, OTHER);
    await world.post(body);
    await world.addChannel(OTHER);
    await world.post(body);
    await world.sweep();
    expect(await entriesOf(world)).toHaveLength(1);
    expect(await fatesOf(world)).toEqual({ done: 2 });
    const [conversation] = await world.all('conversations');
    expect(conversation?.data['inboundCount']).toBe(1);
  });

  it('stays parked where the channel turns out to be another app’s, until it is this one’s', async () => {
    const world = await aWorld(BOTH_APPS);
    await postAs(world, says('Hello?', {}, OTHER), 'first');
    await world.addChannel(OTHER, { appId: 'other' });
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ 'parked foreign-app': 1 });
    await world.addChannel(OTHER, { appId: 'default' });
    world.move(20_000);
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ done: 1 });
  });
});

describe('the journal', () => {
  it('has each item under its own envelope, with the contact it came with', async () => {
    const world = await aWorld();
    const messages = [aText('a', { from: '15550000001' }), aText('b', { from: '15550000002' })];
    const contacts = [aSender('15550000002', 'Two'), aSender('15550000001', 'One')];
    await world.post(aDelivery({ contacts, messages }));
    const items = await journalOf(world);
    expect(items.map((item) => [keptMessage(item), JSON.parse(item.text) as unknown])).toEqual(
      messages.map((message, index) => [
        message,
        {
          entryId: '200000000000001',
          field: 'messages',
          metadata: { display_phone_number: '15550100100', phone_number_id: NUMBER },
          contact: contacts[1 - index],
          message,
        },
      ]),
    );
  });

  it('keeps what is processed for 30 days, and what is parked until a person has looked', async () => {
    const world = await aWorld();
    await world.post(says('a'));
    await world.post(Buffer.from('{'));
    const days = (await world.all('journal')).map(({ data }) =>
      data['expireAt'] === null
        ? null
        : Math.round((Number(data['expireAt']) - Date.now()) / 86_400_000),
    );
    expect(days.sort()).toEqual([30, null]);
  });
});
