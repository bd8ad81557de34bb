import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identifier } from '../documents/channel.ts';
import type { Case } from '../documents/case.ts';
import { unreadCount, type Conversation } from '../documents/conversation.ts';
import type { InboundEntry, OutboundEntry } from '../documents/entry.ts';
import { conversationPath, entryPath } from '../paths.ts';
import type { DocumentData } from '../shared/plan.ts';
import { asText } from '../shared/read.ts';
import { commit, type Documents } from '../testing/documents.ts';
import { aChannel, NOW } from '../testing/index.ts';
import type { MessageItem } from '../whatsapp/delivery-body.ts';
import { AHEAD_LIMIT, isChange } from './changes.ts';
import { decideIngest, laterThan, LOOKUP_ORDER, mayPredateCase } from './ingest.ts';
import type { IngestState, JournaledMessage } from './ingest.ts';
import { WINDOW_MS } from './window.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NUMBER = '100000000000001';
const PHONE: Identifier = { kind: 'phone', value: '15550123456' };
const USER: Identifier = { kind: 'bsuid', value: 'US.1' };

/** A text received now, that was written a second ago. */
const aMessage = (
  id: string,
  over: Partial<MessageItem> = {},
  receivedAt = NOW,
): JournaledMessage => ({
  id,
  receivedAt,
  item: {
    kind: 'message',
    key: ['message', NUMBER, id],
    seq: 0,
    field: 'messages',
    phoneNumberId: NUMBER,
    raw: {},
    wamid: `wamid.${id}`,
    at: NOW - SECOND,
    type: 'text',
    sender: { identifiers: [PHONE], name: 'Marta', username: null },
    body: { text: `text of ${id}` },
    context: undefined,
    origin: 'live',
    ...over,
  },
});

/** What the adapter would read for these messages. A new person gets the contact id that is offered. */
function gather(
  documents: Documents,
  messages: readonly JournaledMessage[],
  newContactId = 'marta',
): IngestState {
  const read = (path: string) => documents.get(path) ?? null;
  const all = messages.flatMap(({ item }) => item.sender?.identifiers ?? []);
  const distinct = [...new Map(all.map((id) => [`${id.kind} ${id.value}`, id])).values()];
  const identifiers = LOOKUP_ORDER.flatMap((kind) => distinct.filter((id) => id.kind === kind)).map(
    (identifier) => {
      const hash = `${identifier.kind}-${identifier.value}`;
      return {
        identifier,
        hash,
        contactId: (read(`identities/${hash}`)?.['contactId'] ?? null) as string | null,
      };
    },
  );
  const contactId =
    identifiers.find((known) => known.contactId !== null)?.contactId ?? newContactId;
  const conversationId = `with-${contactId}`;
  const conversation = read(conversationPath(conversationId)) as Conversation | null;
  const targets = targetsOf(messages);
  return {
    channelId: NUMBER,
    channel: aChannel(),
    identifiers,
    contactId,
    contact: read(`contacts/${contactId}`) as IngestState['contact'],
    onRecord: (read(`contacts/${contactId}/private/identifiers`)?.['identifiers'] ?? null) as
      readonly Identifier[] | null,
    conversationId,
    conversation,
    caseDoc:
      conversation !== null && mayPredateCase(conversation, messages)
        ? (read(`conversations/${conversationId}/cases/${conversation.caseNumber}`) as Case | null)
        : null,
    targets,
    ...standing([...messages.map(({ id }) => id), ...targets.values()], (id) =>
      read(entryPath(conversationId, id)),
    ),
  };
}

/** What of these entries is there, without its media, or not reported yet. */
function standing(ids: readonly string[], read: (id: string) => DocumentData | null) {
  const those = (holds: (entry: DocumentData) => boolean) =>
    new Set(ids.filter((id) => holds(read(id) ?? {})));
  return {
    present: new Set(ids.filter((id) => read(id) !== null)),
    placeholders: those(({ type }) => type === 'media_placeholder'),
    unreported: those(({ state }) => state === 'sending'),
  };
}

/** Here the id of an entry is that of its message at WhatsApp. */
const targetsOf = (messages: readonly JournaledMessage[]) =>
  new Map(
    messages.flatMap(({ id, item }) => {
      const wamid = asText(item.body.content?.['wamid']);
      return isChange(item.type) && wamid !== undefined ? [[id, wamid] as const] : [];
    }),
  );

const ingest = (
  documents: Documents,
  messages: readonly JournaledMessage[],
  newContactId?: string,
): Documents =>
  commit(documents, decideIngest(gather(documents, messages, newContactId), messages, NOW));

const NONE: Documents = new Map();
const conversationIn = (documents: Documents, id = 'with-marta') =>
  documents.get(conversationPath(id)) as unknown as Conversation;
const entryIn = (documents: Documents, id: string) =>
  documents.get(entryPath('with-marta', id)) as unknown as InboundEntry;
const caseIn = (documents: Documents, number: number) =>
  documents.get(`conversations/with-marta/cases/${number}`) as unknown as Case;

/** A thread that has been there: its person, its conversation and the case in force. */
const aThread = (over: Partial<Conversation> = {}): Documents => {
  const first = ingest(NONE, [aMessage('first', { at: NOW - 30 * MINUTE }, NOW - 30 * MINUTE)]);
  const conversation = { ...conversationIn(first), ...over };
  return new Map([...first, [conversationPath('with-marta'), conversation]]);
};

describe('the first message of somebody', () => {
  const documents = ingest(NONE, [aMessage('m1')]);

  it('opens the first case of a conversation of the default team, waiting, unread and in its window', () => {
    expect(conversationIn(documents)).toMatchObject({
      contactId: 'marta',
      channelId: NUMBER,
      contact: { name: 'Marta', maskedPhone: '+1 5550 ••• 456' },
      teamId: 'support',
      status: 'open',
      active: true,
      assignee: null,
      assignment: { version: 0, by: 'switchboard' },
      waitingSince: NOW - SECOND,
      lastInboundAt: NOW - SECOND,
      windowExpiresAt: NOW - SECOND + WINDOW_MS,
      caseNumber: 1,
      inboundCount: 1,
      readCount: 0,
      preview: { entryId: 'm1', text: 'text of m1', at: NOW - SECOND },
    });
    expect(caseIn(documents, 1)).toMatchObject({ number: 1, openedAt: NOW - SECOND });
  });

  it('makes a contact, its identifiers apart, and what leads to it', () => {
    expect(documents.get('contacts/marta')).toMatchObject({
      name: 'Marta',
      maskedPhone: '+1 5550 ••• 456',
      conversationIds: ['with-marta'],
    });
    expect(documents.get('contacts/marta/private/identifiers')).toMatchObject({
      identifiers: [PHONE],
    });
    expect(documents.get('identities/phone-15550123456')).toMatchObject({
      contactId: 'marta',
      kind: 'phone',
    });
    const open = [...documents].filter(([path]) => !path.includes('private'));
    expect(JSON.stringify(open.map(([, data]) => data))).not.toContain(PHONE.value);
  });

  it('is an entry and a journal item that is done', () => {
    expect(entryIn(documents, 'm1')).toMatchObject({
      kind: 'inbound',
      at: NOW - SECOND,
      receivedAt: NOW,
      caseNumber: 1,
      author: { kind: 'customer', id: 'marta' },
      wamid: 'wamid.m1',
      text: 'text of m1',
    });
    expect(documents.get('journal/m1')).toMatchObject({
      fate: 'done',
      entry: 'conversations/with-marta/timeline/m1',
    });
  });
});

describe('the time of a message', () => {
  it.each([
    ['as Meta says', NOW - MINUTE, NOW - MINUTE],
    ['of the arrival where Meta’s is of tomorrow', NOW + 24 * 60 * MINUTE, NOW],
    ['of the arrival where Meta says none that can be true', null, NOW],
  ])('is %s', (_, given, at) => {
    const documents = ingest(NONE, [aMessage('m1', { at: given })]);
    expect(entryIn(documents, 'm1').at).toBe(at);
    expect(conversationIn(documents).windowExpiresAt).toBe(at + WINDOW_MS);
  });

  it('marks what came more than five minutes after it was written', () => {
    const late = (ago: number) =>
      entryIn(ingest(NONE, [aMessage('m1', { at: NOW - ago })]), 'm1').late;
    expect(late(5 * MINUTE)).toBeUndefined();
    expect(late(5 * MINUTE + SECOND)).toBe(true);
  });
});

describe('the next message', () => {
  it('of a resolved conversation opens the next case and starts its clock anew', () => {
    const before = aThread({
      status: 'resolved',
      active: false,
      waitingSince: null,
      lastAnswerAt: NOW - 10 * MINUTE,
    });
    const after = ingest(before, [aMessage('m2')]);
    expect(conversationIn(after)).toMatchObject({
      status: 'open',
      active: true,
      caseNumber: 2,
      waitingSince: NOW - SECOND,
      lastAnswerAt: null,
    });
    expect(caseIn(after, 2)).toMatchObject({ number: 2, openedAt: NOW - SECOND, resolvedAt: null });
  });

  it('of a pending or snoozed conversation opens it, in the same case and with the same holder', () => {
    const assignee = { kind: 'agent', id: 'jonas' } as const;
    for (const status of ['pending', 'snoozed'] as const) {
      const before = aThread({ status, assignee, waitingSince: null, snoozedUntil: NOW + MINUTE });
      expect(conversationIn(ingest(before, [aMessage('m2')]))).toMatchObject({
        status: 'open',
        assignee,
        snoozedUntil: null,
        caseNumber: 1,
        waitingSince: NOW - SECOND,
      });
    }
  });

  it('that was written before the last answer is counted and wakes nobody', () => {
    const before = aThread({ status: 'pending', waitingSince: null, lastAnswerAt: NOW - MINUTE });
    const after = conversationIn(
      ingest(before, [aMessage('m2', { at: NOW - 2 * MINUTE }, NOW - 90 * SECOND)]),
    );
    expect(after).toMatchObject({ status: 'pending', waitingSince: null, inboundCount: 2 });
  });

  it('of the same second as the answer is later where it came after it', () => {
    const before = aThread({ status: 'pending', waitingSince: null, lastAnswerAt: NOW - 500 });
    const message = (receivedAt: number) => [aMessage('m2', { at: NOW - SECOND }, receivedAt)];
    expect(conversationIn(ingest(before, message(NOW - 501)))).toMatchObject({ status: 'pending' });
    expect(conversationIn(ingest(before, message(NOW - 499)))).toMatchObject({ status: 'open' });
  });

  it('that is older than the first gives the case its earlier beginning', () => {
    const early = NOW - 60 * MINUTE;
    const after = ingest(aThread(), [aMessage('m0', { at: early })]);
    expect(caseIn(after, 1).openedAt).toBe(early);
    expect(conversationIn(after)).toMatchObject({
      waitingSince: early,
      lastInboundAt: NOW - 30 * MINUTE,
      preview: { entryId: 'first' },
    });
  });
});

describe('what owes no answer', () => {
  it.each(['reaction', 'edit', 'revoke', 'system', 'call', 'group_update'])(
    'a %s opens no case, starts no clock, raises no unread and belongs to no case',
    (type) => {
      const before = aThread({ status: 'resolved', active: false, waitingSince: null });
      const after = ingest(before, [aMessage('m2', { type })]);
      expect(conversationIn(after)).toMatchObject({
        status: 'resolved',
        caseNumber: 1,
        waitingSince: null,
        inboundCount: 1,
        preview: { entryId: 'first' },
      });
      expect(entryIn(after, 'm2').caseNumber).toBe(0);
    },
  );

  it('a reaction and a call open the window all the same; a notice, an edit and a revocation don’t', () => {
    const expires = (type: string) =>
      conversationIn(ingest(NONE, [aMessage('m1', { type })])).windowExpiresAt;
    expect(['reaction', 'call'].map(expires)).toEqual([
      NOW - SECOND + WINDOW_MS,
      NOW - SECOND + WINDOW_MS,
    ]);
    expect(['system', 'edit', 'revoke', 'group_update'].map(expires)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it.each(['history', 'standby'] as const)('a copy from %s does nothing but be there', (origin) => {
    const after = conversationIn(ingest(NONE, [aMessage('m1', { origin })]));
    expect(after).toMatchObject({
      status: 'resolved',
      active: false,
      caseNumber: 0,
      waitingSince: null,
      windowExpiresAt: null,
      inboundCount: 0,
      preview: { entryId: 'm1' },
    });
  });

  it('is a voice note in the row where it was spoken into the phone', () => {
    const spoken = { content: { voice: true } };
    const wrote = ingest(NONE, [aMessage('m', { type: 'audio', body: spoken })]);
    expect(conversationIn(wrote).preview).toMatchObject({ type: 'voice', text: '' });
  });

  it('stands in the row only until a message does, however old that is', () => {
    const reacted = ingest(NONE, [aMessage('r', { type: 'reaction', at: NOW - SECOND })]);
    const wrote = ingest(reacted, [aMessage('m', { at: NOW - MINUTE })]);
    expect(conversationIn(wrote).preview).toMatchObject({ entryId: 'm' });
    expect(
      conversationIn(ingest(wrote, [aMessage('r2', { type: 'reaction' })])).preview,
    ).toMatchObject({
      entryId: 'm',
    });
  });
});

describe('a row', () => {
  const change = (
    id: string,
    type: 'edit' | 'revoke',
    of: string,
    over: Partial<MessageItem> = {},
  ) =>
    aMessage(id, {
      type,
      body: {
        ...(type === 'edit' ? { text: `text of ${id}` } : {}),
        content: { wamid: of },
      },
      at: NOW,
      ...over,
    });
  const row = (...batches: readonly (readonly JournaledMessage[])[]) =>
    conversationIn(inBatches(NONE, batches));

  it('never has the words of a message that was deleted before it came', () => {
    const [message, gone] = [aMessage('m1'), change('r', 'revoke', 'm1')];
    const before = row([gone]);
    expect(before.ahead).toMatchObject([{ entryId: 'm1', type: 'revoke' }]);
    const after = row([gone], [message]);
    expect(after).toMatchObject({
      preview: { entryId: 'm1', type: 'revoke', text: '' },
      ahead: [],
    });
    expect(after).toMatchObject({ inboundCount: 1, status: 'open' });
  });

  it('has the new words of a message that was edited before it came', () => {
    expect(row([change('e', 'edit', 'm1')], [aMessage('m1')]).preview).toMatchObject({
      entryId: 'm1',
      type: 'text',
      text: 'text of e',
    });
  });

  it('has the last of two edits, whichever came last', () => {
    const [first, second] = [
      change('e1', 'edit', 'm1', { at: NOW - 100 }),
      change('e2', 'edit', 'm1', { at: NOW }),
    ];
    for (const edits of [
      [first, second],
      [second, first],
    ])
      expect(row([aMessage('m1')], ...edits.map((one) => [one])).preview?.text).toBe('text of e2');
  });

  it('keeps the words that an unreadable edit does not replace', () => {
    const edit = change('e', 'edit', 'm1', { body: { content: { wamid: 'm1' } } });
    expect(row([aMessage('m1')], [edit]).preview?.text).toBe('text of m1');
    expect(row([edit], [aMessage('m1')]).preview?.text).toBe('text of m1');
  });

  it('keeps no more changes of messages that never come than there is room for', () => {
    const changes = Array.from({ length: AHEAD_LIMIT + 5 }, (_, index) =>
      change(`r${index}`, 'revoke', `never${index}`, { at: NOW - 100 * SECOND + index * SECOND }),
    );
    const { ahead } = row(changes);
    expect(ahead).toHaveLength(AHEAD_LIMIT);
    expect(ahead?.at(-1)).toMatchObject({ entryId: `never${AHEAD_LIMIT + 4}` });
  });

  it('is the same whenever edits and deletions come', () => {
    const drawn = fc.array(
      fc.record({
        of: fc.constantFrom('m0', 'm1'),
        type: fc.constantFrom('edit', 'edit', 'revoke'),
        second: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 5 },
    );
    const lists = drawn.map((changes) => [
      aMessage('m0', { at: NOW - 9 * SECOND }),
      aMessage('m1', { at: NOW - 8 * SECOND }),
      ...changes.map(({ of, type, second }, index) =>
        change(`c${index}`, type, of, { at: NOW - 7 * SECOND + second * SECOND }),
      ),
    ]);
    fc.assert(
      fc.property(
        lists.chain((list) => fc.tuple(fc.constant(list), arrivals(list))),
        ([list, batches]) => {
          const without = ({ ahead, ...rest }: Conversation) => ({ ...rest, ahead: ahead ?? [] });
          expect(without(row(...batches))).toEqual(without(row(list)));
        },
      ),
      KEPT,
    );
  });
});

describe('a message of our side that did not leave from here', () => {
  const ours = (id: string, over: Partial<MessageItem> = {}) =>
    aMessage(id, { by: 'phone', ...over });
  const outbound = (documents: Documents, id: string) =>
    documents.get(entryPath('with-marta', id)) as unknown as OutboundEntry;

  it.each(['edit', 'revoke', 'reaction'])(
    'is as far as it was told where it is a %s, and answers nothing',
    (type) => {
      const before = aThread();
      const after = ingest(before, [ours('e', { type })]);
      expect(outbound(after, 'e')).toMatchObject({
        kind: 'outbound',
        state: 'sent',
        type,
        author: { kind: 'system', id: 'phone' },
        caseNumber: 0,
      });
      const { lastEntryAt: _, ...row } = conversationIn(after);
      expect(conversationIn(before)).toMatchObject(row);
      expect(after.get('journal/e')).toMatchObject({ fate: 'done' });
    },
  );

  it.each([
    ['history', 'phone', 'read', 'read'],
    ['history', 'phone', undefined, 'sent'],
    ['standby', 'service', undefined, 'sent'],
  ] as const)('is a copy where it is of %s, by the %s', (origin, by, state, shown) => {
    const before = aThread();
    const copy = ours('e', { origin, by, ...(state ? { state } : {}) });
    const after = ingest(before, [copy]);
    expect(outbound(after, 'e')).toMatchObject({
      origin,
      state: shown,
      author: { kind: 'system', id: by },
      caseNumber: 0,
    });
    expect(conversationIn(after)).toMatchObject({
      status: 'open',
      waitingSince: conversationIn(before).waitingSince,
      windowExpiresAt: conversationIn(before).windowExpiresAt,
      preview: { entryId: 'first' },
    });
  });
});

describe('media of history', () => {
  const placeholder = aMessage('m1', { type: 'media_placeholder', body: {}, origin: 'history' });
  const media = {
    ...aMessage('m1', {
      type: 'image',
      body: { text: 'A plant', content: { mediaId: '42' } },
      origin: 'history',
      fills: true,
    }),
    journalId: 'media-m1',
  };

  it('that comes after its placeholder takes its place, and is brought', () => {
    const after = inBatches(NONE, [[placeholder], [media]]);
    expect(entryIn(after, 'm1')).toMatchObject({
      type: 'image',
      text: 'A plant',
      media: { id: 'm1', state: 'pending' },
    });
    expect(after.get('media/m1')).toMatchObject({ metaId: '42', entryId: 'm1' });
    expect(conversationIn(after)).toMatchObject({
      status: 'resolved',
      preview: { type: 'image', text: 'A plant' },
    });
  });

  it('leads to the same before, with and after its placeholder, and again', () => {
    const together = sorted(inBatches(NONE, [[placeholder, media]]));
    for (const batches of [
      [[placeholder], [media]],
      [[media], [placeholder]],
      [[media, placeholder]],
      [[placeholder], [media], [media], [placeholder]],
    ])
      expect(sorted(inBatches(NONE, batches))).toEqual(together);
  });
});

describe('a group', () => {
  const group = (id: string, over: Partial<MessageItem> = {}) =>
    aMessage(id, {
      sender: { identifiers: [{ kind: 'group', value: 'G1' }], name: null, username: null },
      participant: { name: 'Tiago', phone: '+1 5550 ••• 456' },
      ...over,
    });

  it('has a conversation of its own that is read, and waits for no answer', () => {
    const after = ingest(NONE, [group('m1')]);
    expect(conversationIn(after)).toMatchObject({
      kind: 'group',
      status: 'open',
      inboundCount: 1,
      waitingSince: null,
      windowExpiresAt: null,
    });
    expect(after.get('contacts/marta')).toMatchObject({ kind: 'group', maskedPhone: null });
    expect(entryIn(after, 'm1').participant).toEqual({ name: 'Tiago', phone: '+1 5550 ••• 456' });
  });

  it('is called by its subject from when that is told', () => {
    const told = group('n1', {
      type: 'group_update',
      body: { content: { kind: 'created' } },
      sender: { identifiers: [{ kind: 'group', value: 'G1' }], name: 'Kitchen', username: null },
    });
    expect(conversationIn(ingest(ingest(NONE, [group('m1')]), [told])).contact.name).toBe(
      'Kitchen',
    );
  });

  it('is nobody’s own: a person is no group', () => {
    expect(conversationIn(ingest(NONE, [aMessage('m1')]))).not.toHaveProperty('kind');
  });
});

describe('who wrote', () => {
  const by = (...identifiers: Identifier[]) => ({
    sender: { identifiers, name: 'Marta', username: null },
  });

  it('stays one person through a number, then number and user id, then user id alone', () => {
    let documents = ingest(NONE, [aMessage('m1', by(PHONE))], 'one');
    documents = ingest(documents, [aMessage('m2', by(USER, PHONE))], 'two');
    documents = ingest(documents, [aMessage('m3', by(USER))], 'three');
    const of = (kind: string) =>
      [...documents.keys()].filter((path) => path.split('/').length === 2 && path.startsWith(kind));
    expect(of('contacts')).toEqual(['contacts/one']);
    expect(of('conversations')).toEqual(['conversations/with-one']);
    expect(conversationIn(documents, 'with-one').inboundCount).toBe(3);
    expect(documents.get('contacts/one/private/identifiers')).toMatchObject({
      identifiers: [USER, PHONE],
    });
  });

  it('goes by the user id where that and the number lead to two people, and both keep theirs', () => {
    let documents = ingest(NONE, [aMessage('m1', by(PHONE))], 'by-phone');
    documents = ingest(documents, [aMessage('m2', by(USER))], 'by-user');
    documents = ingest(documents, [aMessage('m3', by(USER, PHONE))], 'third');
    expect(conversationIn(documents, 'with-by-user').inboundCount).toBe(2);
    expect(conversationIn(documents, 'with-by-phone').inboundCount).toBe(1);
    expect(documents.get('identities/phone-15550123456')).toMatchObject({ contactId: 'by-phone' });
    expect(documents.get('contacts/by-user/private/identifiers')).toMatchObject({
      identifiers: [USER],
    });
  });

  it('is shown by the number that became known last', () => {
    const moved: Identifier = { kind: 'phone', value: '351912345408' };
    let documents = ingest(NONE, [aMessage('m1', by(USER, PHONE))]);
    documents = ingest(documents, [aMessage('m2', by(USER, moved))]);
    expect(documents.get('contacts/marta/private/identifiers')).toMatchObject({
      identifiers: [USER, PHONE, moved],
    });
    expect(conversationIn(documents).contact.maskedPhone).toBe('+351 912 ••• 408');
  });

  it('has an endless identifier cut on record, and is found by the whole of it', () => {
    const endless: Identifier = { kind: 'other', value: '1'.repeat(5_000) };
    const documents = ingest(NONE, [aMessage('m1', by(endless))]);
    expect(documents.get('contacts/marta/private/identifiers')).toMatchObject({
      identifiers: [{ kind: 'other', value: '1'.repeat(1_000) }],
    });
    expect(
      ingest(documents, [aMessage('m2', by(endless))], 'another').has('contacts/another'),
    ).toBe(false);
  });

  it.each([
    ['name', { name: 'Marta', username: 'marta' }, 'Marta'],
    ['username where there is no name', { name: null, username: 'marta' }, 'marta'],
    ['nothing where there is neither', { name: null, username: null }, ''],
  ])('is called by the %s', (_, profile, shown) => {
    const sender = { identifiers: [PHONE], ...profile };
    expect(conversationIn(ingest(NONE, [aMessage('m1', { sender })])).contact.name).toBe(shown);
  });

  it('keeps a name that a later message does not bring', () => {
    const silent = { sender: { identifiers: [PHONE], name: null, username: null } };
    const documents = ingest(ingest(NONE, [aMessage('m1')]), [aMessage('m2', silent)]);
    expect(conversationIn(documents).contact.name).toBe('Marta');
  });
});

describe('later than an answer', () => {
  it.each([
    ['a message of a later second', NOW + SECOND, NOW, NOW + 5, true],
    ['a message of the same second that came after it', NOW, NOW + 600, NOW + 300, true],
    ['a message of the same second that was there', NOW, NOW + 200, NOW + 300, false],
    ['an earlier message that came late', NOW - SECOND, NOW + MINUTE, NOW + 300, false],
    ['a message to the millisecond as late', NOW, NOW, NOW, false],
  ])('%s: %#', (_, at, receivedAt, answerAt, expected) => {
    expect(laterThan({ at, receivedAt }, answerAt)).toBe(expected);
  });
});

const KEPT = { seed: 20_261_122, numRuns: 400 };

/** Messages of one person in a few seconds, so that times tie; every kind of them. */
const messages = fc
  .array(
    fc.record({
      at: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
      delay: fc.constantFrom(0, 400, 900, 1_500, 400_000),
      seq: fc.integer({ min: 0, max: 1 }),
      type: fc.constantFrom(
        'text',
        'text',
        'image',
        'reaction',
        'edit',
        'revoke',
        'system',
        'hologram',
      ),
      origin: fc.constantFrom('live', 'live', 'live', 'history', 'standby'),
      name: fc.constantFrom('Marta', 'Marta O.', '', null),
      username: fc.constantFrom('marta', null),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((list) =>
    list.map(({ at, delay, seq, type, origin, name, username }, index) => {
      const written = at === null ? null : NOW - 10 * SECOND + at * SECOND;
      const sender = { identifiers: [PHONE], name: name || null, username };
      const over = { at: written, seq, type, origin, sender } as const;
      return aMessage(`m${index}`, over, (written ?? NOW) + delay);
    }),
  );

/** What the conversation was before. */
const thread = fc.constantFrom<Documents>(
  NONE,
  aThread(),
  aThread({ status: 'pending', waitingSince: null, lastAnswerAt: NOW - 8 * SECOND + 300 }),
  aThread({
    status: 'snoozed',
    snoozedUntil: NOW + MINUTE,
    waitingSince: null,
    lastAnswerAt: NOW - 20 * SECOND,
  }),
  aThread({
    status: 'resolved',
    active: false,
    waitingSince: null,
    lastAnswerAt: NOW - 7 * SECOND,
  }),
);

/** The same messages in another order, with repeats, cut into batches. */
const arrivals = (list: readonly JournaledMessage[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...list], { minLength: list.length }),
      fc.subarray([...list]),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: list.length * 2 }),
    )
    .map(([shuffled, repeated, sizes]) => {
      const rest = [...shuffled, ...repeated];
      const batches: JournaledMessage[][] = [];
      for (const size of sizes) if (rest.length > 0) batches.push(rest.splice(0, size));
      return batches;
    });

const story = fc
  .tuple(thread, messages)
  .chain(([before, list]) => fc.tuple(fc.constant(before), fc.constant(list), arrivals(list)));

const inBatches = (before: Documents, batches: readonly (readonly JournaledMessage[])[]) =>
  batches.reduce((documents, batch) => ingest(documents, batch), before);

const sorted = (documents: Documents) => Object.fromEntries([...documents].sort());

describe('the same messages', () => {
  it('lead to the same documents in any order, in any batches, with any repeats', () => {
    fc.assert(
      fc.property(story, ([before, list, batches]) => {
        expect(sorted(inBatches(before, batches))).toEqual(sorted(ingest(before, list)));
      }),
      KEPT,
    );
  });

  it.each([
    [
      'a text older than the one that opened the case',
      [aMessage('a', { at: NOW - MINUTE }), aMessage('b', { at: NOW - 2 * MINUTE })],
    ],
    [
      'a reaction before the first text',
      [aMessage('a', { type: 'reaction', at: NOW - MINUTE }), aMessage('b')],
    ],
    ['two texts of one second', [aMessage('b'), aMessage('a')]],
    ['two places of one delivery', [aMessage('a', { seq: 1 }), aMessage('b', { seq: 0 })]],
    [
      'a name that an older message brings last',
      [
        aMessage('a', { sender: { identifiers: [PHONE], name: 'New', username: null } }),
        aMessage('b', {
          at: NOW - MINUTE,
          sender: { identifiers: [PHONE], name: 'Old', username: null },
        }),
      ],
    ],
  ] as const)('regression: %s', (_, list) => {
    const one = sorted(ingest(NONE, list));
    expect(
      sorted(
        inBatches(
          NONE,
          list.map((message) => [message]),
        ),
      ),
    ).toEqual(one);
    expect(
      sorted(
        inBatches(
          NONE,
          list.toReversed().map((message) => [message]),
        ),
      ),
    ).toEqual(one);
  });

  it('regression: a message before the last answer of the case before counts as unanswered in the next', () => {
    const before = aThread({
      status: 'resolved',
      active: false,
      waitingSince: null,
      lastAnswerAt: NOW - MINUTE,
    });
    const early = aMessage('a', { at: NOW - 2 * MINUTE }, NOW);
    const late = aMessage('b', { at: NOW - SECOND });
    for (const order of [
      [early, late],
      [late, early],
    ])
      expect(
        conversationIn(
          inBatches(
            before,
            order.map((one) => [one]),
          ),
        ).waitingSince,
      ).toBe(NOW - 2 * MINUTE);
  });

  it('never shorten the window, never count unread below none, never go back in cases', () => {
    fc.assert(
      fc.property(story, ([before, , batches]) => {
        let documents = before;
        for (const batch of batches) {
          const was = before === NONE && documents === NONE ? null : conversationIn(documents);
          documents = ingest(documents, batch);
          const is = conversationIn(documents);
          expect(is.windowExpiresAt ?? 0).toBeGreaterThanOrEqual(was?.windowExpiresAt ?? 0);
          expect(is.inboundCount).toBeGreaterThanOrEqual(was?.inboundCount ?? 0);
          expect(is.caseNumber).toBeGreaterThanOrEqual(was?.caseNumber ?? 0);
          expect(unreadCount(is)).toBeGreaterThanOrEqual(0);
          expect(is.readCount).toBeLessThanOrEqual(is.inboundCount);
        }
      }),
      KEPT,
    );
  });

  it('leave out what is there: only the fate of the item is written again', () => {
    const message = aMessage('m1');
    const documents = ingest(NONE, [message]);
    const writes = decideIngest(gather(documents, [message]), [message], NOW);
    expect(writes.map(({ op, path }) => `${op} ${path}`)).toEqual(['merge journal/m1']);
  });
});

describe('an item that is journaled under another id', () => {
  it('has its fate written there, and becomes the entry that it is', () => {
    const documents = ingest(NONE, [{ ...aMessage('m1'), journalId: 'by-app' }]);
    expect(documents.get('journal/by-app')).toMatchObject({ fate: 'done' });
    expect(entryIn(documents, 'm1')).toMatchObject({ text: 'text of m1' });
  });
});

describe('a holder', () => {
  it('is not touched by what a customer writes: a Take beside it loses nothing', () => {
    const writes = decideIngest(gather(aThread(), [aMessage('m2')]), [aMessage('m2')], NOW);
    const update = writes.find(({ path }) => path === 'conversations/with-marta');
    expect(Object.keys(update?.data ?? {})).not.toContain('assignee');
    expect(Object.keys(update?.data ?? {})).not.toContain('assignment');
  });
});
