import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  agentSchema,
  caseSchema,
  channelSchema,
  compareEntries,
  contactSchema,
  conversationSchema,
  countsAsAnswer,
  dispatchSchema,
  entrySchema,
  EVENT_TYPES,
  identifiersSchema,
  identitySchema,
  journalSchema,
  mediaSchema,
  owesAnswer,
  receiptSchema,
  teamSchema,
  unreadCount,
  type Conversation,
  type DocumentData,
  type Entry,
} from '@switchboard/domain';
import { DEMO_NUMBER, inboundUpdate, webhookBody } from '@switchboard/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { FILES } from './files.ts';
import { documentsOf, playDemo, STORIES, type Demo } from './workspace.ts';
import { span } from './story.ts';

const START = Date.UTC(2026, 10, 23, 14, 6, 12, 345);
const SECOND = START - 345;

/** By the collections of a path. */
const SCHEMAS: Readonly<Record<string, v.GenericSchema>> = {
  agents: agentSchema,
  teams: teamSchema,
  channels: channelSchema,
  contacts: contactSchema,
  'contacts/private': identifiersSchema,
  identities: identitySchema,
  conversations: conversationSchema,
  'conversations/timeline': entrySchema,
  'conversations/cases': caseSchema,
  dispatch: dispatchSchema,
  journal: journalSchema,
  media: mediaSchema,
  receipts: receiptSchema,
};

const kindOf = (where: string): string =>
  where
    .split('/')
    .filter((_, index) => index % 2 === 0)
    .join('/');

const folder = mkdtempSync(path.join(tmpdir(), 'switchboard-demo-'));
const secretsFile = path.join(folder, 'secrets.json');
let demo: Demo;
let documents: ReadonlyMap<string, DocumentData>;

beforeAll(async () => {
  demo = await playDemo(START, secretsFile);
  documents = new Map(documentsOf(demo, START));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Row extends Conversation {
  readonly path: string;
}

const rows = (): readonly Row[] =>
  [...documents]
    .filter(([where]) => kindOf(where) === 'conversations')
    .map(([where, data]) => ({ path: where, ...v.parse(conversationSchema, data) }));
const active = () => rows().filter((row) => row.active);
const heldBy = (uid: string) => active().filter(({ assignee }) => assignee?.id === uid);
const queue = (team?: string) =>
  active().filter((row) => row.assignee === null && (team === undefined || row.teamId === team));
const named = (name: string): Row => rows().find(({ contact }) => contact.name === name)!;
const timeline = (row: Row): readonly (Entry & { readonly id: string })[] =>
  [...documents]
    .filter(([where]) => where.startsWith(`${row.path}/timeline/`))
    .map(([where, data]) => ({ ...v.parse(entrySchema, data), id: where.split('/').at(-1)! }))
    .toSorted(compareEntries);

describe('the demo workspace', () => {
  it('holds only documents that their schemas take', () => {
    for (const [where, data] of documents) {
      const schema = SCHEMAS[kindOf(where)];
      expect(schema, where).toBeDefined();
      expect(v.safeParse(schema!, data).issues, where).toBeUndefined();
    }
  });

  it('fills the lists with the numbers of the drawings', () => {
    expect(heldBy('jonas')).toHaveLength(6);
    expect(['support', 'sales', 'billing'].map((team) => queue(team).length)).toEqual([6, 3, 2]);
    expect(active().filter(({ teamId }) => teamId === 'support')).toHaveLength(23);
    expect(active()).toHaveLength(58);
    expect(rows().filter(({ status }) => status === 'open')).toHaveLength(23);
    expect(rows().filter(({ status }) => status === 'resolved')).toHaveLength(5);
    expect(rows()).toHaveLength(STORIES.length);
  });

  it('waits as long as the drawings say', () => {
    const waiting = (name: string) => SECOND - named(name).waitingSince!;
    expect(waiting('Marta Oliveira')).toBe(span('4m'));
    expect(waiting('Yuki Tanaka')).toBe(span('19m'));
    expect(waiting('Ivan Petrov')).toBe(span('7m'));
    expect(waiting('Hotel Miramar')).toBe(span('16m'));
    expect(waiting('Bilal Aziz')).toBe(span('22m'));
    const longest = (team: string) =>
      Math.max(...queue(team).map(({ waitingSince }) => SECOND - waitingSince!));
    expect(['support', 'sales', 'billing'].map(longest)).toEqual(
      ['14m 20s', '9m 5s', '3m 40s'].map(span),
    );
    const left = (name: string) => named(name).windowExpiresAt! - SECOND;
    expect(left('Rosa Delgado')).toBe(span('3h 12m'));
    expect(left('Chloé Martin')).toBe(span('5h 20m'));
    expect(left('samo.k')).toBe(span('23h 51m'));
    expect(left('Peter Adeyemi')).toBeLessThan(0);
    expect(unreadCount(named('Marta Oliveira'))).toBe(2);
    expect(unreadCount(named('Ivan Petrov'))).toBe(3);
    expect(unreadCount(named('Hotel Miramar'))).toBe(4);
  });

  it('has in every conversation the figures that its timeline gives', () => {
    for (const row of rows()) {
      const entries = timeline(row);
      const answers = entries.filter((one) => one.kind === 'outbound' && countsAsAnswer(one.state));
      const answeredAt = Math.max(0, ...answers.map(({ at }) => at));
      const words = entries.filter((one) => one.kind === 'inbound' && owesAnswer(one.type));
      const owed = words.filter(
        ({ at, caseNumber }) => caseNumber === row.caseNumber && at > answeredAt,
      );
      const waitingSince = row.active ? (owed[0]?.at ?? null) : null;
      const changes = entries.filter(
        ({ kind, type }) => kind === 'event' && (EVENT_TYPES as readonly string[]).includes(type),
      );
      expect(row, row.contact.name).toMatchObject({
        waitingSince,
        status: row.active ? (waitingSince === null ? 'pending' : 'open') : 'resolved',
        lastAnswerAt: answers.length > 0 ? answeredAt : null,
        lastInboundAt: words.at(-1)?.at,
        inboundCount: words.length,
        assignment: { version: changes.length },
        windowExpiresAt: entries.findLast(({ kind }) => kind === 'inbound')!.at + span('24h'),
      });
      expect(row.readCount).toBeLessThanOrEqual(row.inboundCount);
      expect(documents.has(`${row.path}/cases/${row.caseNumber}`)).toBe(true);
    }
  });

  it('shows in every row the newest message, as far as it came', () => {
    for (const row of rows()) {
      const shown = timeline(row).findLast(
        (one) =>
          (one.kind === 'inbound' && owesAnswer(one.type)) ||
          (one.kind === 'outbound' && countsAsAnswer(one.state)),
      )!;
      expect(row.preview, row.contact.name).toMatchObject({ entryId: shown.id, kind: shown.kind });
    }
  });

  it('leaves nothing to be sent, processed or looked at', () => {
    for (const [where, data] of documents) {
      if (kindOf(where) === 'journal') expect(data['fate'], where).toBe('done');
      expect(['queued', 'sending']).not.toContain(data['state']);
      expect(Number(data['at'] ?? 0), where).toBeLessThanOrEqual(START);
    }
  });

  it('has a reply in each state that a person meets, a quote both ways, and one that failed for the pair limit', () => {
    const all = rows().flatMap(timeline);
    const outbound = all.filter((one) => one.kind === 'outbound');
    const states = new Set(outbound.map(({ state }) => state));
    expect(states).toEqual(new Set(['sent', 'delivered', 'read', 'failed']));
    expect(outbound.find(({ state }) => state === 'failed')).toMatchObject({
      error: { code: 131056 },
      text: 'Please switch the fridge off at the wall until then.',
    });
    expect(outbound.some(({ context }) => context?.entryId !== undefined)).toBe(true);
    expect(all.some((one) => one.kind === 'inbound' && one.context?.wamid !== undefined)).toBe(
      true,
    );
    const types = new Set(all.map(({ type }) => type));
    for (const type of ['audio', 'image', 'document', 'location', 'reaction', 'unsupported'])
      expect(types).toContain(type);
    for (const type of EVENT_TYPES) expect(types).toContain(type);
  });

  it('leaves every file of its customers to be brought, now and as what it is', () => {
    const tasks = [...documents].filter(([where]) => kindOf(where) === 'media');
    const media = tasks.map(([, data]) => v.parse(mediaSchema, data));
    for (const one of media) {
      const [name, file] = [...FILES].find(([, { id }]) => id === one.metaId)!;
      expect(one).toMatchObject({ state: 'pending', sha256: file.sha256 });
      expect(one.filename).toBe(one.type === 'document' ? name : null);
      expect(one.retryAt).toBeLessThanOrEqual(START);
    }
    expect(new Set(media.map(({ metaId }) => metaId)).size).toBe(FILES.size);
  });

  it('is the same each time but for the hour', async () => {
    const again = await playDemo(START, secretsFile);
    expect(new Map(documentsOf(again, START))).toEqual(documents);
  });

  it('knows its customers when they write again', async () => {
    const { past, customers } = await playDemo(START, secretsFile);
    const later = past.thread('later', { send: () => Promise.resolve({ kind: 'lost' }) });
    later.setHour(START);
    for (const { customer } of customers) {
      const message = { wamid: `later ${customer.phone}`, at: START, item: { type: 'image' } };
      await later.receive(webhookBody([inboundUpdate(DEMO_NUMBER, customer, message)]));
    }
    const names = [...past.store.documents().keys()].map(kindOf);
    expect(names.filter((name) => name === 'conversations')).toHaveLength(STORIES.length);
    expect(names.filter((name) => name === 'contacts')).toHaveLength(STORIES.length);
  });
});
