import { agentPath, channelPath, draftPath, type Alert } from '@switchboard/domain';
import { aChannel, anAgent } from '@switchboard/domain/testing';
import {
  alerts,
  dispatch,
  ledger,
  toFirestore,
  type TokenCheck,
} from '@switchboard/functions/testing';
import { describe, expect, it } from 'vitest';
import { aGraph, accepted, refused } from '../support/graph.ts';
import { journalOf } from '../support/journal.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import {
  aQueuedReply,
  aStatus,
  aThread,
  entryOf,
  queueReply,
  statuses,
  takeAs,
} from '../support/thread.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const ACCOUNT = '200000000000001';
const SECONDS = Math.floor(Date.now() / 1000);
const ravi = { uid: 'ravi', token: { r: 'admin', t: [], all: true } };
const jonas = { uid: 'jonas', token: { r: 'agent', t: ['support'], all: false } };

/** News of the account, as Meta sends it. */
const anEvent = (field: string, value: object, over: { time?: number; id?: string } = {}) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: ACCOUNT, time: SECONDS, ...over, changes: [{ field, value }] }],
});
const aTemplate = (event: string, time = SECONDS) =>
  anEvent(
    'message_template_status_update',
    { event, message_template_id: 1689556908129832, message_template_name: 'order_ready' },
    { time },
  );

const alertsOf = async (world: World) =>
  (await world.all('alerts')).map(({ id, data }) => ({ id, ...(data as unknown as Alert) }));
const openOf = async (world: World) =>
  (await alertsOf(world))
    .filter(({ open }) => open)
    .map(({ cause }) => cause)
    .sort();
const fatesOf = async (world: World) =>
  (await journalOf(world)).map(({ data }) => [data['kind'], data['fate'], data['reason']]);
const stateOf = async (world: World, id: string, entryId = 'r1') =>
  (await entryOf(world, id, entryId))?.['state'];
const healthOf = async (world: World) => (await world.get(channelPath(NUMBER)))?.['health'];

describe('news of the account', () => {
  it('become an alert in the commit that says so of the item', async () => {
    const world = await aWorld();
    await world.post(aTemplate('PAUSED'));
    const [alert] = await alertsOf(world);
    expect(alert).toMatchObject({
      kind: 'template',
      cause: 'template-paused',
      severity: 'warning',
      open: true,
      channelId: NUMBER,
      name: 'order_ready',
      count: 1,
      openedAt: SECONDS * 1000,
    });
    const [item] = await journalOf(world);
    expect(item?.data).toMatchObject({
      kind: 'account',
      fate: 'done',
      entry: `alerts/${alert?.id}`,
      expireAt: expect.any(Number) as number,
    });
  });

  it('are counted once however often they are delivered', async () => {
    const world = await aWorld();
    const body = aTemplate('PAUSED');
    await Promise.all([world.post(body), world.post(body), world.post(body)]);
    await world.settle();
    await world.sweep();
    expect(await alertsOf(world)).toMatchObject([{ count: 1 }]);
  });

  it('are one alert that counts what is new, and is closed by its end', async () => {
    const world = await aWorld();
    await world.post(aTemplate('PAUSED', SECONDS - 20));
    await world.post(aTemplate('PAUSED', SECONDS - 10));
    expect(await alertsOf(world)).toMatchObject([
      { count: 2, openedAt: (SECONDS - 20) * 1000, lastAt: (SECONDS - 10) * 1000 },
    ]);
    await world.post(aTemplate('APPROVED', SECONDS));
    expect(await alertsOf(world)).toMatchObject([{ open: false }]);
  });

  it('bring nothing old back where they come out of order', async () => {
    const world = await aWorld();
    await world.post(aTemplate('APPROVED', SECONDS));
    await world.post(aTemplate('PAUSED', SECONDS - 20));
    expect(await openOf(world)).toEqual([]);
  });

  it('that need nothing are ignored with a reason', async () => {
    const world = await aWorld();
    await world.post(anEvent('account_update', { event: 'VERIFIED_ACCOUNT' }));
    expect(await fatesOf(world)).toEqual([['account', 'ignored', 'nothing-to-do']]);
    expect(await alertsOf(world)).toEqual([]);
  });

  it('are told of also where no number of the account is set up here', async () => {
    const world = await aWorld();
    await world.post(anEvent('account_update', { event: 'ACCOUNT_DELETED' }, { id: '1' }));
    expect(await alertsOf(world)).toMatchObject([{ cause: 'account-deleted', channelId: null }]);
  });

  it('of another app than the account’s are not believed', async () => {
    const world = await aWorld();
    await world.addChannel(NUMBER, { appId: 'ours' });
    await world.post(anEvent('account_update', { event: 'ACCOUNT_DELETED' }));
    expect(await fatesOf(world)).toEqual([['account', 'parked', 'foreign-app']]);
    expect(await alertsOf(world)).toEqual([]);
    await world.post(anEvent('account_update', { event: 'ACCOUNT_DELETED' }), {
      path: '/whatsapp/webhook/ours',
    });
    expect(await openOf(world)).toEqual(['account-deleted']);
  });

  it('that were parked before there was a reader become alerts when they are tried again', async () => {
    const world = await aWorld();
    await world.db.doc(agentPath('ravi')).set({ ...anAgent({ role: 'admin' }) });
    await world.post(anEvent('account_update', { event: 'ACCOUNT_DELETED' }));
    const [item] = await journalOf(world);
    const path = `journal/${item?.id}`;
    await world.db
      .doc(path)
      .update({ kind: 'other', fate: 'parked', reason: 'unsupported-field', expireAt: null });
    const [alert] = await alertsOf(world);
    await world.db.doc(`alerts/${alert?.id}`).delete();
    expect(await ledger(world.ports, ravi, { type: 'retry', itemId: item?.id })).toMatchObject({
      fate: 'done',
    });
    expect(await openOf(world)).toEqual(['account-deleted']);
  });

  it('end at the time that was announced', async () => {
    const world = await aWorld();
    const restriction_info = [{ restriction_type: 'RESTRICTED_X', expiration: SECONDS + 90 }];
    await world.post(anEvent('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info }));
    await world.sweep();
    expect(await openOf(world)).toEqual(['account-restricted']);
    await world.sweep();
    expect(await openOf(world)).toEqual([]);
  });
});

describe('errors that came with no message', () => {
  it('are alerts about their number, and keep no message beside them', async () => {
    const world = await aWorld();
    const errors = [{ code: 131035, title: 'Webhook could not be delivered' }];
    const value = { contacts: [aSender()], messages: [aText('Hi')], errors };
    await world.post(aDelivery(value));
    await world.settle();
    expect(await openOf(world)).toEqual(['messages-lost']);
    expect(await world.all('conversations')).toHaveLength(1);
    expect((await fatesOf(world)).map(([, fate]) => fate)).toEqual(['done', 'done']);
  });
});

describe('a status that concerns the number', () => {
  const missing = { errors: [{ code: 131042, title: 'Business eligibility payment issue' }] };

  it('raises an alert beside the failure: accepted, and never delivered', async () => {
    const world = await aWorld({ graph: aGraph().graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    await world.post(statuses(aStatus('failed', { id: 'wamid.SENT1', ...missing })));
    expect(await stateOf(world, id)).toBe('failed');
    expect(await alertsOf(world)).toMatchObject([
      { cause: 'payment-missing', severity: 'critical', channelId: NUMBER, open: true },
    ]);
    expect(await healthOf(world)).toBe('connected');
  });

  it('is over when a message is delivered again', async () => {
    const world = await aWorld({ graph: aGraph().graph });
    const { id, fence } = await aQueuedReply(world);
    await queueReply(world, id, 'r2', fence, { at: Date.now() + 1 });
    await dispatch(world.ports, id);
    await world.post(statuses(aStatus('failed', { id: 'wamid.SENT1', ...missing })));
    // Numbers are remembered for some seconds.
    world.move(60_000);
    const later = String(SECONDS + 30);
    await world.post(statuses(aStatus('delivered', { id: 'wamid.SENT2', timestamp: later })));
    expect(await openOf(world)).toEqual([]);
    expect(await world.get(channelPath(NUMBER))).toMatchObject({ troubles: [] });
  });

  it('of the message alone raises none', async () => {
    const world = await aWorld({ graph: aGraph().graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    const blocked = { errors: [{ code: 131026, title: 'Message undeliverable' }] };
    await world.post(statuses(aStatus('failed', { id: 'wamid.SENT1', ...blocked })));
    expect(await alertsOf(world)).toEqual([]);
  });
});

describe('a token that Meta turns away', () => {
  /** A number whose token is dead until somebody connects it again. */
  async function aDeadNumber(code = 190) {
    let says: TokenCheck = 'refused';
    let checks = 0;
    const { graph, sent, texts } = aGraph(refused(code, 401));
    const check = () => {
      checks += 1;
      return Promise.resolve(says);
    };
    const world = await aWorld({ graph: { ...graph, check } });
    return {
      world,
      sent,
      texts,
      checks: () => checks,
      reconnect: () => void (says = 'works'),
    };
  }

  it('holds the reply that met it and every other, and asks once a minute', async () => {
    const { world, sent, checks } = await aDeadNumber();
    const { id, fence } = await aQueuedReply(world, 'r1', { text: 'first' });
    await queueReply(world, id, 'r2', fence, { text: 'second', at: Date.now() + 1 });
    await dispatch(world.ports, id);
    const other = await aThread(world, '351912345408');
    await queueReply(world, other, 'r1', await takeAs(world, other), { text: 'third' });
    await dispatch(world.ports, other);
    await world.sweep();
    await world.sweep();
    expect(sent).toHaveLength(1);
    expect(checks()).toBe(2);
    expect(await stateOf(world, id)).toBe('queued');
    expect(await stateOf(world, id, 'r2')).toBe('queued');
    expect(await stateOf(world, other)).toBe('queued');
    expect(await healthOf(world)).toBe('reconnect');
    expect(await alertsOf(world)).toMatchObject([
      { cause: 'token-dead', severity: 'critical', open: true, count: 1, channelId: NUMBER },
    ]);
  });

  it('sends what was held, in its order, when it works again', async () => {
    const { world, texts, reconnect } = await aDeadNumber();
    const { id, fence } = await aQueuedReply(world, 'r1', { text: 'first' });
    await queueReply(world, id, 'r2', fence, { text: 'second', at: Date.now() + 1 });
    await dispatch(world.ports, id);
    reconnect();
    await world.sweep();
    expect(texts()).toEqual(['first', 'first', 'second']);
    expect(await stateOf(world, id)).toBe('accepted');
    expect(await stateOf(world, id, 'r2')).toBe('accepted');
    expect(await healthOf(world)).toBe('connected');
    expect(await openOf(world)).toEqual([]);
  });

  it('gives back what may not leave any more', async () => {
    const { world, sent, reconnect } = await aDeadNumber();
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    await takeAs(world, id, 'ana');
    reconnect();
    await world.sweep();
    expect(sent).toHaveLength(1);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state: 'refused', refusal: 'stale' });
    expect(await world.get(draftPath('jonas', id))).toMatchObject({ reply: 'We are on our way' });
  });

  it('gives back also while it is dead what the window has closed on', async () => {
    const { world, sent } = await aDeadNumber();
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    world.move(25 * 60 * 60 * 1000);
    await world.sweep();
    expect(sent).toHaveLength(1);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ refusal: 'window-closed' });
  });

  it.each([10, 200, 131005])('for want of a permission (%i) holds likewise', async (code) => {
    const { world, texts, reconnect } = await aDeadNumber(code);
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    expect(await stateOf(world, id)).toBe('queued');
    expect(await openOf(world)).toEqual(['permission-missing']);
    reconnect();
    await world.sweep();
    expect(texts()).toHaveLength(2);
    expect(await stateOf(world, id)).toBe('accepted');
    expect(await openOf(world)).toEqual([]);
  });

  it('that takes the token and misses the permission still is tried with one reply at a time', async () => {
    const { graph, sent } = aGraph(refused(10, 403), refused(10, 403), refused(10, 403));
    const world = await aWorld({ graph: { ...graph, check: () => Promise.resolve('works') } });
    const { id, fence } = await aQueuedReply(world);
    await queueReply(world, id, 'r2', fence, { at: Date.now() + 1 });
    await dispatch(world.ports, id);
    await world.sweep();
    await world.sweep();
    expect(sent).toHaveLength(3);
    expect(await alertsOf(world)).toMatchObject([{ open: true, count: 3 }]);
    await world.sweep();
    expect(await stateOf(world, id, 'r2')).toBe('accepted');
    expect(await openOf(world)).toEqual([]);
  });

  it('says the rest of what an answer says of the number, and burns only that reply', async () => {
    const { graph } = aGraph(refused(131031, 403), accepted('wamid.B'));
    const world = await aWorld({ graph });
    const { id, fence } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    expect(await stateOf(world, id)).toBe('failed');
    expect(await openOf(world)).toEqual(['account-locked']);
    await queueReply(world, id, 'r2', fence);
    await dispatch(world.ports, id);
    expect(await openOf(world)).toEqual([]);
  });
});

describe('what waits for a person', () => {
  const UNKNOWN = '100000000000009';

  it('raises an alert for each reason, which goes when nothing waits any more', async () => {
    const world = await aWorld();
    const lost = (text: string) =>
      aDelivery({ contacts: [aSender()], messages: [aText(text)] }, UNKNOWN);
    await world.post(lost('Lost?'));
    await world.post(lost('Still?'));
    await world.post({ hello: 'world' });
    await world.sweep();
    const found = await alertsOf(world);
    expect(found.map(({ detail, count }) => [detail, count]).sort()).toEqual([
      ['not-a-webhook', 1],
      ['unknown-number', 2],
    ]);
    await world.db.doc(channelPath(UNKNOWN)).set(toFirestore({ ...aChannel() }));
    await world.sweep();
    await world.sweep();
    expect((await alertsOf(world)).filter(({ open }) => open)).toMatchObject([
      { detail: 'not-a-webhook' },
    ]);
  });
});

describe('acknowledging', () => {
  async function anAlert() {
    const world = await aWorld();
    await world.db.doc(agentPath('ravi')).set({ ...anAgent({ role: 'admin' }) });
    await world.db.doc(agentPath('carmen')).set({ ...anAgent({ role: 'supervisor' }) });
    await world.db.doc(agentPath('jonas')).set({ ...anAgent() });
    await world.post(aTemplate('PAUSED'));
    const [alert] = await alertsOf(world);
    return { world, command: { type: 'acknowledge', alertId: alert?.id ?? '' } };
  }

  it('is a supervisor’s as an admin’s, and stays the first one’s', async () => {
    const { world, command } = await anAlert();
    const carmen = { uid: 'carmen', token: { r: 'supervisor', t: ['support'], all: false } };
    expect(await alerts(world.ports, carmen, command)).toEqual({ code: 'ok' });
    expect(await alerts(world.ports, ravi, command)).toEqual({ code: 'ok' });
    expect(await alertsOf(world)).toMatchObject([
      { open: true, acknowledgement: { by: 'carmen', at: expect.any(Number) as number } },
    ]);
  });

  it('is no agent’s, and nothing where there is no such alert', async () => {
    const { world, command } = await anAlert();
    expect(await alerts(world.ports, jonas, command)).toMatchObject({ code: 'not-permitted' });
    const none = { ...command, alertId: 'none' };
    expect(await alerts(world.ports, ravi, none)).toMatchObject({ code: 'not-found' });
  });
});
