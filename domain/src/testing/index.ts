/** Builders for tests: a valid document, and what the test is about as the only difference. */
import type { Channel } from '../documents/channel.ts';
import type { Conversation } from '../documents/conversation.ts';
import type { InboundEntry, OutboundEntry } from '../documents/entry.ts';
import type { Agent } from '../documents/people.ts';
import type { Template } from '../documents/template.ts';
import type { Person } from '../permissions/permissions.ts';
import { WINDOW_MS } from '../conversation/window.ts';

/** The moment at which tests happen, epoch ms. */
export const NOW = Date.UTC(2026, 10, 22, 14, 0, 0);

/** An open conversation of support that nobody holds, with one unread message a minute old. */
export const aConversation = (over: Partial<Conversation> = {}): Conversation => ({
  schemaVersion: 1,
  contactId: 'marta',
  channelId: '100000000000001',
  contact: { name: 'Marta Oliveira', maskedPhone: '+351 912 ••• 408' },
  teamId: 'support',
  status: 'open',
  active: true,
  snoozedUntil: null,
  assignee: null,
  assignment: { version: 4, at: NOW - 3_600_000, by: 'switchboard' },
  lastAssignee: null,
  waitingSince: NOW - 60_000,
  lastInboundAt: NOW - 60_000,
  lastAnswerAt: null,
  answerCount: 0,
  windowExpiresAt: NOW - 60_000 + WINDOW_MS,
  lastEntryAt: NOW - 60_000,
  caseNumber: 1,
  guests: [],
  inboundCount: 1,
  readCount: 0,
  preview: null,
  ...over,
});

/** A text of the customer, a minute old. */
export const anInbound = (over: Partial<InboundEntry> = {}): InboundEntry => ({
  schemaVersion: 1,
  kind: 'inbound',
  at: NOW - 60_000,
  seq: 0,
  author: { kind: 'customer', id: 'marta' },
  caseNumber: 1,
  wamid: 'wamid.A',
  type: 'text',
  text: 'My fridge is leaking',
  receivedAt: NOW - 59_000,
  origin: 'live',
  ...over,
});

/** A reply of Jonas, queued just now under fence 4. */
export const anOutbound = (over: Partial<OutboundEntry> = {}): OutboundEntry => ({
  schemaVersion: 1,
  kind: 'outbound',
  at: NOW,
  seq: 0,
  author: { kind: 'agent', id: 'jonas' },
  caseNumber: 1,
  state: 'queued',
  fence: 4,
  type: 'text',
  text: 'We are on our way',
  sendingAt: null,
  acceptedAt: null,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  playedAt: null,
  failedAt: null,
  ...over,
});

/** Jonas, an active agent of support. */
export const anAgent = (over: Partial<Agent> = {}): Agent => ({
  schemaVersion: 1,
  name: 'Jonas Weber',
  email: 'jonas@demo.test',
  role: 'agent',
  teams: ['support'],
  allTeams: false,
  active: true,
  claimsVersion: 1,
  claims: { r: 'agent', t: ['support'], all: false },
  ...over,
});

/** Jonas as permissions see him. */
export const aPerson = (over: Partial<Person> = {}): Person => ({
  uid: 'jonas',
  role: 'agent',
  teams: ['support'],
  all: false,
  everyTeam: false,
  active: true,
  ...over,
});

/** The demo number; support takes what nothing routes. */
export const aChannel = (over: Partial<Channel> = {}): Channel => ({
  schemaVersion: 1,
  name: 'Kestrel Appliances',
  displayPhoneNumber: '+1 555 010 0100',
  wabaId: '200000000000001',
  portfolioId: '300000000000001',
  appId: null,
  defaultTeamId: 'support',
  health: 'connected',
  troubles: [],
  throughput: 80,
  namesAgents: false,
  receipts: 'reply',
  quality: null,
  messagingLimit: null,
  templatesAt: null,
  ...over,
});

/** A follow-up that Meta has approved, with two gaps and two answers to choose from. */
export const aTemplate = (over: Partial<Template> = {}): Template => ({
  schemaVersion: 1,
  wabaId: '200000000000001',
  name: 'follow_up_after_repair',
  language: 'en',
  status: 'APPROVED',
  category: 'UTILITY',
  format: 'positional',
  header: null,
  body: 'Hello {{1}}, we repaired your {{2}} last week. Is everything working as it should?',
  footer: '',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Yes, all good' },
    { type: 'QUICK_REPLY', text: 'No, call me' },
  ],
  partial: false,
  syncedAt: NOW,
  ...over,
});
