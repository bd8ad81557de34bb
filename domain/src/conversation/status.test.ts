import { describe, expect, it } from 'vitest';
import {
  CONVERSATION_STATUSES,
  CONVERSATION_TRANSITIONS,
  type Conversation,
  type ConversationStatus,
} from '../documents/conversation.ts';
import type { Write } from '../shared/plan.ts';
import { aChannel, aConversation, anAgent, anOutbound, aPerson, NOW } from '../testing/index.ts';
import type { MessageItem } from '../whatsapp/delivery-body.ts';
import { decideReport } from './answer.ts';
import { decideCommand, type Command } from './command.ts';
import { decideIngest } from './ingest.ts';

const jonas = { kind: 'agent', id: 'jonas' } as const;

/** A conversation of Jonas in this status, as far as the status goes. */
const inStatus = (status: ConversationStatus): Conversation =>
  aConversation({
    status,
    active: status === 'open' || status === 'pending',
    assignee: status === 'resolved' ? null : jonas,
    waitingSince: status === 'open' ? NOW - 60_000 : null,
    lastAnswerAt: status === 'pending' ? NOW - 30_000 : null,
    snoozedUntil: status === 'snoozed' ? NOW + 60_000 : null,
  });

const item = (type: string): MessageItem => ({
  kind: 'message',
  key: ['new'],
  field: 'messages',
  raw: {},
  phoneNumberId: '100000000000001',
  seq: 0,
  at: NOW,
  wamid: 'wamid.new',
  type,
  body: { text: 'Hello?' },
  context: undefined,
  sender: { identifiers: [], name: 'Marta', username: null },
  origin: 'live',
});

const message =
  (type: string) =>
  (conversation: Conversation): readonly Write[] =>
    decideIngest(
      {
        channelId: '100000000000001',
        channel: aChannel(),
        identifiers: [],
        contactId: 'marta',
        contact: null,
        onRecord: [],
        conversationId: 'c1',
        conversation,
        caseDoc: null,
        present: new Set(),
      },
      [{ id: 'new', receivedAt: NOW, item: item(type) }],
      NOW,
    );

const report =
  (from: 'sending' | 'accepted', state: 'accepted' | 'failed' | 'read') =>
  (conversation: Conversation): readonly Write[] =>
    decideReport(
      {
        conversationId: 'c1',
        entryId: 'e1',
        entry: anOutbound({ state: from, at: NOW }),
        conversation,
        caseDoc: null,
        owed: [{ at: NOW - 60_000, receivedAt: NOW - 60_000 }],
        otherAnswersAt: [],
      },
      { state, at: NOW },
    );

const command =
  (given: Pick<Command, 'type'> & Partial<Command>) =>
  (conversation: Conversation): readonly Write[] => {
    const decided = decideCommand(
      {
        person: aPerson({ role: 'supervisor' }),
        conversation,
        caseDoc: null,
        target: { uid: 'ana', agent: anAgent() },
        teamExists: true,
      },
      { commandId: 'k1', conversationId: 'c1', expectedVersion: 4, ...given } as Command,
      NOW,
    );
    return decided.ok ? decided.value.writes : [];
  };

/** Everything that can happen to a conversation. */
const EVENTS: Readonly<Record<string, (conversation: Conversation) => readonly Write[]>> = {
  'a message': message('text'),
  'a reaction': message('reaction'),
  'an answer accepted': report('sending', 'accepted'),
  'an answer failed on its way': report('sending', 'failed'),
  'an accepted answer failed': report('accepted', 'failed'),
  'an answer read': report('accepted', 'read'),
  'given to Ana': command({ type: 'assign', to: { kind: 'agent', id: 'ana' } }),
  'given to a team': command({ type: 'assign', to: { kind: 'team', id: 'sales' } }),
  resolved: command({ type: 'resolve' }),
  reopened: command({ type: 'reopen' }),
  'marked unread': command({ type: 'markUnread' }),
};

/** The status after an event; the same where it changes nothing. */
function after(status: ConversationStatus, event: string): ConversationStatus {
  const write = EVENTS[event]?.(inStatus(status)).find(({ path }) => path === 'conversations/c1');
  return (write?.data['status'] as ConversationStatus | undefined) ?? status;
}

describe('the status of a conversation', () => {
  it.each(CONVERSATION_STATUSES)('moves from %s along the table, and takes every way', (status) => {
    const reached = new Set(Object.keys(EVENTS).map((event) => after(status, event)));
    reached.delete(status);
    expect([...reached].sort()).toEqual([...CONVERSATION_TRANSITIONS[status]].sort());
  });
});
