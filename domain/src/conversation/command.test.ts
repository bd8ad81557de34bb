import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Case } from '../documents/case.ts';
import type { Conversation, ConversationStatus } from '../documents/conversation.ts';
import { commit, type Documents } from '../testing/documents.ts';
import { aConversation, anAgent, aPerson, NOW } from '../testing/index.ts';
import { commandSchema, decideCommand, type Command, type CommandState } from './command.ts';

const jonas = { kind: 'agent', id: 'jonas' } as const;
const carmen = aPerson({
  uid: 'carmen',
  role: 'supervisor',
  teams: [],
  all: true,
  everyTeam: true,
});
const common = { commandId: 'k1', conversationId: 'c1', expectedVersion: 4 };
const assignTo = (id: string): Command => ({
  ...common,
  type: 'assign',
  to: { kind: 'agent', id },
});
const resolve: Command = { ...common, type: 'resolve' };
const reopen: Command = { ...common, type: 'reopen' };
const markUnread: Command = { ...common, type: 'markUnread' };
const aCase: Case = {
  schemaVersion: 1,
  number: 1,
  openedAt: NOW,
  firstResponseAt: null,
  resolvedAt: null,
  waitingSince: null,
  agents: [],
};

const caseDocAt = (waitingSince: number | null) => ({ waitingSince });

const aState = (over: Partial<CommandState> = {}): CommandState => ({
  person: carmen,
  conversation: aConversation(),
  caseDoc: aCase,
  target: { uid: 'ana', agent: anAgent({ name: 'Ana Ruiz' }) },
  teamExists: true,
  ...over,
});
const resolved = aConversation({ status: 'resolved', active: false, waitingSince: null });

/** The documents that a command leaves, or the code of its refusal. */
function after(state: CommandState, command: Command): Documents | string {
  const decided = decideCommand(state, command, NOW);
  if (!decided.ok) return decided.error;
  const before: Documents = new Map([
    ['conversations/c1', { ...state.conversation }],
    ['conversations/c1/cases/1', { ...aCase }],
  ]);
  return commit(before, decided.value.writes);
}

const read = (documents: Documents | string, path = 'conversations/c1') =>
  typeof documents === 'string' ? documents : documents.get(path);

/** For each command a state in which it is carried out, and the nearest one in which it is not. */
const CASES: Readonly<
  Record<
    Command['type'],
    { command: Command; allowed: CommandState; denied: CommandState; code: string }
  >
> = {
  assign: {
    command: assignTo('ana'),
    allowed: aState(),
    denied: aState({ person: { ...carmen, everyTeam: false } }),
    code: 'not-permitted',
  },
  resolve: {
    command: resolve,
    allowed: aState({ person: aPerson(), conversation: aConversation({ assignee: jonas }) }),
    denied: aState({ person: aPerson() }),
    code: 'not-holder',
  },
  reopen: {
    command: reopen,
    allowed: aState({ person: aPerson(), conversation: resolved }),
    denied: aState({ person: aPerson() }),
    code: 'not-resolved',
  },
  markUnread: {
    command: markUnread,
    allowed: aState({ person: aPerson(), conversation: aConversation({ assignee: jonas }) }),
    denied: aState({
      person: aPerson(),
      conversation: aConversation({ assignee: { kind: 'agent', id: 'ana' } }),
    }),
    code: 'not-permitted',
  },
};

describe('any command', () => {
  it.each(Object.entries(CASES))('%s is carried out, and refused in the nearest case', (_, one) => {
    expect(typeof after(one.allowed, one.command)).not.toBe('string');
    expect(after(one.denied, one.command)).toBe(one.code);
  });

  it.each(Object.values(CASES))('is stale for who saw another holder: $command.type', (one) => {
    const seenBefore = { ...one.command, expectedVersion: 3 };
    expect(after(one.allowed, seenBefore)).toBe('stale');
  });
});

describe('assign', () => {
  it('gives a conversation to a colleague under a new version, on the record', () => {
    const documents = after(
      aState({ conversation: aConversation({ assignee: jonas }) }),
      assignTo('ana'),
    );
    expect(read(documents)).toMatchObject({
      assignee: { kind: 'agent', id: 'ana' },
      assignment: { version: 5, at: NOW, by: 'carmen' },
      status: 'open',
    });
    expect(read(documents, 'conversations/c1/timeline/cmd-k1')).toMatchObject({
      kind: 'event',
      type: 'assigned',
      at: NOW,
      author: { kind: 'agent', id: 'carmen' },
      data: { from: jonas, to: { kind: 'agent', id: 'ana' }, version: 5 },
    });
  });

  it('moves a conversation to a team, where nobody holds it', () => {
    const command: Command = { ...common, type: 'assign', to: { kind: 'team', id: 'billing' } };
    const documents = after(aState({ conversation: aConversation({ assignee: jonas }) }), command);
    expect(read(documents)).toMatchObject({
      teamId: 'billing',
      assignee: null,
      assignment: { version: 5 },
    });
    expect(after(aState({ teamExists: false }), command)).toBe('not-found');
  });

  it.each([
    ['somebody who is no supervisor', { person: aPerson() }, 'not-permitted'],
    [
      'a supervisor of another team',
      { person: aPerson({ role: 'supervisor', teams: ['sales'] }) },
      'not-permitted',
    ],
    ['somebody switched off', { person: { ...carmen, active: false } }, 'deactivated'],
    ['an account without claims', { person: { ...carmen, role: null } }, 'not-permitted'],
    [
      'somebody who saw another holder',
      { conversation: aConversation({ assignment: { version: 5, at: 0, by: '' } }) },
      'stale',
    ],
    ['a resolved conversation', { conversation: resolved }, 'already-resolved'],
    ['a colleague who is none', { target: null }, 'not-found'],
    [
      'a colleague who is switched off',
      { target: { uid: 'ana', agent: anAgent({ active: false }) } },
      'not-assignable',
    ],
    [
      'a colleague of another team',
      { target: { uid: 'ana', agent: anAgent({ teams: ['sales'] }) } },
      'not-assignable',
    ],
    [
      'the colleague who holds it',
      { conversation: aConversation({ assignee: { kind: 'agent', id: 'ana' } }) },
      'already-held',
    ],
  ] as const)('is refused to or for %s', (_, over, code) => {
    expect(after(aState(over), assignTo('ana'))).toBe(code);
  });
});

describe('resolve', () => {
  it('lets go of it so that nothing written before can leave, and keeps who held it', () => {
    const conversation = aConversation({ assignee: jonas, snoozedUntil: NOW });
    const documents = after(aState({ person: aPerson(), conversation }), resolve);
    expect(read(documents)).toMatchObject({
      status: 'resolved',
      active: false,
      assignee: null,
      lastAssignee: jonas,
      assignment: { version: 5, by: 'jonas' },
      waitingSince: null,
      snoozedUntil: null,
      windowExpiresAt: conversation.windowExpiresAt,
    });
    expect(read(documents, 'conversations/c1/cases/1')).toMatchObject({ resolvedAt: NOW });
    expect(read(documents, 'conversations/c1/timeline/cmd-k1')).toMatchObject({ type: 'resolved' });
  });

  it('is the holder’s or a supervisor’s', () => {
    const conversation = aConversation({ assignee: { kind: 'agent', id: 'ana' } });
    expect(after(aState({ person: aPerson(), conversation }), resolve)).toBe('not-holder');
    expect(typeof after(aState({ conversation }), resolve)).not.toBe('string');
    expect(after(aState({ conversation: resolved }), resolve)).toBe('already-resolved');
  });
});

describe('reopen', () => {
  it('continues the case and gives it to whoever reopened it', () => {
    const documents = after(aState({ person: aPerson(), conversation: resolved }), reopen);
    expect(read(documents)).toMatchObject({
      status: 'open',
      active: true,
      assignee: jonas,
      assignment: { version: 5 },
      caseNumber: 1,
    });
    expect(read(documents, 'conversations/c1/cases/1')).toMatchObject({ resolvedAt: null });
  });

  it('brings back who was still without an answer, and since when', () => {
    const waiting = aConversation({ assignee: jonas, waitingSince: NOW - 5 });
    const documents = after(aState({ conversation: waiting }), resolve);
    const caseDoc = { ...aCase, waitingSince: NOW - 5 };
    expect(read(documents, 'conversations/c1/cases/1')).toMatchObject(caseDocAt(NOW - 5));
    const again = aState({ person: aPerson(), conversation: resolved, caseDoc });
    expect(read(after(again, reopen))).toMatchObject({ waitingSince: NOW - 5 });
    expect(read(after(again, reopen), 'conversations/c1/cases/1')).toMatchObject(caseDocAt(null));
  });

  it('lets nobody wait who was answered after all: the reply was on its way', () => {
    const conversation = { ...resolved, lastAnswerAt: NOW - 1 };
    const caseDoc = { ...aCase, waitingSince: NOW - 5 };
    const documents = after(aState({ person: aPerson(), conversation, caseDoc }), reopen);
    expect(read(documents)).toMatchObject({ waitingSince: null });
  });

  it('opens the first case where the customer had only reacted', () => {
    const conversation = { ...resolved, caseNumber: 0 };
    const decided = decideCommand(aState({ conversation, caseDoc: null }), reopen, NOW);
    expect(decided.ok && decided.value.writes).toMatchObject([
      { path: 'conversations/c1', data: { caseNumber: 1 } },
      { op: 'create', path: 'conversations/c1/cases/1', data: { number: 1, openedAt: NOW } },
      { path: 'conversations/c1/timeline/cmd-k1', data: { caseNumber: 1 } },
    ]);
  });

  it('is refused where it is not resolved', () => {
    expect(after(aState({ person: aPerson() }), reopen)).toBe('not-resolved');
  });
});

describe('mark unread', () => {
  it('makes the last message unread again, without an event', () => {
    const conversation = aConversation({ assignee: jonas, inboundCount: 3, readCount: 3 });
    const documents = after(aState({ person: aPerson(), conversation }), markUnread);
    expect(read(documents)).toMatchObject({ inboundCount: 3, readCount: 2 });
    expect(read(documents, 'conversations/c1/timeline/cmd-k1')).toBeUndefined();
  });

  it('changes nothing where something is unread, or where nobody ever wrote', () => {
    const count = (inboundCount: number, readCount: number) =>
      (
        read(
          after(aState({ conversation: aConversation({ inboundCount, readCount }) }), markUnread),
        ) as unknown as Conversation
      ).readCount;
    expect(count(3, 1)).toBe(1);
    expect(count(0, 0)).toBe(0);
  });
});

describe('what a command may look like', () => {
  it.each([
    [{}],
    [{ type: 'explode', ...common }],
    [{ ...resolve, commandId: '' }],
    [{ ...resolve, commandId: 'a/b' }],
    [{ ...resolve, conversationId: '../agents/ravi' }],
    [{ ...resolve, conversationId: 'c'.repeat(65) }],
    [{ ...resolve, expectedVersion: -1 }],
    [{ ...resolve, expectedVersion: 1.5 }],
    [{ type: 'resolve', commandId: 'k1', conversationId: 'c1' }],
    [{ ...common, type: 'assign' }],
    [{ ...common, type: 'assign', to: { kind: 'bot', id: 'x' } }],
    [null],
    ['resolve'],
  ])('is not %j', (input) => {
    expect(v.safeParse(commandSchema, input).success).toBe(false);
  });

  it('is each of these, mark unread also without a version', () => {
    for (const command of [assignTo('ana'), resolve, reopen, markUnread])
      expect(v.parse(commandSchema, command)).toEqual(command);
    expect(v.safeParse(commandSchema, { ...markUnread, expectedVersion: undefined }).success).toBe(
      true,
    );
  });
});

describe('any commands one after the other', () => {
  const COMMANDS = [resolve, reopen, assignTo('ana'), markUnread];
  const statuses: Readonly<Record<string, readonly ConversationStatus[]>> = {
    resolve: ['resolved'],
    reopen: ['open'],
  };

  it('raise the version with every change of holder, keep counts sane and end where they say', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), { maxLength: 12 }), (commands) => {
        let conversation = aConversation({ assignee: jonas, inboundCount: 2, readCount: 2 });
        commands.forEach((given, index) => {
          const { version } = conversation.assignment;
          const command = { ...given, commandId: `k${index}`, expectedVersion: version };
          const documents = after(aState({ conversation }), command);
          if (typeof documents === 'string') return;
          const next = documents.get('conversations/c1') as unknown as Conversation;
          const moved = JSON.stringify(next.assignee) !== JSON.stringify(conversation.assignee);
          if (moved) expect(next.assignment.version).toBe(version + 1);
          expect(statuses[command.type] ?? [conversation.status]).toContain(next.status);
          expect(next.active).toBe(next.status === 'open' || next.status === 'pending');
          expect(next.readCount).toBeGreaterThanOrEqual(0);
          expect(next.readCount).toBeLessThanOrEqual(next.inboundCount);
          if (next.status === 'resolved') expect(next.assignee).toBeNull();
          conversation = next;
        });
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
  });
});
