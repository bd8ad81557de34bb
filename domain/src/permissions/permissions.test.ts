import { describe, expect, it } from 'vitest';
import { agentActor } from '../documents/common.ts';
import type { Conversation } from '../documents/conversation.ts';
import type { RefusalCode } from '../shared/refusal.ts';
import { NOW, aConversation, aPerson, anAgent } from '../testing/index.ts';
import {
  PERMISSIONS,
  assignable,
  may,
  personOf,
  personOfAgent,
  refuses,
  type Operation,
  type Person,
} from './permissions.ts';

const jonas = agentActor('jonas');
const mine = aConversation({ assignee: jonas });
const unheld = aConversation();
const marekHolds = aConversation({ assignee: agentActor('marek') });
const resolved = aConversation({ status: 'resolved', active: false });

const salesAgent = aPerson({ uid: 'omar', teams: ['sales'] });
const guest = aPerson({ uid: 'omar', teams: ['sales'] });
const askedIn = aConversation({ guests: ['omar'] });
const supervisor = aPerson({
  uid: 'carmen',
  role: 'supervisor',
  teams: [],
  all: true,
  everyTeam: true,
});

const operations = Object.keys(PERMISSIONS) as Operation[];

type Attempt = readonly [Person, Conversation];

/** For each operation somebody who may, and the nearest one who may not, with the reason. */
const CASES: Readonly<
  Record<Operation, { readonly may: Attempt; readonly mayNot: Attempt; readonly code: RefusalCode }>
> = {
  'conversation.read': {
    may: [guest, askedIn],
    mayNot: [guest, unheld],
    code: 'not-permitted',
  },
  'conversation.take': {
    may: [aPerson(), unheld],
    mayNot: [aPerson(), marekHolds],
    code: 'already-held',
  },
  'conversation.release': {
    may: [aPerson(), mine],
    mayNot: [aPerson(), marekHolds],
    code: 'not-holder',
  },
  'conversation.markRead': {
    may: [aPerson(), unheld],
    mayNot: [aPerson(), marekHolds],
    code: 'not-permitted',
  },
  'timeline.reply': {
    may: [aPerson(), mine],
    mayNot: [aPerson(), { ...mine, windowExpiresAt: NOW }],
    code: 'window-closed',
  },
  'timeline.template': {
    may: [aPerson(), { ...mine, windowExpiresAt: NOW }],
    mayNot: [aPerson(), marekHolds],
    code: 'not-holder',
  },
  'timeline.schedule': {
    may: [aPerson(), { ...mine, windowExpiresAt: NOW }],
    mayNot: [aPerson(), marekHolds],
    code: 'not-holder',
  },
  'media.upload': {
    may: [aPerson(), mine],
    mayNot: [aPerson(), marekHolds],
    code: 'not-holder',
  },
  'conversation.receipt': {
    may: [aPerson(), mine],
    mayNot: [aPerson(), marekHolds],
    code: 'not-holder',
  },
  'media.retry': {
    may: [aPerson(), marekHolds],
    mayNot: [salesAgent, marekHolds],
    code: 'not-permitted',
  },
  'timeline.note': {
    may: [aPerson(), marekHolds],
    mayNot: [salesAgent, marekHolds],
    code: 'not-permitted',
  },
  'conversation.assign': {
    may: [aPerson({ role: 'supervisor' }), mine],
    mayNot: [aPerson(), mine],
    code: 'not-permitted',
  },
  'conversation.resolve': {
    may: [aPerson(), mine],
    mayNot: [aPerson(), { ...mine, status: 'resolved', active: false }],
    code: 'already-resolved',
  },
  'conversation.reopen': {
    may: [aPerson(), resolved],
    mayNot: [aPerson(), unheld],
    code: 'not-resolved',
  },
};

describe('a group', () => {
  const group = aConversation({ kind: 'group', assignee: jonas, windowExpiresAt: NOW + 1 });

  it('is answered by nobody, and that is what everybody hears', () => {
    expect(refuses('timeline.reply', aPerson(), group, NOW)).toBe('group');
    expect(refuses('timeline.reply', supervisor, group, NOW)).toBe('group');
    expect(refuses('timeline.reply', aPerson({ active: false }), group, NOW)).toBe('deactivated');
  });

  it('is read, noted in, taken and resolved like any other', () => {
    const toThem = new Set<Operation>([
      'timeline.reply',
      'timeline.template',
      'timeline.schedule',
      'media.upload',
      'conversation.receipt',
    ]);
    expect(operations.filter((one) => may(one, aPerson(), group, NOW))).toEqual(
      operations.filter((one) => !toThem.has(one) && may(one, aPerson(), mine, NOW)),
    );
    expect(may('conversation.take', aPerson(), { ...group, assignee: null }, NOW)).toBe(true);
  });
});

describe('each operation', () => {
  it.each(Object.entries(CASES))('%s: one who may, and the nearest who may not', (name, one) => {
    expect(refuses(name as Operation, ...one.may, NOW)).toBeNull();
    expect(refuses(name as Operation, ...one.mayNot, NOW)).toBe(one.code);
  });
});

describe('who a person is', () => {
  const claims = { r: 'agent', t: ['support'], all: false } as const;
  const token = { ...claims, t: [...claims.t] };

  it('is what the agent document says now, not what the token said an hour ago', () => {
    const person = personOf('jonas', token, anAgent({ role: 'supervisor', teams: ['billing'] }));
    expect(person).toMatchObject({ role: 'supervisor', teams: ['billing'], active: true });
  });

  it('is what the token says where the document is not at hand, and then nobody who writes', () => {
    expect(personOf('jonas', token, null)).toEqual({
      uid: 'jonas',
      role: 'agent',
      teams: ['support'],
      all: false,
      everyTeam: false,
      active: false,
    });
  });

  it('reads everything by the token only', () => {
    expect(personOf('jonas', token, anAgent({ allTeams: true })).all).toBe(false);
    expect(personOf('jonas', { ...token, all: true }, anAgent()).all).toBe(true);
  });

  it('is what the server makes of a colleague, by the document alone', () => {
    const agent = anAgent({ role: 'supervisor', allTeams: true });
    expect(personOfAgent('carmen', agent)).toEqual(personOf('carmen', agent.claims, agent));
    expect(personOfAgent('carmen', { ...agent, claims: null }).role).toBeNull();
  });

  it('is nobody without claims, whatever the document says', () => {
    const person = personOf('jonas', null, anAgent({ role: 'admin' }));
    expect(operations.filter((operation) => may(operation, person, unheld, NOW))).toEqual([]);
  });
});

describe('reading a conversation', () => {
  it.each([
    ['its holder, of whatever team', aPerson({ teams: [] }), mine],
    ['an agent of its team', aPerson(), unheld],
    ['a guest', guest, askedIn],
    ['somebody who reads everything', aPerson({ teams: [], all: true }), unheld],
    ['somebody switched off, until the token ends', aPerson({ active: false }), unheld],
  ])('is for %s', (_, person, conversation) => {
    expect(refuses('conversation.read', person, conversation, NOW)).toBeNull();
  });

  it('is not for another team, nor for its supervisor', () => {
    expect(refuses('conversation.read', salesAgent, unheld, NOW)).toBe('not-permitted');
    const theirSupervisor = aPerson({ role: 'supervisor', teams: ['sales'] });
    expect(refuses('conversation.read', theirSupervisor, unheld, NOW)).toBe('not-permitted');
  });

  it('is not for the namesake of a bot that holds it', () => {
    const botHolds = aConversation({ assignee: { kind: 'bot', id: 'omar' } });
    expect(refuses('conversation.read', salesAgent, botHolds, NOW)).toBe('not-permitted');
  });
});

describe('taking a conversation', () => {
  it('is for whoever works in its team or supervises it', () => {
    expect(refuses('conversation.take', aPerson(), unheld, NOW)).toBeNull();
    expect(refuses('conversation.take', supervisor, unheld, NOW)).toBeNull();
  });

  it('is not for those who may only read', () => {
    expect(refuses('conversation.take', guest, askedIn, NOW)).toBe('not-permitted');
    const reader = aPerson({ teams: ['sales'], all: true });
    expect(refuses('conversation.take', reader, unheld, NOW)).toBe('not-permitted');
  });

  it('says that somebody was faster', () => {
    expect(refuses('conversation.take', aPerson(), marekHolds, NOW)).toBe('already-held');
  });

  it('says nothing of the holder to somebody who may not take anyway', () => {
    expect(refuses('conversation.take', salesAgent, marekHolds, NOW)).toBe('not-permitted');
  });

  it('is over when the conversation is resolved', () => {
    expect(refuses('conversation.take', aPerson(), resolved, NOW)).toBe('already-resolved');
  });
});

describe('replying', () => {
  it('is for the holder alone, inside the window', () => {
    expect(refuses('timeline.reply', aPerson(), mine, NOW)).toBeNull();
    expect(refuses('timeline.reply', aPerson(), marekHolds, NOW)).toBe('not-holder');
    expect(refuses('timeline.reply', supervisor, mine, NOW)).toBe('not-holder');
  });

  it('ends in the millisecond in which the window ends', () => {
    const closing = aConversation({ assignee: jonas, windowExpiresAt: NOW });
    expect(refuses('timeline.reply', aPerson(), closing, NOW - 1)).toBeNull();
    expect(refuses('timeline.reply', aPerson(), closing, NOW)).toBe('window-closed');
  });

  it('has no window before the customer wrote', () => {
    const silent = aConversation({ assignee: jonas, windowExpiresAt: null });
    expect(refuses('timeline.reply', aPerson(), silent, NOW)).toBe('window-closed');
  });
});

describe('the rest of the table', () => {
  it('lets the holder release, and nobody else', () => {
    expect(refuses('conversation.release', aPerson(), mine, NOW)).toBeNull();
    expect(refuses('conversation.release', supervisor, mine, NOW)).toBe('not-holder');
  });

  it('lets any reader mark as read while nobody holds, then the holder alone', () => {
    expect(refuses('conversation.markRead', guest, askedIn, NOW)).toBeNull();
    expect(refuses('conversation.markRead', aPerson(), mine, NOW)).toBeNull();
    expect(refuses('conversation.markRead', aPerson(), marekHolds, NOW)).toBe('not-permitted');
  });

  it('lets every reader note', () => {
    expect(refuses('timeline.note', guest, askedIn, NOW)).toBeNull();
    expect(refuses('timeline.note', salesAgent, unheld, NOW)).toBe('not-permitted');
  });

  it('lets supervisors assign', () => {
    expect(refuses('conversation.assign', supervisor, marekHolds, NOW)).toBeNull();
    expect(refuses('conversation.assign', aPerson(), mine, NOW)).toBe('not-permitted');
  });

  it('lets the holder or a supervisor resolve, and the team reopen', () => {
    expect(refuses('conversation.resolve', aPerson(), mine, NOW)).toBeNull();
    expect(refuses('conversation.resolve', supervisor, mine, NOW)).toBeNull();
    expect(refuses('conversation.resolve', aPerson(), marekHolds, NOW)).toBe('not-holder');
    expect(refuses('conversation.reopen', aPerson(), resolved, NOW)).toBeNull();
    expect(refuses('conversation.reopen', aPerson(), unheld, NOW)).toBe('not-resolved');
  });

  it.each(operations.filter((operation) => operation !== 'conversation.read'))(
    'tells somebody switched off that this is why: %s',
    (operation) => {
      expect(refuses(operation, aPerson({ active: false }), mine, NOW)).toBe('deactivated');
    },
  );
});

describe('whom a conversation can be given to', () => {
  it('is whoever works in its team or supervises it', () => {
    expect(assignable(aPerson(), unheld)).toBe(true);
    expect(assignable(supervisor, unheld)).toBe(true);
    expect(assignable(salesAgent, unheld)).toBe(false);
  });

  it('is nobody who is switched off', () => {
    expect(assignable(aPerson({ active: false }), unheld)).toBe(false);
  });
});
