import { describe, expect, it } from 'vitest';
import { conversationPath } from '@switchboard/domain';
import { dispatch } from '@switchboard/functions/testing';
import { fatesOf } from '../support/journal.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import {
  aStatus,
  aThread,
  conversationOf,
  queueReply,
  statuses,
  takeAs,
} from '../support/thread.ts';
import { aWorld, type World } from '../support/world.ts';

const says = (text: string, over: object = {}) =>
  aDelivery({ contacts: [aSender()], messages: [aText(text, { ...over })] });

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));

async function inboundOf(world: World, id: string) {
  return (await world.timeline(id)).filter(({ data }) => data['kind'] === 'inbound');
}

describe('many at once', () => {
  it('thirty deliveries to one conversation are thirty entries, counted once each', async () => {
    const world = await aWorld();
    const id = await aThread(world);
    const answers = await times(30, (index) => world.post(says(`${index}`)));
    await world.settle();
    await world.sweep();
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await inboundOf(world, id)).toHaveLength(31);
    expect(await conversationOf(world, id)).toMatchObject({ inboundCount: 31, caseNumber: 1 });
    expect(await fatesOf(world)).toEqual({ done: 31 });
  });

  it('one message fifty times is one entry, and the receipts say so', async () => {
    const world = await aWorld();
    const body = says('once');
    await times(50, () => world.post(body));
    await world.settle();
    await world.sweep();
    expect((await world.db.collectionGroup('timeline').get()).size).toBe(1);
    const [conversation] = await world.all('conversations');
    expect(conversation?.data).toMatchObject({ inboundCount: 1 });
    const receipts = await world.all('receipts');
    const sum = (field: string) =>
      receipts.reduce((total, { data }) => total + Number(data[field]), 0);
    expect([sum('items'), sum('fresh'), sum('repeated')]).toEqual([50, 1, 49]);
  });

  it('forty first messages of one person are one contact, one conversation and one case', async () => {
    const world = await aWorld();
    const answers = await times(40, (index) => world.post(says(`${index}`)));
    await world.settle();
    await world.sweep();
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await world.all('contacts')).toHaveLength(1);
    expect(await world.all('identities')).toHaveLength(1);
    const [conversation, ...others] = await world.all('conversations');
    expect(others).toEqual([]);
    expect(conversation?.data).toMatchObject({ inboundCount: 40, caseNumber: 1, status: 'open' });
    const id = conversation?.id ?? '';
    expect(await inboundOf(world, id)).toHaveLength(40);
    expect(await world.all(`conversations/${id}/cases`)).toHaveLength(1);
    expect(await fatesOf(world)).toEqual({ done: 40 });
  });

  it('a Take beside running ingest is not lost, and neither is a message', async () => {
    for (let round = 0; round < 5; round += 1) {
      const world = await aWorld();
      const id = await aThread(world);
      const [fence] = await Promise.all([
        takeGuarded(world, id),
        ...Array.from({ length: 15 }, (_, index) => world.post(says(`${index}`))),
      ]);
      await world.settle();
      await world.sweep();
      expect(await conversationOf(world, id)).toMatchObject({
        assignee: { kind: 'agent', id: 'jonas' },
        assignment: { version: fence, by: 'jonas' },
        inboundCount: 16,
      });
    }
  });

  it('a reading marker beside running ingest is not lost either', async () => {
    const world = await aWorld();
    const id = await aThread(world);
    await Promise.all([
      world.db.doc(conversationPath(id)).update({ readCount: 1 }),
      ...Array.from({ length: 15 }, (_, index) => world.post(says(`${index}`))),
    ]);
    await world.settle();
    await world.sweep();
    expect(await conversationOf(world, id)).toMatchObject({ inboundCount: 16, readCount: 1 });
  });

  it('all statuses of a message at once, each three times, end read, with every time', async () => {
    const world = await aWorld();
    const id = await aThread(world);
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    const wamid = (await world.get(`conversations/${id}/timeline/r1`))?.['wamid'];
    const names = ['sent', 'delivered', 'read'];
    await times(9, (index) =>
      world.post(
        statuses(
          aStatus(names[index % 3] ?? '', { id: wamid, timestamp: `179000000${index % 3}` }),
        ),
      ),
    );
    await world.settle();
    await world.sweep();
    expect(await world.get(`conversations/${id}/timeline/r1`)).toMatchObject({
      state: 'read',
      sentAt: 1_790_000_000_000,
      deliveredAt: 1_790_000_001_000,
      readAt: 1_790_000_002_000,
    });
    expect(await conversationOf(world, id)).toMatchObject({ preview: { state: 'read' } });
  });

  it('customers, an answer and its statuses at once leave the clock where it belongs', async () => {
    const world = await aWorld();
    const id = await aThread(world);
    const fence = await takeAs(world, id);
    await queueReply(world, id, 'r1', fence);
    const later = String(Math.floor(Date.now() / 1000) + 5);
    world.move(10_000);
    await Promise.all([
      dispatch(world.ports, id),
      ...Array.from({ length: 8 }, (_, index) =>
        world.post(says(`${index}`, { timestamp: later })),
      ),
    ]);
    await world.settle();
    await world.sweep();
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'open',
      waitingSince: Number(later) * 1000,
      inboundCount: 9,
    });
  });
});

/** A Take as a client makes it: only on the document that it has seen, again where that has changed. */
async function takeGuarded(world: World, id: string): Promise<number> {
  const ref = world.db.doc(conversationPath(id));
  for (;;) {
    const found = await ref.get();
    const seen = found.updateTime;
    if (seen === undefined) throw new Error('There is no conversation to take');
    const version = Number((found.get('assignment') as { version: number }).version) + 1;
    const took = await ref
      .update(
        {
          assignee: { kind: 'agent', id: 'jonas' },
          assignment: { version, at: new Date(), by: 'jonas' },
        },
        { lastUpdateTime: seen },
      )
      .then(() => true)
      .catch(() => false);
    if (took) return version;
  }
}
