import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsAsAnswer, type OutboundState } from '../delivery/delivery.ts';
import type { Case } from '../documents/case.ts';
import type { Conversation } from '../documents/conversation.ts';
import type { OutboundEntry } from '../documents/entry.ts';
import { conversationPath, entryPath } from '../paths.ts';
import { commit, type Documents } from '../testing/documents.ts';
import { aChannel, aConversation, anOutbound, NOW } from '../testing/index.ts';
import { answersAt, clockNeed, decideReport, type Report, type ReportState } from './answer.ts';
import { decideIngest, type JournaledMessage, type Owed } from './ingest.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ID = { conversationId: 'c1', entryId: 'r1' };

const aState = (over: Partial<ReportState> = {}): ReportState => ({
  ...ID,
  entry: anOutbound({ state: 'sending', at: NOW }),
  conversation: aConversation({ assignee: { kind: 'agent', id: 'jonas' } }),
  caseDoc: null,
  owed: [{ at: NOW - MINUTE, receivedAt: NOW - 59 * SECOND }],
  otherAnswersAt: [],
  ...over,
});

const aReport = (state: OutboundState, over: Partial<Report> = {}): Report => ({
  state,
  at: NOW + SECOND,
  ...over,
});

/** Entry and conversation after a report. */
function after(state: ReportState, report: Report) {
  const documents = commit(
    new Map<string, object>([
      [entryPath(ID.conversationId, ID.entryId), state.entry],
      [conversationPath(ID.conversationId), state.conversation],
      [`conversations/c1/cases/${state.caseDoc?.number}`, state.caseDoc ?? {}],
    ]) as Documents,
    decideReport(state, report),
  );
  return {
    entry: documents.get('conversations/c1/timeline/r1') as unknown as OutboundEntry,
    conversation: documents.get('conversations/c1') as unknown as Conversation,
    caseDoc: documents.get(`conversations/c1/cases/${state.caseDoc?.number}`) as unknown as Case,
  };
}

describe('a message of ours that is no answer', () => {
  it.each([
    ['another service’s', anOutbound({ state: 'sending', origin: 'standby' })],
    ['a reaction', anOutbound({ state: 'sending', type: 'reaction' })],
    ['a deletion', anOutbound({ state: 'sending', type: 'revoke' })],
  ])('has its ticks and nothing else: %s', (_, entry) => {
    const state = aState({ entry });
    const { entry: told, conversation } = after(state, aReport('read'));
    expect(told.state).toBe('read');
    expect(conversation).toEqual(state.conversation);
    expect(clockNeed(state, aReport('read'))).toBeNull();
    expect(answersAt([{ id: 'x', entry: told }], 'y', state.conversation)).toEqual([]);
  });
});

describe('an echo that a colleague changed before it was reported', () => {
  it('comes to the row as it is now', () => {
    const ahead = [{ entryId: 'r1', type: 'revoke' as const, at: NOW + 1, seq: 0, id: 'e' }];
    const conversation = aConversation({ ahead });
    const { conversation: row } = after(aState({ conversation }), aReport('sent'));
    expect(row).toMatchObject({ preview: { entryId: 'r1', type: 'revoke', text: '' }, ahead: [] });
  });
});

describe('an answer that WhatsApp accepts', () => {
  it('stops the clock, waits for the customer and stands in the row', () => {
    const { entry, conversation } = after(aState(), aReport('accepted', { wamid: 'wamid.R' }));
    expect(entry).toMatchObject({ state: 'accepted', wamid: 'wamid.R', acceptedAt: NOW + SECOND });
    expect(conversation).toMatchObject({
      status: 'pending',
      waitingSince: null,
      lastAnswerAt: NOW,
      lastEntryAt: NOW,
      preview: { entryId: 'r1', kind: 'outbound', state: 'accepted', text: 'We are on our way' },
    });
  });

  it('moves the clock to the first message that came after it was written', () => {
    const owed = [NOW - MINUTE, NOW + 2 * SECOND, NOW + 5 * SECOND].map((at) => ({
      at,
      receivedAt: at,
    }));
    expect(after(aState({ owed }), aReport('accepted')).conversation).toMatchObject({
      status: 'open',
      waitingSince: NOW + 2 * SECOND,
    });
  });

  it('does not answer a message of its own second that came after it', () => {
    const owed = [{ at: NOW, receivedAt: NOW + 700 }];
    const entry = anOutbound({ state: 'sending', at: NOW + 300 });
    expect(after(aState({ entry, owed }), aReport('accepted')).conversation.waitingSince).toBe(NOW);
  });

  it('is the first response of its case, and its author one of those who answered', () => {
    const caseDoc: Case = {
      schemaVersion: 1,
      number: 1,
      openedAt: NOW - MINUTE,
      firstResponseAt: null,
      waitingSince: null,
      resolvedAt: null,
      agents: ['ana'],
    };
    expect(after(aState({ caseDoc }), aReport('accepted')).caseDoc).toMatchObject({
      firstResponseAt: NOW,
      agents: ['ana', 'jonas'],
    });
    const answered = { ...caseDoc, firstResponseAt: NOW - SECOND, agents: ['jonas'] };
    const writes = decideReport(aState({ caseDoc: answered }), aReport('accepted'));
    expect(writes.map(({ path }) => path)).not.toContain('conversations/c1/cases/1');
  });

  it('leaves a snoozed conversation asleep and a resolved one resolved', () => {
    const asleep = aConversation({ status: 'snoozed' });
    expect(after(aState({ conversation: asleep }), aReport('sent')).conversation).toMatchObject({
      status: 'snoozed',
      waitingSince: null,
    });
    const done = aConversation({ status: 'resolved', active: false, waitingSince: null });
    expect(after(aState({ conversation: done }), aReport('sent')).conversation).toMatchObject({
      status: 'resolved',
      waitingSince: null,
      lastAnswerAt: NOW,
    });
  });

  it('of an earlier case says nothing about the clock of this one', () => {
    const conversation = aConversation({ caseNumber: 2 });
    const entry = anOutbound({ state: 'sending', at: NOW, caseNumber: 1 });
    expect(after(aState({ entry, conversation }), aReport('accepted')).conversation).toMatchObject({
      status: 'open',
      waitingSince: conversation.waitingSince,
      lastAnswerAt: null,
    });
  });

  it('does not push a newer message out of the row', () => {
    const preview = {
      entryId: 'm9',
      kind: 'inbound',
      type: 'text',
      text: 'Newer',
      author: { kind: 'customer', id: 'marta' },
      at: NOW + SECOND,
      seq: 0,
    } as const;
    const conversation = aConversation({ preview });
    expect(after(aState({ conversation }), aReport('accepted')).conversation.preview).toEqual(
      preview,
    );
  });
});

describe('an answer that fails', () => {
  const accepted = anOutbound({ state: 'accepted', at: NOW, wamid: 'wamid.R', acceptedAt: NOW });
  const pending = aConversation({ status: 'pending', waitingSince: null, lastAnswerAt: NOW });
  const failure = aReport('failed', {
    error: { code: 131026, title: 'Undeliverable', details: '' },
  });

  it('starts the clock where it stood, with Meta’s code on the entry', () => {
    const { entry, conversation } = after(
      aState({ entry: accepted, conversation: pending }),
      failure,
    );
    expect(entry).toMatchObject({
      state: 'failed',
      error: { code: 131026 },
      failedAt: NOW + SECOND,
    });
    expect(conversation).toMatchObject({
      status: 'open',
      waitingSince: NOW - MINUTE,
      lastAnswerAt: null,
    });
  });

  it('leaves the clock with another answer that counts', () => {
    const state = aState({
      entry: accepted,
      conversation: pending,
      otherAnswersAt: [NOW - 30 * SECOND],
    });
    expect(after(state, failure).conversation).toMatchObject({
      status: 'pending',
      waitingSince: null,
      lastAnswerAt: NOW - 30 * SECOND,
    });
  });

  it('is still owed where the customer never waited and nothing else went out', () => {
    const state = aState({ entry: accepted, conversation: pending, owed: [] });
    expect(after(state, failure).conversation).toMatchObject({
      status: 'open',
      waitingSince: null,
    });
  });

  it('and is delivered after all stops the clock again', () => {
    const failed = { ...accepted, state: 'failed' as const };
    const conversation = aConversation({ lastAnswerAt: null });
    const done = after(aState({ entry: failed, conversation }), aReport('delivered'));
    expect(done.entry.state).toBe('delivered');
    expect(done.conversation).toMatchObject({ status: 'pending', waitingSince: null });
  });
});

describe('news', () => {
  it('of a message that was never handed over is none', () => {
    for (const state of ['queued', 'refused'] as const)
      expect(decideReport(aState({ entry: anOutbound({ state }) }), aReport('delivered'))).toEqual(
        [],
      );
  });

  it('that is known already is none', () => {
    const entry = anOutbound({ state: 'read', readAt: NOW, sentAt: NOW, wamid: 'wamid.R' });
    expect(decideReport(aState({ entry }), aReport('read', { at: NOW, wamid: 'wamid.R' }))).toEqual(
      [],
    );
  });

  it('that comes late still gives its time, and the earliest report of it counts', () => {
    const entry = anOutbound({ state: 'read', readAt: NOW });
    expect(after(aState({ entry }), aReport('sent', { at: NOW - 5 })).entry).toMatchObject({
      state: 'read',
      sentAt: NOW - 5,
    });
    expect(after(aState({ entry }), aReport('read', { at: NOW - 1 })).entry.readAt).toBe(NOW - 1);
    expect(after(aState({ entry }), aReport('read', { at: NOW + 1 })).entry.readAt).toBe(NOW);
  });

  it('changes a row’s mark on read, played and failed only', () => {
    const preview = {
      entryId: 'r1',
      kind: 'outbound',
      type: 'text',
      text: '',
      author: { kind: 'agent', id: 'jonas' },
      at: NOW,
      seq: 0,
      state: 'accepted',
    } as const;
    const mark = (state: OutboundState) =>
      after(
        aState({
          entry: anOutbound({ state: 'accepted' }),
          conversation: aConversation({ preview, lastAnswerAt: NOW, status: 'pending' }),
        }),
        aReport(state),
      ).conversation.preview?.state;
    expect(
      ['sent', 'delivered', 'read', 'played', 'failed'].map((state) =>
        mark(state as OutboundState),
      ),
    ).toEqual(['accepted', 'accepted', 'read', 'played', 'failed']);
  });
});

const KEPT = { seed: 20_261_122, numRuns: 500 };
const REPORTED = ['unknown', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed'] as const;

describe('any reports of one message', () => {
  const reports = fc.uniqueArray(
    fc.record({ state: fc.constantFrom(...REPORTED), at: fc.integer({ min: 1, max: 9 }) }),
    { maxLength: 7, selector: ({ state }) => state },
  );
  const twice = reports.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
    ),
  );

  /** Entry and clock after reports, each decided on what the one before left. */
  const play = (list: readonly { state: OutboundState; at: number }[]) => {
    const start = { entry: aState().entry, conversation: aState().conversation };
    return list.reduce(({ entry, conversation }, { state, at }) => {
      const error = state === 'failed' ? { code: 131026, title: '', details: '' } : undefined;
      return after(aState({ entry, conversation }), { state, at, wamid: 'wamid.R', error });
    }, start);
  };

  it('lead to the same entry and the same clock in any order, with any repeats', () => {
    fc.assert(
      fc.property(twice, ([list, again]) => {
        const [a, b] = [play(list), play(again)];
        expect(b.entry).toEqual(a.entry);
        const clock = ({ status, waitingSince, lastAnswerAt }: Conversation) => [
          status,
          waitingSince,
          lastAnswerAt,
        ];
        expect(clock(b.conversation)).toEqual(clock(a.conversation));
      }),
      KEPT,
    );
  });
});

interface History {
  readonly messages: readonly JournaledMessage[];
  readonly answers: readonly OutboundEntry[];
  readonly conversation: Conversation;
}

type Step =
  | { readonly kind: 'message'; readonly at: number; readonly delay: number }
  | { readonly kind: 'report'; readonly answer: number; readonly state: OutboundState };

const BEGIN = NOW - 10 * MINUTE;

const aText = (index: number, at: number, delay: number): JournaledMessage => ({
  id: `m${index}`,
  receivedAt: at + delay,
  item: {
    kind: 'message',
    key: [],
    seq: 0,
    field: 'messages',
    phoneNumberId: '1',
    raw: {},
    wamid: `wamid.${index}`,
    at,
    type: 'text',
    sender: null,
    body: { text: 'x' },
    context: undefined,
    origin: 'live',
  },
});

/** The definition: the first customer message that no answer which counts is later than. */
function oracle({ messages, answers }: Pick<History, 'messages' | 'answers'>) {
  const answersAt = answers.filter(({ state }) => countsAsAnswer(state)).map(({ at }) => at);
  const times = messages.map(({ item, receivedAt }) => ({ at: item.at ?? 0, receivedAt }));
  const sees = (answerAt: number, { at, receivedAt }: Owed) =>
    at <= answerAt &&
    !(Math.floor(at / SECOND) === Math.floor(answerAt / SECOND) && receivedAt > answerAt);
  const unanswered = times.filter((message) => !answersAt.some((at) => sees(at, message)));
  const waitingSince = unanswered.length > 0 ? Math.min(...unanswered.map(({ at }) => at)) : null;
  return {
    waitingSince,
    status: waitingSince !== null || answersAt.length === 0 ? 'open' : 'pending',
    lastAnswerAt: answersAt.length > 0 ? Math.max(...answersAt) : null,
  };
}

function receive(history: History, message: JournaledMessage): History {
  const writes = decideIngest(
    {
      channelId: '1',
      channel: aChannel(),
      identifiers: [],
      contactId: 'marta',
      contact: null,
      onRecord: [],
      conversationId: 'c1',
      conversation: history.conversation,
      caseDoc: null,
      present: new Set(),
    },
    [message],
    NOW,
  );
  const update = writes.find(({ path }) => path === 'conversations/c1');
  return {
    ...history,
    messages: [...history.messages, message],
    conversation: { ...history.conversation, ...update?.data },
  };
}

function hear(history: History, index: number, state: OutboundState): History {
  const entry = history.answers[index];
  if (entry === undefined) return history;
  const others = history.answers.filter((one, at) => at !== index && countsAsAnswer(one.state));
  const { entry: heard, conversation } = after(
    aState({
      entry,
      conversation: history.conversation,
      owed: history.messages.map(({ item, receivedAt }) => ({ at: item.at ?? 0, receivedAt })),
      otherAnswersAt: others.map(({ at }) => at),
    }),
    { state, at: NOW },
  );
  const answers = history.answers.map((one, at) => (at === index ? heard : one));
  return { ...history, answers, conversation };
}

describe('the waiting clock', () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('message' as const),
      at: fc.integer({ min: 0, max: 8 }).map((second) => BEGIN + second * SECOND),
      delay: fc.constantFrom(100, 600, 1_400, 5_000),
    }),
    fc.record({
      kind: fc.constant('report' as const),
      answer: fc.integer({ min: 0, max: 3 }),
      state: fc.constantFrom(...REPORTED),
    }),
  );
  const answersAt = fc.array(
    fc.integer({ min: 0, max: 80 }).map((tenth) => BEGIN + tenth * 100),
    { minLength: 1, maxLength: 4 },
  );

  it('is at the first unanswered message after any history of messages, answers and failures', () => {
    fc.assert(
      fc.property(answersAt, fc.array(step, { maxLength: 12 }), (times, steps) => {
        const start: History = {
          messages: [],
          answers: times.map((at) => anOutbound({ state: 'sending', at })),
          conversation: aConversation({
            status: 'resolved',
            active: false,
            caseNumber: 0,
            waitingSince: null,
            lastInboundAt: null,
            inboundCount: 0,
          }),
        };
        let history = receive(start, aText(0, BEGIN, 100));
        steps.forEach((one, index) => {
          history =
            one.kind === 'message'
              ? receive(history, aText(index + 1, one.at, one.delay))
              : hear(history, one.answer, one.state);
          expect(history.conversation).toMatchObject(oracle(history));
        });
      }),
      KEPT,
    );
  });
});
