import { describe, expect, it } from 'vitest';
import type { DocumentData, Json } from '@switchboard/domain';
import { dispatch } from '@switchboard/functions/testing';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aThread, queueReply, takeAs } from '../support/thread.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const PHONE = '15550123456';
const USER = 'US.13491208655302741918';
const OTHER = '100000000000002';

/** A message by these ids, as a webhook brings it. */
async function write(world: World, ids: { phone?: string; user?: string }, number = NUMBER) {
  const contact = { profile: { name: 'Marta' }, wa_id: ids.phone, user_id: ids.user };
  const message = aText('Hi', { from: ids.phone, from_user_id: ids.user });
  expect(await world.post(aDelivery({ contacts: [contact], messages: [message] }, number))).toBe(
    200,
  );
  await world.settle();
}

const counts = async (world: World) =>
  (await world.all('conversations'))
    .map(({ data }) => Number(data['inboundCount']))
    .sort((a, b) => a - b);

const recordOf = (world: World, contactId: string) =>
  world.get(`contacts/${contactId}/private/identifiers`);

/** A world that keeps what was sent. */
async function aSendingWorld() {
  const sent: Json[] = [];
  const send = (_: string, body: Json) => {
    sent.push(body);
    return Promise.resolve({ kind: 'accepted' as const, wamid: `wamid.S${sent.length}` });
  };
  return { world: await aWorld({ graph: { send } }), sent };
}

/** A notice that somebody goes by another number or id, as a webhook brings it. */
async function change(world: World, from: string | undefined, system: object) {
  const message = { ...aText('', { from, type: 'system', system }), text: undefined };
  expect(await world.post(aDelivery({ messages: [message] }))).toBe(200);
  await world.settle();
}

/** A message that was written some seconds from now: Meta's times have whole seconds. */
async function later(world: World, ids: { phone?: string; user?: string }, seconds = 60) {
  world.move(120_000);
  const at = Math.floor(Date.now() / 1000) + seconds;
  const message = aText('Hi', {
    from: ids.phone,
    from_user_id: ids.user,
    timestamp: String(at),
  });
  const contact = { profile: { name: 'Somebody' }, wa_id: ids.phone, user_id: ids.user };
  expect(await world.post(aDelivery({ contacts: [contact], messages: [message] }))).toBe(200);
  await world.settle();
}

describe('a person who goes by another number', () => {
  const NEW = '15550777777';

  it('stays who they are, and is answered at the new one', async () => {
    const { world, sent } = await aSendingWorld();
    await write(world, { phone: PHONE, user: USER });
    await change(world, PHONE, { type: 'user_changed_number', wa_id: NEW, user_id: 'US.2' });
    await write(world, { phone: NEW, user: 'US.2' });
    await write(world, { user: 'US.2' });
    expect(await world.all('contacts')).toHaveLength(1);
    expect(await counts(world)).toEqual([3]);
    const [conversation] = await world.all('conversations');
    const id = conversation?.id ?? '';
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([{ to: `+${NEW}` }]);
  });

  it('is found by the id that was, where no number is to be known', async () => {
    const world = await aWorld();
    await write(world, { user: USER });
    await change(world, undefined, {
      type: 'user_changed_user_id',
      previous_user_id: USER,
      user_id: 'US.2',
    });
    await write(world, { user: 'US.2' });
    expect(await counts(world)).toEqual([2]);
  });

  it('is not answered at the old number where the new one is not to be known', async () => {
    const { world, sent } = await aSendingWorld();
    await write(world, { phone: PHONE, user: USER });
    await change(world, undefined, {
      type: 'user_changed_user_id',
      previous_user_id: USER,
      user_id: 'US.2',
    });
    const [conversation] = await world.all('conversations');
    expect(conversation?.data['contact']).toMatchObject({ maskedPhone: null });
    const id = conversation?.id ?? '';
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([{ recipient: 'US.2' }]);
    expect(sent[0]).not.toHaveProperty('to');
  });

  it('leaves a number that is somebody else’s from then on', async () => {
    const world = await aWorld();
    await write(world, { phone: PHONE, user: USER });
    await change(world, PHONE, { type: 'user_changed_number', wa_id: NEW, user_id: 'US.2' });
    await later(world, { phone: PHONE, user: 'US.77' });
    await later(world, { phone: PHONE });
    expect(await world.all('contacts')).toHaveLength(2);
    expect(await counts(world)).toEqual([1, 2]);
  });

  it('is still meant by what they wrote under it before, however late that comes', async () => {
    const world = await aWorld();
    await write(world, { phone: PHONE });
    await change(world, PHONE, { type: 'user_changed_number', wa_id: NEW });
    await later(world, { phone: PHONE }, -60);
    expect(await world.all('contacts')).toHaveLength(1);
  });

  it('is one where the change and the first words after it come in one delivery', async () => {
    for (let round = 0; round < 8; round += 1) {
      const world = await aWorld();
      await write(world, { user: USER });
      const system = { type: 'user_changed_user_id', previous_user_id: USER, user_id: 'US.2' };
      const notice = { ...aText('', { from: undefined, type: 'system', system }), text: undefined };
      const words = aText('Still me', { from: undefined, from_user_id: 'US.2' });
      const messages = round % 2 === 0 ? [notice, words] : [words, notice];
      await world.post(aDelivery({ messages }));
      await world.settle();
      expect(await world.all('contacts')).toHaveLength(1);
      expect(await counts(world)).toEqual([2]);
    }
  });

  it('is not merged with whoever has that number already', async () => {
    const world = await aWorld();
    await write(world, { phone: PHONE });
    await write(world, { phone: NEW });
    await change(world, PHONE, { type: 'user_changed_number', wa_id: NEW });
    expect(await world.all('contacts')).toHaveLength(2);
    expect(await counts(world)).toEqual([1, 1]);
  });

  it('is answered at the first one again after going back to it', async () => {
    const { world, sent } = await aSendingWorld();
    await write(world, { phone: PHONE });
    await change(world, PHONE, { type: 'user_changed_number', wa_id: NEW });
    await change(world, NEW, { type: 'user_changed_number', wa_id: PHONE });
    const [conversation] = await world.all('conversations');
    const id = conversation?.id ?? '';
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([{ to: `+${PHONE}` }]);
  });
});

describe('a number that WhatsApp writes in two ways', () => {
  it.each([
    ['Brazil', '5511987654321', '551187654321'],
    ['Argentina', '5491123456789', '541123456789'],
  ])('is one person in %s', async (_, longer, shorter) => {
    const world = await aWorld();
    await write(world, { phone: longer });
    await write(world, { phone: shorter });
    expect(await world.all('contacts')).toHaveLength(1);
    expect(await counts(world)).toEqual([2]);
  });
});

describe('one person under two ids', () => {
  it('by number, then by both, then by user id: one contact, one conversation', async () => {
    const world = await aWorld();
    await write(world, { phone: PHONE });
    await write(world, { phone: PHONE, user: USER });
    await write(world, { user: USER });
    const [contact, ...others] = await world.all('contacts');
    expect(others).toEqual([]);
    expect(await counts(world)).toEqual([3]);
    expect(await recordOf(world, contact?.id ?? '')).toMatchObject({
      identifiers: [
        { kind: 'bsuid', value: USER },
        { kind: 'phone', value: PHONE },
      ],
    });
    expect(await world.all('identities')).toHaveLength(2);
  });

  it('by all three at once: still one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const world = await aWorld();
      await write(world, { phone: PHONE, user: USER });
      await Promise.all([
        write(world, { user: USER }),
        write(world, { phone: PHONE }),
        write(world, { phone: PHONE, user: USER }),
      ]);
      expect(await world.all('contacts')).toHaveLength(1);
      expect(await counts(world)).toEqual([4]);
    }
  });

  it('stays two people where the ids led to two before: the user id decides, nobody is merged', async () => {
    const world = await aWorld();
    await write(world, { phone: PHONE });
    await write(world, { user: USER });
    await write(world, { phone: PHONE, user: USER });
    await write(world, { phone: PHONE });
    expect(await world.all('contacts')).toHaveLength(2);
    expect(await counts(world)).toEqual([2, 2]);
    const records = await Promise.all(
      (await world.all('contacts')).map(({ id }) => recordOf(world, id)),
    );
    expect(
      records.map((record) => (record?.['identifiers'] as DocumentData[])[0]?.['kind']).sort(),
    ).toEqual(['bsuid', 'phone']);
  });

  it('is the same person on two numbers, with a conversation on each', async () => {
    const world = await aWorld();
    await world.addChannel(OTHER);
    await write(world, { phone: PHONE, user: USER });
    await write(world, { phone: PHONE, user: USER }, OTHER);
    const [contact, ...others] = await world.all('contacts');
    expect(others).toEqual([]);
    expect(contact?.data['conversationIds']).toHaveLength(2);
    expect(await counts(world)).toEqual([1, 1]);
  });

  it('has user ids of its own in each business portfolio: the same one elsewhere is somebody else', async () => {
    const world = await aWorld();
    await world.addChannel(OTHER, { portfolioId: '300000000000002' });
    await write(world, { user: USER });
    await write(world, { user: USER }, OTHER);
    expect(await world.all('contacts')).toHaveLength(2);
  });
});

describe('a person known by user id alone', () => {
  it('is answered by that', async () => {
    const { world, sent } = await aSendingWorld();
    await write(world, { user: USER });
    const [conversation] = await world.all('conversations');
    const id = conversation?.id ?? '';
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([{ recipient_type: 'individual', recipient: USER }]);
    expect(sent[0]).not.toHaveProperty('to');
  });

  it('is answered by number, with its plus, once that is known', async () => {
    const { world, sent } = await aSendingWorld();
    await write(world, { user: USER });
    await write(world, { phone: PHONE, user: USER });
    const [conversation] = await world.all('conversations');
    const id = conversation?.id ?? '';
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([{ to: `+${PHONE}` }]);
  });
});

describe('somebody who can’t be answered', () => {
  it('is told so by a failed reply, and nothing goes to Meta', async () => {
    const { world, sent } = await aSendingWorld();
    const id = await aThread(world, '1'.repeat(1_000));
    await queueReply(world, id, 'r1', await takeAs(world, id));
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await world.get(`conversations/${id}/timeline/r1`)).toMatchObject({
      state: 'failed',
      error: { code: 'no-recipient' },
    });
  });
});

describe('a group', () => {
  it('is a conversation of its own, apart from those of its members, and answered by nobody', async () => {
    const { world, sent } = await aSendingWorld();
    const alone = await aThread(world);
    const group = await aThread(world, PHONE, { group_id: 'G1' });
    const again = await aThread(world, '351912345408', { group_id: 'G1' });
    const other = await aThread(world, PHONE, { group_id: 'G2' });
    expect(again).toBe(group);
    expect(new Set([alone, group, other]).size).toBe(3);
    expect(await counts(world)).toEqual([1, 1, 2]);
    await queueReply(world, group, 'r1', await takeAs(world, group));
    await dispatch(world.ports, group);
    expect(sent).toEqual([]);
  });

  it('does not give its conversation the name of whoever wrote', async () => {
    const world = await aWorld();
    const message = aText('Hi', { group_id: 'G1' });
    await world.post(aDelivery({ contacts: [aSender()], messages: [message] }));
    const [conversation] = await world.all('conversations');
    expect(conversation?.data['contact']).toEqual({ name: '', maskedPhone: null });
  });
});
