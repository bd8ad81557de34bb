import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { NOOR, startBench, type Bench } from '../testing/bench.ts';
import { at, listAt, textAt } from '../testing/json.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.stop();
});

const bytes = Buffer.from('%PDF-1.7 receipt');
const keep = async (mimeType: string, filename?: string) =>
  (await bench.post('/_sandbox/media', { mimeType, base64: bytes.toString('base64'), filename }))
    .body;
const write = async (message: JsonObject) => {
  const { body } = await bench.post('/_sandbox/inbound', { from: NOOR, message });
  return textAt(body, 'wamid');
};
const told = () => bench.webhook.items().at(-1)!;
const bubbles = () => {
  const { directory } = bench.sandbox.world;
  return listAt(directory.snapshot(directory.chatsOf(null)[0]!), 'messages');
};

describe('a customer sends media', () => {
  it('by their id alone: the webhook tells the rest', async () => {
    const media = await keep('application/pdf', 'receipt.pdf');
    const id = textAt(media, 'id');
    await write({ type: 'document', document: { id, caption: 'my receipt' } });
    expect(told().item.document).toEqual({
      id,
      mime_type: 'application/pdf',
      sha256: textAt(media, 'sha256'),
      filename: 'receipt.pdf',
      caption: 'my receipt',
    });
    expect(textAt(media, 'sha256')).toMatch(/^[\w+/]{43}=$/);
  });

  it('with what a test says of them: a wrong hash stays wrong', async () => {
    const id = textAt(await keep('audio/ogg; codecs=opus'), 'id');
    await write({ type: 'audio', audio: { id, voice: true, sha256: 'x' } });
    expect(told().item.audio).toEqual({
      id,
      mime_type: 'audio/ogg; codecs=opus',
      sha256: 'x',
      voice: true,
    });
  });

  it('stickers say whether they move, and an id that names nothing goes as it is', async () => {
    const id = textAt(await keep('image/webp'), 'id');
    await write({ type: 'sticker', sticker: { id } });
    expect(told().item.sticker).toMatchObject({ animated: false });
    await write({ type: 'image', image: { id: '1' } });
    expect(told().item.image).toEqual({ id: '1' });
  });
});

describe('a customer is asked for the number', () => {
  it('and shares it, without a card', async () => {
    await write({ type: 'contacts', contacts: [{ origin: 'contact_request' }] });
    expect(told().item.contacts).toEqual([
      { origin: 'contact_request', phones: [{ phone: `+${NOOR}`, wa_id: NOOR }] },
    ]);
  });
});

describe('a customer changes a message', () => {
  it('edits it: the phone shows the new words, the webhook names the old message', async () => {
    const original = await write({ type: 'text', text: { body: 'It leeks' } });
    const message = { type: 'text', text: { body: 'It leaks' } };
    await write({ type: 'edit', edit: { original_message_id: original, message } });
    expect(told().item).toMatchObject({
      type: 'edit',
      edit: { original_message_id: original, message },
    });
    expect(bubbles()).toMatchObject([
      { id: original, content: { text: 'It leaks' }, editable: 'It leaks', edited: true },
    ]);
  });

  it('edits a caption: the webhook tells the media again', async () => {
    const image = { id: textAt(await keep('image/jpeg'), 'id') };
    const original = await write({ type: 'image', image });
    const message = { type: 'image', image: { ...image, caption: 'here' } };
    await write({ type: 'edit', edit: { original_message_id: original, message } });
    expect(at(told().item, 'edit', 'message', 'image')).toMatchObject({
      ...image,
      mime_type: 'image/jpeg',
      caption: 'here',
    });
  });

  it('deletes it: the phone shows that, and nothing to edit', async () => {
    const original = await write({ type: 'text', text: { body: 'secret' } });
    await write({ type: 'revoke', revoke: { original_message_id: original } });
    expect(told().item).toMatchObject({
      type: 'revoke',
      revoke: { original_message_id: original },
    });
    expect(bubbles()).toMatchObject([
      { id: original, content: { label: 'You deleted this message', text: '' }, editable: null },
    ]);
  });

  it('that the phone does not have: only the webhook knows', async () => {
    await write({ type: 'revoke', revoke: { original_message_id: 'wamid.gone' } });
    expect(told().item.type).toBe('revoke');
    expect(bubbles()).toEqual([]);
  });
});

describe('a customer takes another number', () => {
  const NEW = '15550123999';
  const change = (to: string) => bench.post('/_sandbox/customers/number', { from: NOOR, to });

  it('WhatsApp tells it without contacts, and the chat goes on under the new one', async () => {
    await bench.write(NOOR, 'hello');
    const before = bench.sandbox.world.directory.findCustomer(NOOR)!.userId;
    const { body } = await change(`+${NEW}`);
    const userId = textAt(body, 'userId');
    expect(userId).not.toBe(before);
    expect(told().value).not.toHaveProperty('contacts');
    expect(told().item).toMatchObject({
      from: NOOR,
      type: 'system',
      system: {
        type: 'user_changed_number',
        body: expect.stringContaining(`changed from ${NOOR} to ${NEW}`),
        wa_id: NEW,
        user_id: userId,
        previous_user_id: before,
      },
    });
    await bench.write(NEW, 'me again');
    expect(told().item).toMatchObject({ from: NEW, from_user_id: userId });
    expect(bubbles()).toMatchObject([
      { content: { text: 'hello' } },
      { content: { text: 'me again' } },
    ]);
  });

  it('withheld, only the user ids are told', async () => {
    await bench.write(NOOR, 'hello');
    await bench.post('/_sandbox/customers', { from: NOOR, phoneHidden: true });
    await change(NEW);
    expect(told().item).toMatchObject({ system: { type: 'user_changed_user_id' } });
    expect(JSON.stringify(told().value)).not.toContain(NEW);
    expect(JSON.stringify(told().value)).not.toContain(NOOR);
  });

  it('that somebody has: 400', async () => {
    await bench.write(NOOR, 'hello');
    await bench.write(NEW, 'hello');
    const { status, body } = await change(NEW);
    expect([status, at(body, 'error')]).toEqual([400, `The number ${NEW} is taken.`]);
  });
});
