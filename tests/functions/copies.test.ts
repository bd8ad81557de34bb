import type { DocumentData } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const PHONE = '15550123456';
const OWN = '15550100100';
const GROUP = 'Y2FwaV9ncm91cDox';

const body = (field: string, value: object) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '200000000000001',
      changes: [
        {
          field,
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: OWN, phone_number_id: NUMBER },
            ...value,
          },
        },
      ],
    },
  ],
});

/** The only conversation with what stands in it, in order. */
async function only(world: World): Promise<{ row: DocumentData; entries: DocumentData[] }> {
  const [conversation, ...others] = await world.all('conversations');
  expect(others).toEqual([]);
  const entries = (await world.timeline(conversation?.id ?? '')).map(({ data }) => data);
  return { row: conversation?.data ?? {}, entries };
}

const fates = async (world: World) =>
  (await world.all('journal')).map(({ data }) => [data['fate'], data['reason'] ?? null]).sort();

const UNTOUCHED = {
  status: 'resolved',
  active: false,
  caseNumber: 0,
  inboundCount: 0,
  waitingSince: null,
  windowExpiresAt: null,
};

describe('what another service answers in our place', () => {
  const standby = (value: object) => body('standby', { standby: value });
  const sent = {
    id: 'wamid.S',
    timestamp: '1790000001',
    message: { to: PHONE, type: 'text', text: { body: 'Have you tried turning it off?' } },
  };
  const status = { id: 'wamid.S', status: 'read', timestamp: '1790000002', recipient_id: PHONE };

  it('can be read along, opens nothing and is owed nothing', async () => {
    const world = await aWorld();
    await world.post(
      standby({ contacts: [aSender()], messages: [aText('It leaks')], message_echoes: [sent] }),
    );
    await world.post(standby({ statuses: [status] }));
    const { row, entries } = await only(world);
    expect(row).toMatchObject(UNTOUCHED);
    expect(entries).toMatchObject([
      {
        kind: 'outbound',
        origin: 'standby',
        state: 'read',
        author: { kind: 'system', id: 'service' },
        text: 'Have you tried turning it off?',
      },
      { kind: 'inbound', origin: 'standby', text: 'It leaks' },
    ]);
    expect((await fates(world)).map(([fate]) => fate)).toEqual(['done', 'done', 'done']);
  });

  it('is not looked for where only its status comes', async () => {
    const world = await aWorld();
    await world.post(standby({ statuses: [status] }));
    expect(await fates(world)).toEqual([['ignored', 'not-ours']]);
  });

  it('does not stop the clock of a customer who waits for us', async () => {
    const world = await aWorld();
    await world.post(aDelivery({ contacts: [aSender()], messages: [aText('It leaks')] }));
    const before = (await only(world)).row;
    const at = String(Math.floor(Date.now() / 1000) + 1);
    await world.post(standby({ message_echoes: [{ ...sent, timestamp: at }] }));
    expect((await only(world)).row).toMatchObject({
      status: 'open',
      waitingSince: before['waitingSince'],
      preview: before['preview'],
    });
  });
});

describe('history', () => {
  const past = (id: string, over: object = {}) => ({
    from: PHONE,
    id: `wamid.H${id}`,
    timestamp: '1780000000',
    type: 'text',
    text: { body: `past ${id}` },
    history_context: { status: 'READ' },
    ...over,
  });
  const chunk = (...messages: readonly object[]) =>
    body('history', {
      history: [
        {
          metadata: { phase: 0, chunk_order: 1, progress: 50 },
          threads: [{ id: PHONE, messages }],
        },
      ],
    });
  const bare = { type: 'media_placeholder', text: undefined };
  const media = body('history', {
    messages: [
      {
        from: PHONE,
        id: 'wamid.H1',
        timestamp: '1780000000',
        type: 'image',
        image: { id: '24230790383178626', mime_type: 'image/jpeg', caption: 'A plant' },
      },
    ],
  });

  it('stands in the thread with both sides, and nothing is owed', async () => {
    const world = await aWorld();
    await world.post(chunk(past('1'), past('2', { from: OWN, timestamp: '1780000060' })));
    const { row, entries } = await only(world);
    expect(row).toMatchObject(UNTOUCHED);
    expect(entries).toMatchObject([
      { kind: 'inbound', origin: 'history', text: 'past 1' },
      { kind: 'outbound', origin: 'history', state: 'read', text: 'past 2' },
    ]);
  });

  it('has its media in a second pass, whichever comes first, and once', async () => {
    const orders = [
      [chunk(past('1', bare)), media],
      [media, chunk(past('1', bare))],
    ];
    for (const bodies of orders) {
      const world = await aWorld();
      for (const one of [...bodies, ...bodies]) await world.post(one);
      await world.settle();
      const { row, entries } = await only(world);
      expect(row).toMatchObject(UNTOUCHED);
      expect(row['preview']).toMatchObject({ type: 'image', text: 'A plant' });
      expect(entries).toMatchObject([
        { type: 'image', text: 'A plant', content: { mediaId: '24230790383178626' } },
      ]);
      expect(entries[0]?.['media']).toBeDefined();
      expect(await world.all('media')).toHaveLength(1);
      expect((await fates(world)).map(([fate]) => fate)).toEqual(['done', 'done']);
    }
  });

  it('is the same where both passes come at once', async () => {
    const world = await aWorld();
    await Promise.all([world.post(chunk(past('1', bare))), world.post(media)]);
    await world.settle();
    await world.sweep();
    expect((await only(world)).entries).toMatchObject([{ type: 'image', text: 'A plant' }]);
  });

  it('that was declined, or has come to its end, waits for nobody', async () => {
    const world = await aWorld();
    await world.post(body('history', { history: [{ errors: [{ code: 2593109 }] }] }));
    await world.post(body('history', { history: [{ metadata: { progress: 100 }, threads: [] }] }));
    expect(await fates(world)).toEqual([
      ['ignored', 'history-declined'],
      ['ignored', 'nothing-in-it'],
    ]);
    expect((await world.all('journal')).every(({ data }) => data['expireAt'] !== null)).toBe(true);
  });
});

describe('a group', () => {
  const say = (from: string, name: string, text: string) =>
    aDelivery({
      contacts: [aSender(from, name)],
      messages: [aText(text, { from, group_id: GROUP })],
    });

  it('has one conversation of its own, with who of it wrote', async () => {
    const world = await aWorld();
    await world.post(say('15550123456', 'Tiago', 'What do you think?'));
    await world.post(say('15550123457', 'Rosa', 'Blue.'));
    await world.post(
      body('group_settings_update', {
        groups: [
          {
            group_id: GROUP,
            type: 'group_settings_update',
            timestamp: String(Math.floor(Date.now() / 1000)),
            group_subject: { text: 'Kitchen colours', update_successful: true },
          },
        ],
      }),
    );
    const { row, entries } = await only(world);
    expect(row).toMatchObject({
      kind: 'group',
      contact: { name: 'Kitchen colours', maskedPhone: null },
      status: 'open',
      inboundCount: 2,
      waitingSince: null,
      windowExpiresAt: null,
    });
    const by = entries.map(
      ({ participant }) => (participant as DocumentData | undefined)?.['name'],
    );
    expect(new Set(by)).toEqual(new Set(['Tiago', 'Rosa', undefined]));
    expect(entries.filter(({ type }) => type === 'group_update')).toMatchObject([
      { content: { kind: 'settings', subject: 'Kitchen colours' } },
    ]);
  });

  it('is apart from the conversation with each of its people', async () => {
    const world = await aWorld();
    await world.post(say('15550123456', 'Tiago', 'To all'));
    await world.post(aDelivery({ contacts: [aSender()], messages: [aText('To you')] }));
    const rows = (await world.all('conversations')).map(({ data }) => data);
    expect(rows.map(({ kind }) => kind ?? 'person').sort()).toEqual(['group', 'person']);
    expect(new Set(rows.map(({ contactId }) => contactId)).size).toBe(2);
  });

  it('has no status that waits for a message of ours, of whichever participant', async () => {
    const world = await aWorld();
    const status = {
      id: 'wamid.G',
      status: 'read',
      timestamp: '1790000000',
      recipient_type: 'group',
    };
    await world.post(
      aDelivery({
        statuses: [
          { ...status, recipient_id: GROUP, recipient_participant_id: '15550123456' },
          { ...status, recipient_id: GROUP, participant_recipient_id: '15550123457' },
        ],
      }),
    );
    expect(await fates(world)).toEqual([
      ['ignored', 'not-ours'],
      ['ignored', 'not-ours'],
    ]);
  });
});

describe('a call', () => {
  it('that was missed is a notice that opens no case, and opens the window', async () => {
    const world = await aWorld();
    const at = Math.floor(Date.now() / 1000);
    const call = {
      id: 'wacid.1',
      from: PHONE,
      to: OWN,
      direction: 'USER_INITIATED',
      timestamp: String(at),
    };
    await world.post(
      body('calls', { contacts: [aSender()], calls: [{ ...call, event: 'connect' }] }),
    );
    await world.post(
      body('calls', {
        contacts: [aSender()],
        calls: [{ ...call, event: 'terminate', status: 'FAILED' }],
      }),
    );
    const { row, entries } = await only(world);
    expect(row).toMatchObject({
      ...UNTOUCHED,
      windowExpiresAt: at * 1000 + 24 * 60 * 60 * 1000,
      preview: { type: 'call' },
    });
    expect(entries).toMatchObject([
      { type: 'call', content: { kind: 'missed' }, wamid: 'wacid.1' },
    ]);
    expect(await fates(world)).toEqual([
      ['done', null],
      ['ignored', 'call-progress'],
    ]);
  });
});
