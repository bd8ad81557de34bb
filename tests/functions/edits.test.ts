import { describe, expect, it } from 'vitest';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { aWorld, type World } from '../support/world.ts';

const say = (world: World, ...messages: readonly object[]) =>
  world.post(aDelivery({ contacts: [aSender()], messages }));

const previewOf = async (world: World) => (await world.all('conversations'))[0]?.data['preview'];

const change = (type: 'edit' | 'revoke', wamid: string, rest: object = {}) =>
  aText('', { type, text: undefined, [type]: { original_message_id: wamid, ...rest } });
const words = (body: string) => ({ message: { type: 'text', text: { body } } });

describe('the row of a conversation', () => {
  it('keeps no words that their customer deleted, and shows no later edit of them', async () => {
    const world = await aWorld();
    const message = aText('My card number is 4111');
    await say(world, message);
    await say(world, change('revoke', message.id));
    expect(await previewOf(world)).toMatchObject({ type: 'revoke', text: '' });
    await say(world, change('edit', message.id, words('My card number is 4112')));
    expect(await previewOf(world)).toMatchObject({ type: 'revoke', text: '' });
  });

  it('shows the new words of what was edited', async () => {
    const world = await aWorld();
    const message = aText('At five');
    await say(world, message, change('edit', message.id, words('At six')));
    expect(await previewOf(world)).toMatchObject({ type: 'text', text: 'At six' });
  });

  it('never has the words of a message that was deleted before it came', async () => {
    const world = await aWorld();
    const message = aText('My card number is 4111');
    await say(world, change('revoke', message.id));
    await say(world, message);
    expect(await previewOf(world)).toMatchObject({ type: 'revoke', text: '' });
    expect((await world.all('conversations'))[0]?.data).toMatchObject({
      status: 'open',
      inboundCount: 1,
      ahead: [],
    });
  });

  it('is the same however a message, its edits and its deletion race each other', async () => {
    const rows = await Promise.all(
      [0, 1, 2, 3].map(async (turn) => {
        const world = await aWorld();
        const at = Math.floor(Date.now() / 1000) - 60;
        const message = aText('At five', { timestamp: String(at) });
        const bodies = [
          message,
          { ...change('edit', message.id, words('At six')), timestamp: String(at + 1) },
          { ...change('edit', message.id, words('At seven')), timestamp: String(at + 2) },
        ];
        const turned = [...bodies.slice(turn % 3), ...bodies.slice(0, turn % 3)];
        if (turn === 3) await Promise.all(turned.map((one) => say(world, one)));
        else for (const one of turned) await say(world, one);
        await world.settle();
        await world.sweep();
        return previewOf(world);
      }),
    );
    for (const row of rows) expect(row).toMatchObject({ type: 'text', text: 'At seven' });
  });

  it('stays as it is where an earlier message is deleted', async () => {
    const world = await aWorld();
    const message = aText('Hi');
    await say(world, message);
    await say(
      world,
      aText('Are you there?', { timestamp: String(Math.floor(Date.now() / 1000) + 1) }),
    );
    await say(world, change('revoke', message.id));
    expect(await previewOf(world)).toMatchObject({ type: 'text', text: 'Are you there?' });
  });
});
