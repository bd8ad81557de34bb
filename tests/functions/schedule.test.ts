import { agentPath, draftPath, scheduledPath, templatePath } from '@switchboard/domain';
import { anAgent, aTemplate } from '@switchboard/domain/testing';
import { dispatch, schedule, sweep } from '@switchboard/functions/testing';
import { describe, expect, it } from 'vitest';
import { aClock } from '../support/clock.ts';
import { aGraph } from '../support/graph.ts';
import { aThread, entryOf, takeAs } from '../support/thread.ts';
import { aWorld } from '../support/world.ts';

const HOUR = 60 * 60 * 1000;
const PLANNED = 'b'.repeat(32);
const caller = (uid: string) => ({ uid, token: { r: 'agent', t: ['support'], all: false } });

/** A thread that Jonas holds, and the ways to plan in it. */
async function aPlanningWorld() {
  const { clock, move } = aClock();
  const scripted = aGraph();
  const world = await aWorld({ graph: scripted.graph, clock });
  for (const uid of ['jonas', 'ana']) await world.db.doc(agentPath(uid)).set({ ...anAgent() });
  await world.db.doc(templatePath('7')).set({ ...aTemplate() });
  const id = await aThread(world);
  const fence = await takeAs(world, id);
  const plan = (over: object = {}, uid = 'jonas') =>
    schedule(world.ports, caller(uid), {
      type: 'plan',
      scheduledId: PLANNED,
      conversationId: id,
      expectedVersion: fence,
      dueAt: clock.now() + 2 * HOUR,
      message: { type: 'text', text: 'Our van is on its way' },
      ...over,
    });
  const cancel = (uid = 'jonas') =>
    schedule(world.ports, caller(uid), {
      type: 'cancel',
      scheduledId: PLANNED,
      conversationId: id,
    });
  const sendNow = (uid = 'jonas') =>
    schedule(world.ports, caller(uid), {
      type: 'sendNow',
      scheduledId: PLANNED,
      conversationId: id,
    });
  const pass = async (ms: number) => {
    move(ms);
    await sweep(world.ports);
  };
  return { ...scripted, world, id, clock, move, plan, cancel, sendNow, pass };
}

describe('a message for later', () => {
  it('leaves when its time has come, once, and not before', async () => {
    const { world, id, plan, pass, texts } = await aPlanningWorld();
    expect(await plan()).toEqual({ code: 'ok' });
    await pass(2 * HOUR - 1);
    expect(texts()).toEqual([]);
    await pass(1);
    await pass(HOUR);
    expect(texts()).toEqual(['Our van is on its way']);
    expect(await world.get(scheduledPath(PLANNED))).toMatchObject({
      state: 'sent',
      entryId: PLANNED,
    });
    expect(await entryOf(world, id, PLANNED)).toMatchObject({ state: 'accepted' });
  });

  it('goes back where its author is switched off by then', async () => {
    const { world, plan, pass, texts } = await aPlanningWorld();
    await plan();
    await world.db.doc(agentPath('jonas')).set({ ...anAgent({ active: false }) });
    await pass(2 * HOUR);
    expect(texts()).toEqual([]);
    expect(await world.get(scheduledPath(PLANNED))).toMatchObject({ state: 'returned' });
  });

  it('leaves once where two sweeps find it', async () => {
    const { world, plan, pass, texts } = await aPlanningWorld();
    await plan();
    await Promise.all([pass(2 * HOUR), sweep(world.ports), sweep(world.ports)]);
    expect(texts()).toEqual(['Our van is on its way']);
  });

  it('can be changed until it leaves', async () => {
    const { clock, plan, pass, texts } = await aPlanningWorld();
    await plan();
    const message = { type: 'text', text: 'Our van is late' };
    expect(await plan({ message, dueAt: clock.now() + 3 * HOUR })).toEqual({ code: 'ok' });
    await pass(2 * HOUR);
    expect(texts()).toEqual([]);
    await pass(HOUR);
    expect(texts()).toEqual(['Our van is late']);
    expect(await plan({ dueAt: clock.now() + HOUR })).toMatchObject({ code: 'stale' });
  });

  it('can be cancelled by its author, as often as they like, and by nobody else', async () => {
    const { plan, cancel, pass, texts } = await aPlanningWorld();
    await plan();
    expect(await cancel('ana')).toMatchObject({ code: 'not-permitted' });
    expect(await cancel()).toEqual({ code: 'ok' });
    expect(await cancel()).toEqual({ code: 'ok' });
    await pass(3 * HOUR);
    expect(texts()).toEqual([]);
  });

  it('can be sent at once by its author, once, and by nobody else', async () => {
    const { world, id, plan, sendNow, pass, texts } = await aPlanningWorld();
    await plan();
    expect(await sendNow('ana')).toMatchObject({ code: 'not-permitted' });
    expect(await sendNow()).toEqual({ code: 'ok' });
    expect(await sendNow()).toEqual({ code: 'ok' });
    await dispatch(world.ports, id);
    await pass(3 * HOUR);
    expect(texts()).toEqual(['Our van is on its way']);
    expect(await entryOf(world, id, PLANNED)).toMatchObject({ state: 'accepted' });
  });

  it('that can’t be sent at once stays as it is, and says why', async () => {
    const { world, id, clock, move, plan, sendNow } = await aPlanningWorld();
    await plan({ dueAt: clock.now() + 40 * HOUR });
    move(30 * HOUR);
    expect(await sendNow()).toMatchObject({ code: 'window-closed' });
    await takeAs(world, id, 'ana');
    expect(await sendNow()).toMatchObject({ code: 'stale' });
    expect(await world.get(scheduledPath(PLANNED))).toMatchObject({ state: 'waiting' });
  });

  it('that was cancelled is not sent at once', async () => {
    const { plan, cancel, sendNow, texts } = await aPlanningWorld();
    await plan();
    await cancel();
    expect(await sendNow()).toMatchObject({ code: 'stale' });
    expect(texts()).toEqual([]);
  });

  it('goes back to its author’s draft where somebody else has the conversation by then', async () => {
    const { world, id, plan, pass, texts } = await aPlanningWorld();
    await plan();
    await takeAs(world, id, 'ana');
    await pass(2 * HOUR);
    expect(texts()).toEqual([]);
    expect(await world.get(scheduledPath(PLANNED))).toMatchObject({
      state: 'returned',
      reason: 'stale',
    });
    expect(await world.get(draftPath('jonas', id))).toMatchObject({
      reply: 'Our van is on its way',
      reason: 'reassigned',
    });
  });

  it('leaves as its template where the window has closed by then, else goes back', async () => {
    const first = await aPlanningWorld();
    const later = { dueAt: first.clock.now() + 30 * HOUR };
    const content = { templateId: '7', values: { body: ['Marta', 'fridge'] } };
    expect(await first.plan({ ...later, fallback: { type: 'template', content } })).toEqual({
      code: 'ok',
    });
    await first.pass(30 * HOUR);
    expect(first.sent).toMatchObject([{ type: 'template' }]);

    const second = await aPlanningWorld();
    await second.plan({ dueAt: second.clock.now() + 30 * HOUR });
    await second.pass(30 * HOUR);
    expect(second.sent).toEqual([]);
    expect(await second.world.get(draftPath('jonas', second.id))).toMatchObject({
      reply: 'Our van is on its way',
      reason: 'window-closed',
    });
  });

  it.each<readonly [string, object, string]>([
    ['in the past', { dueAt: 1 }, 'bad-input'],
    ['in the next century', { dueAt: 4_102_444_800_000 }, 'bad-input'],
    ['that WhatsApp would refuse', { message: { type: 'text', text: ' ' } }, 'bad-input'],
    [
      'with a fallback that needs the window too',
      { fallback: { type: 'text', text: 'Hi' } },
      'bad-input',
    ],
    ['under the fence before', { expectedVersion: 0 }, 'stale'],
  ])('is refused %s', async (_, over, code) => {
    const { plan } = await aPlanningWorld();
    expect(await plan(over)).toMatchObject({ code });
  });

  it('is the holder’s alone to plan', async () => {
    const { plan } = await aPlanningWorld();
    expect(await plan({}, 'ana')).toMatchObject({ code: 'not-holder' });
  });
});
