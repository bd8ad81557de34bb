import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDelivery, readJournaled, readSeconds, type Item } from './delivery-body.ts';

const METADATA = { display_phone_number: '15550100100', phone_number_id: '100000000000001' };
const inValue = (value: unknown, field: unknown = 'messages') => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '2', changes: [{ field, value }] }],
});
const body = (value: object, field = 'messages') =>
  inValue({ messaging_product: 'whatsapp', metadata: METADATA, ...value }, field);
const text = (over: object = {}) => ({
  from: '15550123456',
  id: 'wamid.A',
  timestamp: '1790000000',
  type: 'text',
  text: { body: 'Hi' },
  ...over,
});
const read = (value: unknown): readonly Item[] => readDelivery(value) ?? [];
const kinds = (items: readonly Item[]) =>
  items.map((item) => (item.kind === 'other' ? item.reason : item.kind));
const sender = (message: object, contacts: readonly unknown[] = []) => {
  const [item] = read(body({ contacts, messages: [message] }));
  return item?.kind === 'message' ? item.sender : null;
};

describe('a delivery', () => {
  it('is taken apart into every entry × change × item, in its order', () => {
    const change = (number: string, value: object) => ({
      field: 'messages',
      value: { metadata: { phone_number_id: number }, ...value },
    });
    const items = read({
      entry: [
        {
          id: '1',
          changes: [
            change('10', { messages: [text({ id: 'a' }), text({ id: 'b' })] }),
            change('11', { statuses: [{ id: 's', status: 'sent' }] }),
          ],
        },
        { id: '2', changes: [change('10', { messages: [text({ id: 'a' })] })] },
      ],
    });
    expect(items.map(({ key, seq }) => [...key.slice(0, 3), seq])).toEqual([
      ['message', '10', 'a', 0],
      ['message', '10', 'b', 1],
      ['status', '11', 's', 2],
      ['message', '10', 'a', 3],
    ]);
  });

  it.each([null, 'text', 5, true, [], [{}], {}, { entry: null }, { entry: {} }, { entry: 'x' }])(
    'is none as %j',
    (value) => {
      expect(readDelivery(value)).toBeNull();
    },
  );

  it.each([
    ['an entry that is no object', { entry: ['x'] }],
    ['an entry without changes', { entry: [{ id: '1', messaging: [{ text: 'x' }] }] }],
    ['changes that are no list', { entry: [{ id: '1', changes: { a: 1 } }] }],
    ['a change that is no object', { entry: [{ id: '1', changes: ['x'] }] }],
    ['a change without a value', { entry: [{ id: '1', changes: [{ field: 'messages' }] }] }],
    ['a value that is a list', inValue(['x'])],
  ])('keeps %s as one item', (_, value) => {
    expect(kinds(read(value))).toEqual(['not-a-webhook']);
  });

  it('keeps members of lists that are no objects, beside those that are', () => {
    const items = read(body({ messages: ['x', text(), 5], statuses: [null] }));
    expect(kinds(items)).toEqual(['no-message-id', 'message', 'no-message-id', 'no-message-id']);
    expect(items.map(({ raw }) => raw['message'] ?? raw['status'])).toEqual(['x', text(), 5, null]);
  });

  it('keeps what stands beside messages as an item of its own', () => {
    const items = read(body({ messages: [text()], errors: [{ code: 130429 }] }));
    expect(kinds(items)).toEqual(['message', 'account']);
    expect(items[1]?.raw['error']).toEqual({ code: 130429 });
  });

  it('keeps a contact that belongs to no item, and lists that are none', () => {
    const stranger = { wa_id: '999', profile: { name: 'Nobody' } };
    const contact = { wa_id: '15550123456' };
    const items = read(body({ contacts: [contact, stranger], messages: [text()], statuses: 'x' }));
    expect(items[0]?.raw['contact']).toEqual(contact);
    expect(items[1]?.raw['value']).toEqual({ contacts: [stranger], statuses: 'x' });
  });

  it('keeps unknown members of body, entry and change with every item', () => {
    const [item] = read({
      all: [],
      entry: [
        {
          id: '1',
          uid: 'u',
          changes: [
            { field: 'messages', extra: 1, value: { metadata: METADATA, messages: [text()] } },
          ],
        },
      ],
    });
    expect(item?.raw['more']).toEqual({
      body: { all: [] },
      entry: { uid: 'u' },
      change: { extra: 1 },
    });
  });

  it('names an item without an id by its own content, not by what stood around it', () => {
    const value = { event: 'APPROVED', message_template_id: 1 };
    const field = 'message_template_status_update';
    const [alone] = read(inValue(value, field));
    const [among] = read({ ...inValue(value, field), more: 'x' });
    const [other] = read(inValue({ ...value, event: 'REJECTED' }, field));
    expect(among?.key).toEqual(alone?.key);
    expect(other?.key).not.toEqual(alone?.key);
  });

  it.each([
    ['missing', undefined],
    ['a list', ['1']],
    ['no document id', '..'],
    ['a path', 'a/b'],
    ['reserved', '__a__'],
    ['endless', '1'.repeat(129)],
  ])('has no number where the id of it is %s', (_, phone_number_id) => {
    const items = read(inValue({ metadata: { phone_number_id }, messages: [text()] }));
    expect(kinds(items)).toEqual(['no-number-id']);
  });

  it('takes ids that came as numbers, also beyond what JavaScript counts', () => {
    const rawJSON = (JSON as unknown as { rawJSON(digits: string): unknown }).rawJSON;
    const items = read(
      inValue({
        metadata: { phone_number_id: rawJSON('12345678901234567890') },
        messages: [text({ id: 7, from: 15550123456 })],
      }),
    );
    expect(items[0]?.key).toEqual(['message', '12345678901234567890', '7']);
  });

  it('takes messages with wrong types everywhere for messages', () => {
    const wrong = {
      id: 'wamid.W',
      from: 15550123456,
      timestamp: { a: 1 },
      type: ['text'],
      text: 'Hi',
      context: [],
      errors: {},
      referral: 'x',
      group_id: {},
    };
    const [item] = read(body({ contacts: { wa_id: '1' }, messages: [wrong] }));
    expect(item).toMatchObject({
      kind: 'message',
      at: null,
      type: 'unknown',
      sender: { identifiers: [{ kind: 'phone', value: '15550123456' }], name: null },
      body: {},
    });
    expect(item?.raw['message']).toBe(wrong);
  });

  it('cuts endless ids and names in what is shown, never in what it is known by', () => {
    const id = `wamid/${'x'.repeat(5_000)}`;
    const profile = { name: 'N'.repeat(5_000), username: 'u'.repeat(5_000) };
    const [item] = read(
      body({
        contacts: [{ profile, wa_id: '15550123456' }],
        messages: [text({ id, type: 't'.repeat(5_000) })],
      }),
    );
    expect(item?.key).toEqual(['message', METADATA.phone_number_id, id]);
    expect(item).toMatchObject({ wamid: id.slice(0, 400), type: 't'.repeat(200) });
    expect(item?.kind === 'message' ? item.sender?.name : null).toHaveLength(200);
  });

  it('takes no status of a call for one of a message', () => {
    const statuses = [{ id: 'wacid.1', status: 'RINGING' }];
    expect(kinds(read(body({ statuses }, 'calls')))).toEqual(['call-progress']);
    expect(kinds(read(body({ statuses }, 'flows')))).toEqual(['unsupported-field']);
    expect(kinds(read(body({ statuses })))).toEqual(['status']);
  });

  it('tells copies from what came as it happened', () => {
    const origin = (field: string) => {
      const [item] = read(body({ messages: [text()] }, field));
      return item?.kind === 'message' ? item.origin : null;
    };
    expect(['messages', 'history', 'standby'].map(origin)).toEqual(['live', 'history', 'standby']);
  });

  it('tells the statuses of a group by their participant, in either spelling', () => {
    const status = { id: 'wamid.A', status: 'read' };
    const items = read(
      body({
        statuses: [
          { ...status, recipient_participant_id: '1' },
          { ...status, participant_recipient_id: '2' },
          status,
        ],
      }),
    );
    expect(new Set(items.map(({ key }) => JSON.stringify(key))).size).toBe(3);
  });
});

describe('the writer of a message', () => {
  it('is known by number and user id, with the name of the contact that matches', () => {
    const contacts = [
      { wa_id: '999', profile: { name: 'Another' } },
      { wa_id: '15550123456', user_id: 'US.1', profile: { name: 'Marta', username: 'marta' } },
    ];
    expect(sender(text({ from_user_id: 'US.1' }), contacts)).toEqual({
      identifiers: [
        { kind: 'bsuid', value: 'US.1' },
        { kind: 'phone', value: '15550123456' },
      ],
      name: 'Marta',
      username: 'marta',
    });
  });

  it('is known by user id alone, also where that stands in the place of the number', () => {
    const identifiers = [{ kind: 'bsuid', value: 'US.13491208655302741918' }];
    const id = 'US.13491208655302741918';
    expect(sender(text({ from: undefined, from_user_id: id }))?.identifiers).toEqual(identifiers);
    expect(sender(text({ from: id }))?.identifiers).toEqual(identifiers);
    const contacts = [{ user_id: id }];
    expect(sender(text({ from: undefined }), contacts)?.identifiers).toEqual(identifiers);
  });

  it('has one number with and without a plus', () => {
    expect(sender(text({ from: '+15550123456' }))).toEqual(sender(text()));
  });

  it('is a group in a group, whoever of it wrote', () => {
    expect(
      sender(text({ group_id: 'G1' }), [{ wa_id: '15550123456', profile: { name: 'M' } }]),
    ).toEqual({
      identifiers: [{ kind: 'group', value: 'G1' }],
      name: null,
      username: null,
    });
  });

  it('is somebody also with a number of a thousand digits, who can’t be answered', () => {
    const digits = '1'.repeat(1_000);
    expect(sender(text({ from: digits }))?.identifiers).toEqual([{ kind: 'other', value: digits }]);
  });

  it('of a notice is the person it was about before', () => {
    const system = { type: 'user_changed_user_id', previous_user_id: 'US.1', user_id: 'US.2' };
    expect(sender(text({ from: undefined, type: 'system', system }))).toMatchObject({
      identifiers: [{ kind: 'bsuid', value: 'US.1' }],
      becomes: [{ kind: 'bsuid', value: 'US.2' }],
    });
  });

  it('is who they were where only the words of a notice say that', () => {
    const system = {
      type: 'user_changed_user_id',
      body: 'User Marta changed from US.1 to US.2',
      user_id: 'US.2',
    };
    expect(sender(text({ from: undefined, type: 'system', system }))).toMatchObject({
      identifiers: [{ kind: 'bsuid', value: 'US.1' }],
      becomes: [{ kind: 'bsuid', value: 'US.2' }],
    });
  });

  it('goes by a new number and a new user id where both changed', () => {
    const system = { type: 'user_changed_number', wa_id: '15550009999', user_id: 'US.2' };
    expect(sender(text({ type: 'system', system }))).toMatchObject({
      identifiers: [{ kind: 'phone', value: '15550123456' }],
      becomes: [
        { kind: 'bsuid', value: 'US.2' },
        { kind: 'phone', value: '15550009999' },
      ],
    });
  });

  it('is no other person because a notice of another kind names an id', () => {
    const system = { type: 'customer_identity_changed', wa_id: '15550009999' };
    expect(sender(text({ type: 'system', system }))).not.toHaveProperty('becomes');
  });

  it('is not taken from the place of a contact in the list', () => {
    const contacts = [{ wa_id: '999', profile: { name: 'Another' } }, { wa_id: '998' }];
    expect(sender(text(), contacts)).toMatchObject({ name: null });
  });

  it('is nobody where nothing names one', () => {
    expect(sender(text({ from: undefined }))).toBeNull();
    expect(sender(text({ from: [] }), [{}])).toBeNull();
  });
});

const messageIn = (value: object, field: string) => {
  const [item] = read(body(value, field));
  return item?.kind === 'message' ? item : null;
};
const PERSON = [{ kind: 'phone', value: '15550123456' }];

describe('what another service answers in our place', () => {
  const inside = (value: object) => body({ standby: value }, 'standby');

  it('is read one level deeper: messages, statuses and what it sent', () => {
    const items = read(
      inside({
        contacts: [{ wa_id: '15550123456', profile: { name: 'Marta' } }],
        messages: [text()],
        statuses: [{ id: 'wamid.B', status: 'read', recipient_id: '15550123456' }],
        message_echoes: [
          {
            id: 'wamid.B',
            timestamp: '1790000001',
            message: { to: '15550123456', type: 'text', text: { body: 'Try turning it off' } },
          },
        ],
      }),
    );
    expect(items).toMatchObject([
      { kind: 'message', origin: 'standby', sender: { identifiers: PERSON, name: 'Marta' } },
      { kind: 'status', wamid: 'wamid.B', foreign: true },
      {
        kind: 'message',
        origin: 'standby',
        by: 'service',
        wamid: 'wamid.B',
        type: 'text',
        body: { text: 'Try turning it off' },
        sender: { identifiers: PERSON },
      },
    ]);
  });

  it('has the words of a question with buttons', () => {
    const message = {
      to: '15550123456',
      type: 'interactive',
      interactive: { type: 'button', body: { text: 'Which one?' }, action: {} },
    };
    const [item] = read(inside({ message_echoes: [{ id: 'wamid.C', message }] }));
    expect(item).toMatchObject({ type: 'interactive', body: { text: 'Which one?' } });
  });

  it('is known by the user id that it was sent to', () => {
    const message = { recipient: 'US.1', type: 'text', text: { body: 'x' } };
    const [item] = read(inside({ message_echoes: [{ id: 'wamid.C', message }] }));
    expect(item).toMatchObject({ sender: { identifiers: [{ kind: 'bsuid', value: 'US.1' }] } });
  });
});

describe('what a colleague changes from a phone', () => {
  it.each([
    [
      'edit',
      { edit: { original_message_id: 'wamid.A', message: { type: 'text', text: { body: 'B' } } } },
    ],
    ['revoke', { revoke: { original_message_id: 'wamid.A' } }],
    ['reaction', { reaction: { message_id: 'wamid.A', emoji: '👍' } }],
  ])('is a message of our side: %s', (type, over) => {
    const echo = { from: '15550100100', to: '15550123456', id: 'wamid.E', type, ...over };
    expect(messageIn({ message_echoes: [echo] }, 'smb_message_echoes')).toMatchObject({
      by: 'phone',
      origin: 'live',
      type,
      body: { content: { wamid: 'wamid.A' } },
      sender: { identifiers: PERSON },
    });
  });
});

describe('history', () => {
  const thread = (over: object, ...messages: readonly object[]) => ({
    history: [
      { metadata: { phase: 1, chunk_order: 2, progress: 40 }, threads: [{ ...over, messages }] },
    ],
  });
  const past = (...given: Parameters<typeof thread>) =>
    read(body(thread(...given), 'history')).map((item) => (item.kind === 'message' ? item : null));

  it('has messages of both sides in the thread of its customer', () => {
    const answer = text({
      id: 'wamid.B',
      from: '15550100100',
      history_context: { status: 'READ' },
    });
    expect(past({ id: '15550123456' }, text(), answer)).toMatchObject([
      { key: ['message', '100000000000001', 'wamid.A'], sender: { identifiers: PERSON } },
      {
        key: ['echo', '100000000000001', 'wamid.B'],
        by: 'phone',
        state: 'read',
        sender: { identifiers: PERSON },
      },
    ]);
  });

  it.each([
    ['the number of its messages', {}, text(), PERSON],
    [
      'a user id',
      { context: { user_id: 'US.1', username: 'marta' } },
      text({ from: undefined }),
      [{ kind: 'bsuid', value: 'US.1' }],
    ],
    [
      'a user id, of an answer',
      { context: { user_id: 'US.1' } },
      text({ from: '15550100100' }),
      [{ kind: 'bsuid', value: 'US.1' }],
    ],
    ['whom the answer went to', {}, text({ from: '15550100100', to: '15550123456' }), PERSON],
  ])('without the id of a thread is known by %s', (_, over, message, identifiers) => {
    expect(past(over, message)).toMatchObject([{ sender: { identifiers } }]);
  });

  it('names nobody by the number of the business', () => {
    expect(past({}, text({ from: '15550100100' }))).toMatchObject([{ sender: null }]);
  });

  it('brings media later, as another item of the same message', () => {
    const image = { type: 'image', image: { id: '42' } };
    const [placeholder] = past({ id: '15550123456' }, text({ type: 'media_placeholder' }));
    const media = messageIn({ messages: [text(image)] }, 'history');
    expect(media).toMatchObject({ fills: true, origin: 'history', type: 'image' });
    expect(media?.entryKey).toEqual(placeholder?.key);
    expect(media?.key).not.toEqual(placeholder?.key);
  });

  it('brings the media of an answer as an echo', () => {
    const echo = text({
      from: '15550100100',
      to: '15550123456',
      type: 'image',
      image: { id: '42' },
    });
    expect(messageIn({ message_echoes: [echo] }, 'history')).toMatchObject({
      fills: true,
      by: 'phone',
      entryKey: ['echo', '100000000000001', 'wamid.A'],
    });
  });

  it.each([
    ['was declined', { errors: [{ code: 2593109, title: 'declined' }] }, 'history-declined'],
    ['has an end and no threads', { metadata: { progress: 100 }, threads: [] }, 'nothing-in-it'],
    ['has a thread without messages', { threads: [{ id: '1' }] }, 'nothing-in-it'],
    ['failed otherwise', { errors: [{ code: 1 }] }, 'unsupported-field'],
    ['is no object', 'x', 'unsupported-field'],
  ])('that %s is kept with its reason', (_, chunk, reason) => {
    expect(kinds(read(body({ history: [chunk] }, 'history')))).toEqual([reason]);
  });
});

describe('a call', () => {
  const call = (over: object = {}) => ({
    id: 'wacid.1',
    from: '15550123456',
    to: '15550100100',
    event: 'terminate',
    direction: 'USER_INITIATED',
    timestamp: '1790000100',
    ...over,
  });
  const over = (given: object) => read(body({ calls: [call(given)] }, 'calls'))[0];

  it('that nobody took is a notice of the customer', () => {
    expect(over({ status: 'FAILED' })).toMatchObject({
      kind: 'message',
      key: ['call', '100000000000001', 'wacid.1'],
      type: 'call',
      at: 1_790_000_100_000,
      body: { content: { kind: 'missed' } },
      sender: { identifiers: PERSON },
    });
  });

  it('that was taken says how long it was, and stands at its beginning', () => {
    expect(over({ duration: 120, start_time: '1790000000' })).toMatchObject({
      at: 1_790_000_000_000,
      body: { content: { kind: 'taken', seconds: 120 } },
    });
  });

  it.each([
    ['that still rings', { event: 'connect' }],
    ['that went out', { direction: 'BUSINESS_INITIATED' }],
    ['that went out, without a direction', { direction: undefined, from: '15550100100' }],
    ['of which a recording is there', { event: 'call_recording_available' }],
  ])('%s asks for nothing', (_, given) => {
    expect(over(given)).toMatchObject({ kind: 'other', reason: 'call-progress' });
  });
});

describe('a group', () => {
  const GROUP = [{ kind: 'group', value: 'G1' }];

  it('is the one who writes, and names who of it did, with a masked number', () => {
    const contacts = [{ wa_id: '15550123456', profile: { name: 'Tiago' } }];
    expect(messageIn({ contacts, messages: [text({ group_id: 'G1' })] }, 'messages')).toMatchObject(
      {
        sender: { identifiers: GROUP, name: null },
        participant: { name: 'Tiago', phone: '+1 5550 ••• 456' },
      },
    );
  });

  it('has no number to show of somebody who goes by a user id', () => {
    const message = text({ group_id: 'G1', from: undefined, from_user_id: 'US.1' });
    expect(messageIn({ messages: [message] }, 'messages')?.participant).toEqual({});
  });

  it.each([
    ['group_lifecycle_update', { type: 'group_create', subject: 'Kitchen' }, 'created', 'Kitchen'],
    ['group_lifecycle_update', { type: 'group_delete' }, 'deleted', null],
    [
      'group_lifecycle_update',
      { type: 'group_create', subject: 'K', errors: [{}] },
      'failed',
      null,
    ],
    [
      'group_participants_update',
      { type: 'group_participants_add', added_participants: [{ wa_id: '15550123456' }] },
      'joined',
      null,
    ],
    [
      'group_participants_update',
      { type: 'group_create', removed_participants: [{ input: 15550123456 }] },
      'left',
      null,
    ],
    [
      'group_settings_update',
      { type: 'group_settings_update', group_subject: { text: 'New', update_successful: true } },
      'settings',
      'New',
    ],
    [
      'group_settings_update',
      { type: 'group_settings_update', group_subject: { text: 'No', update_successful: false } },
      'settings',
      null,
    ],
    ['group_status_update', { type: 'group_suspend' }, 'suspended', null],
    ['group_status_update', { type: 'something_new' }, 'other', null],
  ])('tells what happened to it: %s %j', (field, over, kind, name) => {
    const groups = [{ group_id: 'G1', timestamp: '1790000000', ...over }];
    expect(messageIn({ groups }, field)).toMatchObject({
      type: 'group_update',
      at: 1_790_000_000_000,
      body: { content: { kind } },
      sender: { identifiers: GROUP, name },
    });
  });

  it('shows who came by masked numbers only', () => {
    const groups = [{ group_id: 'G1', added_participants: [{ wa_id: 15550123456 }] }];
    const item = messageIn({ groups }, 'group_participants_update');
    expect(item?.body.content?.['who']).toEqual(['+1 5550 ••• 456']);
  });

  it('that is not named is kept', () => {
    expect(kinds(read(body({ groups: [{}] }, 'group_status_update')))).toEqual(['no-message-id']);
  });
});

describe('Meta’s seconds', () => {
  it.each([
    ['1790000000', 1_790_000_000_000],
    [1_790_000_000, 1_790_000_000_000],
    ['1790000000.7', 1_790_000_000_000],
    ['0', null],
    ['1', null],
    ['-5', null],
    ['', null],
    ['soon', null],
    ['1e300', null],
    [undefined, null],
    [null, null],
    [{}, null],
  ])('of %j are %j', (value, at) => {
    expect(readSeconds(value)).toBe(at);
  });
});

const KEPT = { seed: 20_261_122, numRuns: 400 };

/** A webhook body with something strange in any place, and a mark in every leaf. */
const strangeBody = (() => {
  const leaf = fc.uuid();
  const strange = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'id', 'from', 'type'), leaf, { maxKeys: 2 }),
  );
  const orStrange = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: usual }, strange);
  const listOf = <T>(usual: fc.Arbitrary<T>) =>
    orStrange(fc.array(orStrange(usual), { maxLength: 3 }));
  const some = <T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record(members, { requiredKeys: [] });
  const message = some({
    id: strange,
    from: strange,
    type: fc.constantFrom('text', 'image'),
    text: strange,
    group_id: leaf,
  });
  const value = some({
    messaging_product: fc.constant('whatsapp'),
    metadata: orStrange(some({ phone_number_id: leaf })),
    contacts: listOf(some({ wa_id: leaf, user_id: leaf, profile: strange })),
    messages: listOf(message),
    statuses: listOf(some({ id: leaf, status: leaf, recipient_id: leaf })),
    message_echoes: listOf(some({ id: leaf, to: leaf, type: leaf, message: strange })),
    calls: listOf(
      some({ id: leaf, from: leaf, event: fc.constant('terminate'), duration: strange }),
    ),
    groups: listOf(some({ group_id: leaf, type: leaf, subject: strange, timestamp: strange })),
    history: listOf(
      some({
        metadata: strange,
        errors: strange,
        threads: listOf(some({ id: leaf, context: strange, messages: listOf(message) })),
      }),
    ),
    errors: strange,
  });
  const change = some({
    field: fc.constantFrom(
      'messages',
      'history',
      'standby',
      'calls',
      'smb_message_echoes',
      'group_lifecycle_update',
      'account_update',
    ),
    value: orStrange(fc.oneof(value, some({ metadata: strange, standby: orStrange(value) }))),
    extra: strange,
  });
  const entry = some({ id: leaf, time: leaf, changes: listOf(change), extra: strange });
  return fc.record({
    entry: fc.array(orStrange(entry), { minLength: 1, maxLength: 3 }),
    extra: strange,
  });
})();

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const marksIn = (value: unknown) => new Set(JSON.stringify(value).match(UUID) ?? []);

describe('whatever comes', () => {
  it('nothing of a body is dropped: every value is in the raw of one of its items', () => {
    fc.assert(
      fc.property(strangeBody, (given) => {
        const kept = marksIn(read(given).map(({ raw }) => raw));
        expect([...marksIn(given)].filter((mark) => !kept.has(mark))).toEqual([]);
      }),
      KEPT,
    );
  });

  it('an item read again from what the journal kept is the same item', () => {
    fc.assert(
      fc.property(strangeBody, (given) => {
        for (const item of read(given)) {
          if (item.kind === 'other') continue;
          const again = readJournaled(JSON.parse(JSON.stringify(item.raw)));
          expect({ ...again, raw: null }).toEqual({ ...item, seq: 0, raw: null });
        }
      }),
      KEPT,
    );
  });

  it('reading never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readDelivery(value);
        readDelivery({ entry: value });
        readDelivery({ entry: [{ changes: [{ field: 'messages', value }] }] });
        readJournaled(value);
      }),
      KEPT,
    );
  });

  it('an item of the journal that no reader takes any more is none', () => {
    expect(readJournaled('text')).toBeNull();
    expect(readJournaled({ message: { id: 'a' } })).toMatchObject({ kind: 'other' });
  });
});
