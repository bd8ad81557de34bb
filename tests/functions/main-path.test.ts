import { describe, expect, it } from 'vitest';
import {
  agentPath,
  conversationPath,
  draftPath,
  entryPath,
  takeEntryId,
} from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import {
  command,
  dispatch,
  people,
  toFirestore,
  type GraphAnswer,
} from '@switchboard/functions/testing';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aWorld, sign, type World } from '../support/world.ts';

const caller = (uid: string, r = 'agent') => ({
  uid,
  token: { r, t: ['support'], all: r !== 'agent' },
});

/** A customer has written; the conversation that came of it. */
async function withMessage(world: World, text = 'My fridge is leaking'): Promise<string> {
  await world.post(aDelivery({ contacts: [aSender()], messages: [aText(text)] }));
  const [conversation] = await world.all('conversations');
  return conversation?.id ?? '';
}

/** Gives a conversation to an agent as a Take by the rules does, and answers the fence. */
async function take(world: World, id: string, uid: string): Promise<number> {
  const before = await world.get(conversationPath(id));
  const version = (before?.['assignment'] as { version: number }).version + 1;
  const now = Date.now();
  await world.db.doc(conversationPath(id)).update(
    toFirestore({
      assignee: { kind: 'agent', id: uid },
      assignment: { version, at: now, by: uid },
    }),
  );
  await world.db
    .doc(entryPath(id, takeEntryId(version)))
    .set(
      toFirestore({ kind: 'event', type: 'taken', at: now, author: { kind: 'agent', id: uid } }),
    );
  return version;
}

/** A reply as the rules let a client write it. */
async function reply(world: World, id: string, entryId: string, fence: number, uid = 'jonas') {
  await world.db.doc(entryPath(id, entryId)).set(
    toFirestore({
      kind: 'outbound',
      state: 'queued',
      fence,
      at: Date.now(),
      author: { kind: 'agent', id: uid },
      type: 'text',
      text: 'We are on our way',
    }),
  );
}

const state = async (world: World, id: string, entryId: string) =>
  (await world.get(entryPath(id, entryId)))?.['state'];

describe('a customer writes', () => {
  it('becomes one open conversation of the default team, waiting, unread and inside its window', async () => {
    const world = await aWorld();
    const id = await withMessage(world);
    expect(await world.get(conversationPath(id))).toMatchObject({
      teamId: 'support',
      status: 'open',
      active: true,
      assignee: null,
      caseNumber: 1,
      inboundCount: 1,
      readCount: 0,
      contact: { name: 'Marta Oliveira', maskedPhone: '+1 5550 ••• 456' },
      preview: { text: 'My fridge is leaking' },
    });
    const [entry] = await world.timeline(id);
    expect(entry?.data).toMatchObject({
      kind: 'inbound',
      type: 'text',
      text: 'My fridge is leaking',
    });
    expect(await world.get(`conversations/${id}/cases/1`)).toMatchObject({ number: 1 });
    const [item] = await world.all('journal');
    expect(item?.data).toMatchObject({ fate: 'done', entry: entryPath(id, entry?.id ?? '') });
  });

  it('refuses an unsigned body and a body signed with another secret, and stores nothing', async () => {
    const world = await aWorld();
    const body = aDelivery({ messages: [aText('hi')] });
    expect(await world.post(body, { signature: '' })).toBe(401);
    expect(await world.post(body, { signature: sign(JSON.stringify(body), 'other') })).toBe(401);
    expect(await world.all('journal')).toEqual([]);
    expect(await world.all('receipts')).toEqual([]);
  });

  it('counts the same message again as repeated and changes nothing', async () => {
    const world = await aWorld();
    const body = aDelivery({ contacts: [aSender()], messages: [aText('once')] });
    await world.post(body);
    const before = await world.all('conversations');
    await Promise.all(Array.from({ length: 50 }, () => world.post(body)));
    expect(await world.all('conversations')).toEqual(before);
    expect(await world.timeline(before[0]?.id ?? '')).toHaveLength(1);
    const receipts = await world.all('receipts');
    expect(receipts.reduce((sum, { data }) => sum + Number(data['repeated']), 0)).toBe(50);
  });
});

describe('the holder replies', () => {
  it('sends once, and follows sent, delivered and read in any order', async () => {
    const world = await aWorld();
    const id = await withMessage(world);
    await reply(world, id, 'r1', await take(world, id, 'jonas'));
    await Promise.all([dispatch(world.ports, id), dispatch(world.ports, id)]);
    expect(await state(world, id, 'r1')).toBe('accepted');
    expect(await world.get(conversationPath(id))).toMatchObject({
      status: 'pending',
      waitingSince: null,
      preview: { kind: 'outbound', entryId: 'r1' },
    });
    const wamid = (await world.get(entryPath(id, 'r1')))?.['wamid'];
    const status = (name: string) => ({
      id: wamid,
      status: name,
      timestamp: String(Math.floor(Date.now() / 1000)),
    });
    await world.post(aDelivery({ statuses: [status('read')] }));
    await world.post(aDelivery({ statuses: [status('sent'), status('delivered')] }));
    const entry = await world.get(entryPath(id, 'r1'));
    expect(entry).toMatchObject({ state: 'read' });
    expect(entry?.['sentAt']).toEqual(expect.any(Number));
    expect(await world.get(conversationPath(id))).toMatchObject({ preview: { state: 'read' } });
  });

  it('parks a status that comes before the answer, and matches it when the answer comes', async () => {
    let answer: (value: GraphAnswer) => void = () => undefined;
    let asked: () => void = () => undefined;
    const sending = new Promise<void>((resolve) => (asked = resolve));
    const world = await aWorld({
      graph: {
        send: () => {
          asked();
          return new Promise((resolve) => (answer = resolve));
        },
      },
    });
    const id = await withMessage(world);
    await reply(world, id, 'r1', await take(world, id, 'jonas'));
    const done = dispatch(world.ports, id);
    await sending;
    await world.post(
      aDelivery({ statuses: [{ id: 'wamid.EARLY', status: 'sent', timestamp: '1790000000' }] }),
    );
    expect((await world.all('journal')).map(({ data }) => data['reason'])).toContain(
      'unknown-message',
    );
    answer({ kind: 'accepted', wamid: 'wamid.EARLY' });
    await done;
    expect(await state(world, id, 'r1')).toBe('sent');
    expect((await world.all('journal')).every(({ data }) => data['fate'] === 'done')).toBe(true);
  });

  it.each([
    ['no answer leaves unknown, and nothing sends again', { kind: 'lost' }, 'unknown'],
    [
      'a refusal leaves failed with the code of Meta',
      {
        kind: 'refused',
        httpStatus: 400,
        code: 131047,
        title: 'Re-engagement message',
        details: '',
      },
      'failed',
    ],
    [
      'a 5xx leaves unknown',
      { kind: 'refused', httpStatus: 503, code: 2, title: '', details: '' },
      'unknown',
    ],
  ] as const)('%s', async (_, answer, expected) => {
    let sends = 0;
    const world = await aWorld({
      graph: {
        send: () => {
          sends += 1;
          return Promise.resolve(answer);
        },
      },
    });
    const id = await withMessage(world);
    await reply(world, id, 'r1', await take(world, id, 'jonas'));
    await dispatch(world.ports, id);
    await dispatch(world.ports, id);
    expect(await state(world, id, 'r1')).toBe(expected);
    expect(sends).toBe(1);
    expect(await world.get(conversationPath(id))).toMatchObject({ status: 'open' });
  });

  it('refuses a reply under a stale fence and gives the text back as a draft with the reason', async () => {
    const world = await aWorld();
    const id = await withMessage(world);
    const fence = await take(world, id, 'jonas');
    await reply(world, id, 'r1', fence);
    await take(world, id, 'ana');
    await dispatch(world.ports, id);
    expect(await world.get(entryPath(id, 'r1'))).toMatchObject({
      state: 'refused',
      refusal: 'stale',
    });
    expect(await world.get(draftPath('jonas', id))).toMatchObject({
      reply: 'We are on our way',
      reason: 'reassigned',
    });
  });

  it('starts the clock again when an accepted reply fails', async () => {
    const world = await aWorld();
    const id = await withMessage(world);
    const before = await world.get(conversationPath(id));
    await reply(world, id, 'r1', await take(world, id, 'jonas'));
    await dispatch(world.ports, id);
    const wamid = (await world.get(entryPath(id, 'r1')))?.['wamid'];
    const failed = {
      id: wamid,
      status: 'failed',
      timestamp: '1790000000',
      errors: [{ code: 131026, title: 'Undeliverable' }],
    };
    await world.post(aDelivery({ statuses: [failed] }));
    expect(await world.get(conversationPath(id))).toMatchObject({
      status: 'open',
      waitingSince: before?.['waitingSince'],
      preview: { state: 'failed' },
    });
    expect(await world.get(entryPath(id, 'r1'))).toMatchObject({ error: { code: 131026 } });
  });
});

describe('command', () => {
  const withAgents = async (world: World) => {
    await world.db.doc(agentPath('jonas')).set({ ...anAgent() });
    await world.db.doc(agentPath('ana')).set({ ...anAgent({ name: 'Ana Ruiz' }) });
    await world.db.doc(agentPath('carmen')).set({
      ...anAgent({ name: 'Carmen Ortega', role: 'supervisor', teams: [], allTeams: true }),
    });
  };

  it('resolves, and the next message opens the next case in the same thread', async () => {
    const world = await aWorld();
    await withAgents(world);
    const id = await withMessage(world);
    const expectedVersion = await take(world, id, 'jonas');
    const resolve = { type: 'resolve', commandId: 'c1', conversationId: id, expectedVersion };
    const first = await command(world.ports, caller('jonas'), resolve);
    expect(first).toEqual({ code: 'ok', version: expectedVersion + 1 });
    expect(await command(world.ports, caller('jonas'), resolve)).toEqual(first);
    expect(await world.get(conversationPath(id))).toMatchObject({
      status: 'resolved',
      active: false,
      assignee: null,
      lastAssignee: { id: 'jonas' },
      waitingSince: null,
    });
    await withMessage(world, 'It leaks again');
    expect(await world.get(conversationPath(id))).toMatchObject({
      status: 'open',
      caseNumber: 2,
      assignee: null,
    });
    expect(await world.all('conversations')).toHaveLength(1);
  });

  it('assigns for a supervisor, tells the second of two at once that it is stale, and refuses an agent', async () => {
    const world = await aWorld();
    await withAgents(world);
    const id = await withMessage(world);
    const expectedVersion = await take(world, id, 'jonas');
    const assign = (commandId: string) => ({
      type: 'assign',
      commandId,
      conversationId: id,
      expectedVersion,
      to: { kind: 'agent', id: 'ana' },
    });
    expect(await command(world.ports, caller('jonas'), assign('c0'))).toMatchObject({
      code: 'not-permitted',
    });
    const answers = await Promise.all(
      ['c1', 'c2'].map((one) => command(world.ports, caller('carmen', 'supervisor'), assign(one))),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual(['ok', 'stale']);
    expect(await world.get(conversationPath(id))).toMatchObject({
      assignee: { kind: 'agent', id: 'ana' },
    });
  });

  it('refuses what is not a command, and who is not signed in', async () => {
    const world = await aWorld();
    expect(await command(world.ports, null, {})).toMatchObject({ code: 'not-signed-in' });
    expect(await command(world.ports, caller('jonas'), { type: 'explode' })).toMatchObject({
      code: 'bad-input',
    });
  });
});

describe('people', () => {
  it('switches a colleague off and on, keeps the last admin, and applies claims each time', async () => {
    const applied: unknown[] = [];
    const world = await aWorld({
      accounts: { apply: (uid, claims) => Promise.resolve(void applied.push([uid, claims])) },
    });
    await world.db.doc(agentPath('ravi')).set({ ...anAgent({ role: 'admin', teams: [] }) });
    await world.db.doc(agentPath('jonas')).set({ ...anAgent() });
    const ravi = caller('ravi', 'admin');
    expect(await people(world.ports, ravi, { type: 'deactivate', uid: 'jonas' })).toMatchObject({
      code: 'ok',
    });
    expect(applied).toEqual([['jonas', null]]);
    expect(await world.get(agentPath('jonas'))).toMatchObject({
      active: false,
      claims: null,
      claimsVersion: 2,
    });
    expect(await people(world.ports, ravi, { type: 'deactivate', uid: 'ravi' })).toMatchObject({
      code: 'last-admin',
    });
    expect(
      await people(world.ports, caller('jonas'), { type: 'reactivate', uid: 'jonas' }),
    ).toMatchObject({
      code: 'not-permitted',
    });
  });
});
