import type { DocumentData } from '@switchboard/domain';
import { dispatch } from '@switchboard/functions/testing';
import { describe, expect, it } from 'vitest';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aThread, conversationOf, queueReply, takeAs } from '../support/thread.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const PHONE = '15550123456';
const MINUTE = 60_000;

let count = 0;

/** What a colleague wrote on a phone with the WhatsApp Business app, as Meta tells of it. */
const anEcho = (text: string, at: number, over: object = {}) => ({
  from: '15550100100',
  to: PHONE,
  id: `wamid.ECHO${(count += 1)}`,
  timestamp: String(Math.floor(at / 1000)),
  type: 'text',
  text: { body: text },
  ...over,
});

const delivery = (...echoes: readonly object[]) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '200000000000001',
      changes: [
        {
          field: 'smb_message_echoes',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: NUMBER },
            message_echoes: echoes,
          },
        },
      ],
    },
  ],
});

const write = (world: World, at: number) =>
  world.post(
    aDelivery({
      contacts: [aSender()],
      messages: [aText('It leaks', { timestamp: String(Math.floor(at / 1000)) })],
    }),
  );

async function only(world: World): Promise<{ id: string; entries: readonly DocumentData[] }> {
  const [conversation, ...others] = await world.all('conversations');
  expect(others).toEqual([]);
  const id = conversation?.id ?? '';
  return { id, entries: (await world.timeline(id)).map(({ data }) => data) };
}

const journal = async (world: World) =>
  (await world.all('journal')).map(({ data }) => [data['fate'], data['reason'] ?? null]).sort();

describe('what a colleague writes on a phone beside us', () => {
  it('stands in the thread as an answer, and nobody waits any more', async () => {
    const world = await aWorld();
    const now = Date.now();
    await write(world, now - 2 * MINUTE);
    expect(await world.post(delivery(anEcho('On our way', now - MINUTE)))).toBe(200);
    const { id, entries } = await only(world);
    expect(entries.find(({ kind }) => kind === 'outbound')).toMatchObject({
      author: { kind: 'system', id: 'phone' },
      state: 'sent',
      text: 'On our way',
    });
    expect(await conversationOf(world, id)).toMatchObject({
      waitingSince: null,
      status: 'pending',
      inboundCount: 1,
      assignee: null,
      preview: { kind: 'outbound', text: 'On our way', author: { kind: 'system', id: 'phone' } },
    });
    expect(await journal(world)).toEqual([
      ['done', null],
      ['done', null],
    ]);
  });

  it('stands there once, however often it is told', async () => {
    const world = await aWorld();
    const now = Date.now();
    const echo = anEcho('On our way', now);
    await write(world, now - MINUTE);
    await Promise.all([world.post(delivery(echo, echo)), world.post(delivery(echo))]);
    await world.settle();
    await world.sweep();
    const { entries } = await only(world);
    expect(entries.filter(({ kind }) => kind === 'outbound')).toHaveLength(1);
  });

  it('has answered a message that only comes after it', async () => {
    const world = await aWorld();
    const now = Date.now();
    await write(world, now - 3 * MINUTE);
    await world.post(delivery(anEcho('On our way', now - MINUTE)));
    await write(world, now - 2 * MINUTE);
    const { id } = await only(world);
    expect(await conversationOf(world, id)).toMatchObject({ waitingSince: null, inboundCount: 2 });
  });

  it('opens nothing where nobody had written, and the customer is known by it', async () => {
    const world = await aWorld();
    const now = Date.now();
    await world.post(delivery(anEcho('Your part is here', now - MINUTE)));
    const before = await only(world);
    expect(await conversationOf(world, before.id)).toMatchObject({
      status: 'resolved',
      windowExpiresAt: null,
      inboundCount: 0,
    });
    await write(world, now);
    expect((await only(world)).entries).toHaveLength(2);
  });

  it('goes on to be read', async () => {
    const world = await aWorld();
    const echo = anEcho('On our way', Date.now());
    await world.post(delivery(echo));
    const status = { id: echo.id, status: 'read', timestamp: echo.timestamp, recipient_id: PHONE };
    await world.post(aDelivery({ statuses: [status] }));
    await world.settle();
    expect((await only(world)).entries).toMatchObject([{ state: 'read' }]);
  });

  it('is made whole by the sweep where its process died before it was reported', async () => {
    let dies = 1;
    const world = await aWorld({}, (store) => ({
      ...store,
      // The second guarded commit is the report.
      guarded: (attempt) =>
        dies-- === 0 ? Promise.reject(new Error('died')) : store.guarded(attempt),
    }));
    await world.post(delivery(anEcho('On our way', Date.now())));
    expect((await only(world)).entries).toMatchObject([{ state: 'sending' }]);
    await world.settle();
    await world.sweep();
    expect((await only(world)).entries).toMatchObject([{ state: 'sent' }]);
    expect(await journal(world)).toEqual([['done', null]]);
  });

  it('brings its media', async () => {
    const world = await aWorld();
    const image = { type: 'image', text: undefined, image: { id: '42', mime_type: 'image/jpeg' } };
    await world.post(delivery(anEcho('', Date.now(), image)));
    expect((await only(world)).entries).toMatchObject([
      { type: 'image', media: { state: 'pending' } },
    ]);
  });

  const changed = (type: 'edit' | 'revoke', wamid: string, rest: object = {}) =>
    anEcho('', Date.now(), {
      type,
      text: undefined,
      [type]: { original_message_id: wamid, ...rest },
    });

  it('leaves no words in the row that it deleted, whichever came first', async () => {
    for (const first of ['message', 'deletion']) {
      const world = await aWorld();
      const echo = anEcho('On our way', Date.now() - MINUTE);
      const gone = changed('revoke', echo.id);
      await write(world, Date.now() - 2 * MINUTE);
      for (const one of first === 'message' ? [echo, gone] : [gone, echo])
        await world.post(delivery(one));
      const { id, entries } = await only(world);
      expect(await conversationOf(world, id)).toMatchObject({
        waitingSince: null,
        status: 'pending',
        inboundCount: 1,
        preview: { kind: 'outbound', type: 'revoke', text: '' },
      });
      expect(entries.filter(({ type }) => type === 'revoke')).toMatchObject([
        { kind: 'outbound', state: 'sent', author: { kind: 'system', id: 'phone' } },
      ]);
      expect((await journal(world)).map(([fate]) => fate)).toEqual(['done', 'done', 'done']);
    }
  });

  it('changes in the row what had left from here', async () => {
    const world = await aWorld();
    const id = await aThread(world, PHONE);
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    const sent = await world.get(`conversations/${id}/timeline/r1`);
    const words = { message: { type: 'text', text: { body: 'At six' } } };
    await world.post(delivery(changed('edit', String(sent?.['wamid']), words)));
    expect(await conversationOf(world, id)).toMatchObject({
      preview: { entryId: 'r1', text: 'At six' },
    });
  });

  it('opens nothing and answers nothing where it only edits or deletes', async () => {
    const world = await aWorld();
    await write(world, Date.now() - MINUTE);
    const { id } = await only(world);
    const before = await conversationOf(world, id);
    await world.post(delivery(changed('revoke', 'wamid.NEVER')));
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'open',
      waitingSince: before.waitingSince,
      windowExpiresAt: before.windowExpiresAt,
      inboundCount: 1,
      preview: { text: 'It leaks' },
    });
  });
});
