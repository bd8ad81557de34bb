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
