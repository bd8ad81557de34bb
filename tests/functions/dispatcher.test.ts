import { describe, expect, it } from 'vitest';
import {
  callbackData,
  conversationPath,
  dispatchPath,
  draftPath,
  entryPath,
  SEND_LEASE_MS,
} from '@switchboard/domain';
import { dispatch, sweep, toFirestore, type GraphAnswer } from '@switchboard/functions/testing';
import { aClock } from '../support/clock.ts';
import { accepted, aGraph, aSignal, refused } from '../support/graph.ts';
import { fatesOf } from '../support/journal.ts';
import {
  aQueuedReply,
  aStatus,
  aThread,
  conversationOf,
  entryOf,
  queueReply,
  statuses,
  takeAs,
} from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

const stateOf = async (world: World, id: string, entryId = 'r1') =>
  (await entryOf(world, id, entryId))?.['state'];

const lockOf = (world: World, id: string) => world.get(dispatchPath(id));

describe('order and once', () => {
  it('three replies leave in the order in which they were written, whichever wake-up comes first', async () => {
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph });
    const id = await aThread(world);
    const fence = await takeAs(world, id);
    const at = Date.now();
    await queueReply(world, id, 'c', fence, { text: 'third', at: at + 2 });
    await queueReply(world, id, 'a', fence, { text: 'second', at: at + 1 });
    await queueReply(world, id, 'b', fence, { text: 'first', at });
    await Promise.all([
      dispatch(world.ports, id),
      dispatch(world.ports, id),
      dispatch(world.ports, id),
    ]);
    expect(texts()).toEqual(['first', 'second', 'third']);
  });

  it('two workers send one reply once, in a hundred rounds', async () => {
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph });
    const rounds = async (thread: number): Promise<string[]> => {
      const id = await aThread(world, `1555012345${thread}`);
      const fence = await takeAs(world, id);
      const queued = Array.from({ length: 10 }, (_, round) => `${thread} ${round}`);
      for (const [round, text] of queued.entries()) {
        await queueReply(world, id, `r${round}`, fence, { text });
        await Promise.all([dispatch(world.ports, id), dispatch(world.ports, id)]);
      }
      expect(await lockOf(world, id)).toMatchObject({ owner: null });
      return queued;
    };
    const queued = await Promise.all(Array.from({ length: 10 }, (_, thread) => rounds(thread)));
    expect([...texts()].sort()).toEqual(queued.flat().sort());
  });

  it('a wake-up during the last look is not lost', async () => {
    const { graph, texts } = aGraph();
    let looks = 0;
    const world: World = await aWorld({ graph }, (store) => ({
      ...store,
      async query(query) {
        const found = await store.query(query);
        const last = query.collection.endsWith('/timeline') && found.length === 0;
        if (last && (looks += 1) === 1) {
          // The worker has seen nothing more. Before it leaves, another reply and its wake-up come.
          const id = query.collection.split('/')[1] ?? '';
          await queueReply(world, id, 'r2', 1, { text: 'second' });
          await dispatch(world.ports, id);
        }
        return found;
      },
    }));
    const { id } = await aQueuedReply(world, 'r1', { text: 'first' });
    await dispatch(world.ports, id);
    expect(texts()).toEqual(['first', 'second']);
    expect(await lockOf(world, id)).toMatchObject({ owner: null });
  });

  it('a reply of another conversation does not wait', async () => {
    const slow = aSignal<GraphAnswer>();
    const begun = aSignal();
    const { graph } = aGraph(() => {
      begun.fulfil();
      return slow.promise;
    });
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    const other = await aThread(world, '351912345408');
    await queueReply(world, other, 'r1', await takeAs(world, other));
    const waiting = dispatch(world.ports, id);
    await begun.promise;
    await dispatch(world.ports, other);
    expect(await stateOf(world, other)).toBe('accepted');
    slow.fulfil(accepted('wamid.SLOW'));
    await waiting;
    expect(await stateOf(world, id)).toBe('accepted');
  });
});

describe('what certainly did not leave', () => {
  it.each([
    ['the pair limit', refused(131056)],
    ['the throughput limit', refused(130429)],
    ['a Graph API that nobody answers at', { kind: 'unreachable' } as const],
  ])('by %s is tried again after 4 seconds, then 16, and accepted', async (_, answer) => {
    const { clock, waits } = aClock();
    const { graph, sent } = aGraph(answer, answer);
    const world = await aWorld({ graph, clock });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    expect(waits.filter((ms) => ms >= 4_000)).toEqual([4_000, 16_000]);
    expect(sent).toHaveLength(3);
    expect(await stateOf(world, id)).toBe('accepted');
  });

  it('fails with Meta’s code when patience ends, and what is queued behind it leaves', async () => {
    const { clock, waits } = aClock();
    const limit = refused(131056);
    const { graph, texts } = aGraph(limit, limit, limit, limit);
    const world = await aWorld({ graph, clock });
    const { id, fence } = await aQueuedReply(world, 'r1', { text: 'first' });
    await queueReply(world, id, 'r2', fence, { text: 'second', at: Date.now() + 1 });
    await dispatch(world.ports, id);
    expect(waits.filter((ms) => ms >= 4_000)).toEqual([4_000, 16_000, 64_000]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({
      state: 'failed',
      error: { code: 131056 },
    });
    expect(texts()).toEqual(['first', 'first', 'first', 'first', 'second']);
  });

  it('keeps its lock over the pauses: neither a second worker nor the sweep touches it', async () => {
    const { clock, onWait } = aClock();
    const { graph, sent } = aGraph(refused(131056), refused(131056), refused(131056));
    const world = await aWorld({ graph, clock });
    const { id } = await aQueuedReply(world, 'r1', { at: Date.now() - 300_000 });
    onWait(async (ms) => {
      if (ms < 4_000) return;
      await dispatch(world.ports, id);
      await sweep(world.ports);
    });
    await dispatch(world.ports, id);
    expect(sent).toHaveLength(4);
    expect(await stateOf(world, id)).toBe('accepted');
  });

  it('goes back to its author where the holder changes during the pause', async () => {
    const { clock, onWait } = aClock();
    const { graph, sent } = aGraph(refused(131056));
    const world = await aWorld({ graph, clock });
    const { id } = await aQueuedReply(world);
    onWait(async (ms) => {
      if (ms >= 4_000) await takeAs(world, id, 'ana');
    });
    await dispatch(world.ports, id);
    expect(sent).toHaveLength(1);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state: 'refused', refusal: 'stale' });
    expect(await world.get(draftPath('jonas', id))).toMatchObject({
      reply: 'We are on our way',
      reason: 'reassigned',
    });
  });

  it('is left to whoever has the lock by now', async () => {
    const { clock, onWait } = aClock();
    const { graph, sent } = aGraph(refused(131056));
    const world = await aWorld({ graph, clock });
    const { id } = await aQueuedReply(world);
    onWait(async (ms) => {
      if (ms >= 4_000) await world.db.doc(dispatchPath(id)).update({ owner: 'another' });
    });
    await dispatch(world.ports, id);
    expect(sent).toHaveLength(1);
    expect(await stateOf(world, id)).toBe('queued');
  });
});

describe('doubt', () => {
  it('after no answer stays unknown: neither a wake-up nor the sweep sends it again', async () => {
    const { graph, sent } = aGraph({ kind: 'lost' });
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    await dispatch(world.ports, id);
    await world.sweep();
    await world.sweep();
    expect(sent).toHaveLength(1);
    expect(await stateOf(world, id)).toBe('unknown');
    expect(await conversationOf(world, id)).toMatchObject({ status: 'open' });
  });

  it('ends with a status that names the entry by its callback data', async () => {
    const { graph } = aGraph({ kind: 'lost' });
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    const status = aStatus('sent', {
      id: 'wamid.LEFT',
      biz_opaque_callback_data: callbackData(id, 'r1'),
    });
    await world.post(statuses(status));
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state: 'sent', wamid: 'wamid.LEFT' });
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'pending',
      waitingSince: null,
    });
    await world.post(statuses(aStatus('read', { id: 'wamid.LEFT' })));
    expect(await stateOf(world, id)).toBe('read');
  });

  it('of a worker that died while sending is seen by the sweep, once the lock is over', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await world.db.doc(entryPath(id, 'r1')).update({ state: 'sending' });
    const leaseUntil = world.ports.clock.now() + SEND_LEASE_MS + 30_000;
    await world.db.doc(dispatchPath(id)).set(toFirestore({ owner: 'dead', leaseUntil, wakes: 0 }));
    await world.sweep();
    expect(await stateOf(world, id)).toBe('sending');
    await world.sweep();
    expect(await stateOf(world, id)).toBe('unknown');
    expect(sent).toEqual([]);
  });
});

describe('what a lost wake-up left behind', () => {
  it('is sent by the sweep', async () => {
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await aQueuedReply(world, 'r1', { text: 'first' });
    await queueReply(world, id, 'r2', fence, { text: 'second', at: Date.now() + 1 });
    await world.sweep();
    expect(texts()).toEqual(['first', 'second']);
    expect(await stateOf(world, id, 'r2')).toBe('accepted');
  });

  it('behind a worker that died with the lock is sent by the sweep after that', async () => {
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world, 'r1', { text: 'first' });
    const leaseUntil = world.ports.clock.now() + SEND_LEASE_MS;
    await world.db.doc(dispatchPath(id)).set(toFirestore({ owner: 'dead', leaseUntil, wakes: 0 }));
    await dispatch(world.ports, id);
    expect(texts()).toEqual([]);
    await world.sweep();
    expect(texts()).toEqual(['first']);
  });

  it('of one conversation that can’t be sent does not keep the others', async () => {
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph });
    const broken = await aQueuedReply(world, 'r1', { text: 'broken' });
    await world.db.doc(conversationPath(broken.id)).update({ status: 'nonsense' });
    const other = await aThread(world, '351912345408');
    await queueReply(world, other, 'r1', await takeAs(world, other), { text: 'whole' });
    await world.sweep();
    expect(texts()).toEqual(['whole']);
  });
});

describe('the last look', () => {
  it('closes with the window: refused, and the text goes back to its author', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    world.move(25 * 60 * 60 * 1000);
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({
      state: 'refused',
      refusal: 'window-closed',
    });
    expect(await world.get(draftPath('jonas', id))).toMatchObject({
      reply: 'We are on our way',
      reason: 'window-closed',
    });
  });

  it('loses nothing of several refused replies and of what the author has typed since', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await aQueuedReply(world, 'r1', { text: 'first' });
    await queueReply(world, id, 'r2', fence, { text: 'second', at: Date.now() + 1 });
    await world.db.doc(draftPath('jonas', id)).set({ reply: 'typing', note: 'beware' });
    await takeAs(world, id, 'ana');
    await dispatch(world.ports, id);
    const draft = await world.get(draftPath('jonas', id));
    expect(draft).toMatchObject({ note: 'beware', reason: 'reassigned' });
    expect(String(draft?.['reply']).split('\n\n').sort()).toEqual(['first', 'second', 'typing']);
    expect(String(draft?.['reply']).endsWith('typing')).toBe(true);
  });

  it('refuses what was written before a resolve, and says so', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await aQueuedReply(world);
    await world.db.doc(conversationPath(id)).update({
      status: 'resolved',
      active: false,
      assignee: null,
      'assignment.version': fence + 1,
    });
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await world.get(draftPath('jonas', id))).toMatchObject({ reason: 'resolved' });
  });
});

describe('what is sent', () => {
  it('names the message that it quotes, found by our entry or by its own id', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const id = await aThread(world, '15550123456', { id: 'wamid.QUOTED' });
    const fence = await takeAs(world, id);
    const [first] = (await world.timeline(id)).filter(({ data }) => data['kind'] === 'inbound');
    await queueReply(world, id, 'r1', fence, { context: { entryId: first?.id } });
    await queueReply(world, id, 'r2', fence, { context: { entryId: 'gone' }, at: Date.now() + 1 });
    await dispatch(world.ports, id);
    expect(sent[0]).toMatchObject({ context: { message_id: 'wamid.QUOTED' } });
    expect(sent[1]).not.toHaveProperty('context');
  });

  it('carries callback data by which its statuses find it, and belongs to the case in force', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    expect(sent[0]).toMatchObject({ biz_opaque_callback_data: callbackData(id, 'r1') });
    expect(await entryOf(world, id, 'r1')).toMatchObject({ caseNumber: 1 });
  });
});

describe('statuses', () => {
  it('that come before the answer find the entry by its callback data', async () => {
    const sending = aSignal();
    const answer = aSignal<GraphAnswer>();
    const { graph } = aGraph(() => {
      sending.fulfil();
      return answer.promise;
    });
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    const done = dispatch(world.ports, id);
    await sending.promise;
    const early = { id: 'wamid.E', biz_opaque_callback_data: callbackData(id, 'r1') };
    await world.post(statuses(aStatus('sent', early), aStatus('delivered', early)));
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state: 'delivered', wamid: 'wamid.E' });
    answer.fulfil(accepted('wamid.E'));
    await done;
    expect(await entryOf(world, id, 'r1')).toMatchObject({
      state: 'delivered',
      acceptedAt: expect.any(Number) as number,
    });
  });

  it('of another number are not believed, neither by callback data nor by id', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    await world.addChannel('100000000000002');
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    const named = { id: 'wamid.SENT1', biz_opaque_callback_data: callbackData(id, 'r1') };
    const [entry] = statuses(
      aStatus('read', named),
      aStatus('failed', { id: 'wamid.SENT1' }),
    ).entry;
    const foreign = JSON.parse(
      JSON.stringify({ entry: [entry] }).replaceAll('100000000000001', '100000000000002'),
    ) as object;
    await world.post(foreign);
    expect(await stateOf(world, id)).toBe('accepted');
    expect((await fatesOf(world))['parked unknown-message']).toBe(2);
  });

  it('of a message that nobody here sent wait a day for it, and are then another tool’s', async () => {
    const world = await aWorld();
    await world.post(statuses(aStatus('delivered', { id: 'wamid.ELSEWHERE' })));
    world.move(23 * 60 * 60 * 1000);
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ 'parked unknown-message': 1 });
    world.move(2 * 60 * 60 * 1000);
    await world.sweep();
    expect(await fatesOf(world)).toEqual({ 'ignored not-ours': 1 });
  });

  it('of a message between two of our own numbers find the one that was sent', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    const twin = await aThread(world, '15550100100', { id: 'wamid.SENT1' });
    expect(twin).not.toBe(id);
    await world.post(statuses(aStatus('read', { id: 'wamid.SENT1' })));
    expect(await stateOf(world, id)).toBe('read');
  });

  it('that we have no state for are ignored with a reason', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    const of = (name: string) => aStatus(name, { id: 'wamid.SENT1' });
    await world.post(statuses(of('deleted'), of('warning'), of('teleported')));
    expect(await stateOf(world, id)).toBe('accepted');
    expect((await fatesOf(world))['ignored unsupported-status']).toBe(3);
  });

  it('failed, then delivered: delivered, and the clock stops again', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    const waiting = (await conversationOf(world, id)).waitingSince;
    await dispatch(world.ports, id);
    const of = (name: string, over: object = {}) => aStatus(name, { id: 'wamid.SENT1', ...over });
    await world.post(
      statuses(of('failed', { errors: [{ code: 131026, title: 'Undeliverable' }] })),
    );
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'open',
      waitingSince: waiting,
    });
    await world.post(statuses(of('delivered')));
    expect(await stateOf(world, id)).toBe('delivered');
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'pending',
      waitingSince: null,
    });
  });

  it('of a reply in an earlier case change nothing of the present one', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await aQueuedReply(world);
    await dispatch(world.ports, id);
    await world.db.doc(conversationPath(id)).update({
      status: 'resolved',
      active: false,
      assignee: null,
      'assignment.version': fence + 1,
    });
    await aThread(world);
    const before = await conversationOf(world, id);
    expect(before).toMatchObject({ caseNumber: 2, status: 'open' });
    await world.post(statuses(aStatus('failed', { id: 'wamid.SENT1' })));
    const { preview: _, ...after } = await conversationOf(world, id);
    expect(before).toMatchObject(after);
    expect(await stateOf(world, id)).toBe('failed');
  });

  it('about what is only queued is no news: nobody has handed it over', async () => {
    const { graph } = aGraph();
    const world = await aWorld({ graph });
    const { id } = await aQueuedReply(world);
    await world.post(
      statuses(aStatus('read', { biz_opaque_callback_data: callbackData(id, 'r1') })),
    );
    const entry = await entryOf(world, id, 'r1');
    expect(entry).toMatchObject({ state: 'queued' });
    expect(entry).not.toHaveProperty('readAt');
    expect(entry).not.toHaveProperty('wamid');
  });
});
