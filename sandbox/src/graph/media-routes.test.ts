import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOOR, NUMBER_ID, startBench, TOKEN, type Answer, type Bench } from '../testing/bench.ts';
import { at, textAt } from '../testing/json.ts';
import { DEMO_NUMBER, type Json } from '../model.ts';

const START = 1_790_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let bench: Bench;
let now: number;

beforeEach(async () => {
  now = START;
  bench = await startBench({ clock: () => now });
});
afterEach(async () => {
  await bench.stop();
});

const photo = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const base64 = Buffer.from(photo).toString('base64');
const sha256 = createHash('sha256').update(photo).digest();

async function upload(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  number = NUMBER_ID,
): Promise<Answer> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new Blob([bytes], { type }), 'file');
  return post(form, number);
}

async function post(form: FormData, number = NUMBER_ID): Promise<Answer> {
  const url = `${bench.sandbox.url}/v24.0/${number}/media`;
  const response = await fetch(url, { method: 'POST', headers: TOKEN, body: form });
  return { status: response.status, body: (await response.json()) as Json };
}

const fromCustomer = async (changes = {}): Promise<string> =>
  textAt(
    (await bench.post('/_sandbox/media', { mimeType: 'image/jpeg', base64, ...changes })).body,
    'id',
  );
const lookUp = (id: string, query = '') => bench.get(`/v24.0/${id}${query}`, TOKEN);
const download = (url: string, headers: Record<string, string> = TOKEN) => fetch(url, { headers });
const refusal = ({ status, body }: Answer) => [status, at(body, 'error', 'code')];

describe('a customer’s media', () => {
  it('are looked up and downloaded as they were sent', async () => {
    const id = await fromCustomer();
    const { status, body } = await lookUp(id, `?phone_number_id=${NUMBER_ID}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      url: expect.stringContaining(`${bench.sandbox.url}/_media/`),
      mime_type: 'image/jpeg',
      sha256: sha256.toString('hex'),
      file_size: photo.byteLength,
      id,
    });
    const response = await download(textAt(body, 'url'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('content-length')).toBe(String(photo.byteLength));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(photo);
  });

  it('are given to nobody without the token: 401', async () => {
    const { body } = await lookUp(await fromCustomer());
    expect((await download(textAt(body, 'url'), {})).status).toBe(401);
    expect((await download(textAt(body, 'url'))).status).toBe(200);
  });

  it('have an address for five minutes, and another after that', async () => {
    const id = await fromCustomer();
    const url = textAt((await lookUp(id)).body, 'url');
    now = START + 5 * MINUTE - 1;
    expect((await download(url)).status).toBe(200);
    now = START + 5 * MINUTE;
    expect((await download(url)).status).toBe(404);
    expect((await download(textAt((await lookUp(id)).body, 'url'))).status).toBe(200);
  });

  it('have no other address: one that was made up is 404', async () => {
    const url = new URL(textAt((await lookUp(await fromCustomer())).body, 'url'));
    url.searchParams.set('mid', await fromCustomer());
    expect((await download(url.href)).status).toBe(404);
  });

  it('live for seven days', async () => {
    const id = await fromCustomer();
    now = START + 7 * DAY - 1;
    expect((await lookUp(id)).status).toBe(200);
    now = START + 7 * DAY;
    expect(refusal(await lookUp(id))).toEqual([400, 100]);
  });

  it('belong to their number: code 100, subcode 33 for another', async () => {
    const answer = await lookUp(await fromCustomer(), '?phone_number_id=999');
    expect(refusal(answer)).toEqual([400, 100]);
    expect(at(answer.body, 'error', 'error_subcode')).toBe(33);
  });

  it('are found under the id that was chosen for them, the last of those that share it', async () => {
    await fromCustomer({ id: '1000000000000001', mimeType: 'image/png' });
    expect(await fromCustomer({ id: '1000000000000001' })).toBe('1000000000000001');
    const { body } = await lookUp('1000000000000001');
    expect(at(body, 'mime_type')).toBe('image/jpeg');
  });

  it('make room for newer ones, the oldest first', async () => {
    const { media, directory } = bench.sandbox.world;
    const keep = () =>
      media.keep(directory.numbers[0]!, { mimeType: 'video/mp4', bytes: large }, DAY).id;
    const large = new Uint8Array(80 * 1024 * 1024);
    const ids = [keep(), keep(), keep()];
    expect(ids.map((id) => media.find(id) !== undefined)).toEqual([false, true, true]);
  });

  it.each([
    ['no base64', { base64: 'not base64!' }],
    ['an id that is no number', { id: '../1' }],
    ['no MIME type', { mimeType: 'photo' }],
    ['a property that is not documented', { file: 'x' }],
  ])('with %s are refused: 400', async (_, changes) => {
    const body = { mimeType: 'image/jpeg', base64, ...changes };
    expect((await bench.post('/_sandbox/media', body)).status).toBe(400);
  });
});

describe('uploading', () => {
  it('answers an id that lives for thirty days', async () => {
    const { status, body } = await upload(photo, 'image/jpeg');
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.stringMatching(/^\d{16}$/) });
    now = START + 30 * DAY - 1;
    expect((await lookUp(textAt(body, 'id'))).status).toBe(200);
    now = START + 30 * DAY;
    expect((await lookUp(textAt(body, 'id'))).status).toBe(400);
  });

  it('takes a type with its codec', async () => {
    expect((await upload(photo, 'audio/ogg; codecs=opus')).status).toBe(200);
  });

  it('refuses a type that WhatsApp does not carry, and names those it does', async () => {
    const answer = await upload(photo, 'audio/webm');
    expect(refusal(answer)).toEqual([400, 100]);
    expect(at(answer.body, 'error', 'message')).toMatch(/audio\/ogg.*'audio\/webm'/);
  });

  const KB = 1024;
  const animated = (size: number) => {
    const bytes = new Uint8Array(size);
    bytes.set(Buffer.from('RIFF....WEBPVP8X....\x02', 'latin1'));
    return bytes;
  };

  it.each([
    ['a photo', 'image/png', new Uint8Array(5 * KB * KB), new Uint8Array(5 * KB * KB + 1)],
    ['a sticker', 'image/webp', new Uint8Array(100 * KB), new Uint8Array(100 * KB + 1)],
    ['an animated sticker', 'image/webp', animated(500 * KB), animated(500 * KB + 1)],
  ])('takes %s of its largest size and not a byte more: 131053', async (_, type, most, more) => {
    expect((await upload(most, type)).status).toBe(200);
    expect(refusal(await upload(more, type))).toEqual([400, 131053]);
  });

  it('needs product, file and a number that is there: code 100', async () => {
    const form = new FormData();
    expect(at((await post(form)).body, 'error', 'message')).toContain('messaging_product');
    form.set('messaging_product', 'whatsapp');
    expect(at((await post(form)).body, 'error', 'message')).toContain('file');
    expect(refusal(await upload(photo, 'image/jpeg', '999'))).toEqual([400, 100]);
  });

  it('is undone by deleting', async () => {
    const id = textAt((await upload(photo, 'image/jpeg')).body, 'id');
    const url = `${bench.sandbox.url}/v24.0/${id}`;
    const response = await fetch(url, { method: 'DELETE', headers: TOKEN });
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    expect((await fetch(url, { method: 'DELETE', headers: TOKEN })).status).toBe(400);
    expect(refusal(await lookUp(id))).toEqual([400, 100]);
  });

  const sendImage = (image: Record<string, unknown>) =>
    bench.send({ to: `+${NOOR}`, type: 'image', image });
  const idOf = (answer: Answer) => textAt(answer.body, 'messages', 0, 'id');

  it('comes before sending: an id that names nothing, or another number’s file, is refused', async () => {
    const answer = await sendImage({ id: '12345' });
    expect(refusal(answer)).toEqual([400, 100]);
    expect(at(answer.body, 'error', 'message')).toBe(
      "(#100) Param image['id'] is not a valid whatsapp business account media attachment ID",
    );
    const stranger = { ...DEMO_NUMBER, phoneNumberId: '9' };
    const { id } = bench.sandbox.world.media.keep(
      stranger,
      { mimeType: 'image/jpeg', bytes: photo },
      DAY,
    );
    expect(refusal(await sendImage({ id }))).toEqual([400, 100]);
  });

  it('of one kind does not go as another: 131053 by webhook', async () => {
    await bench.write(NOOR, 'hello');
    const ogg = textAt((await upload(photo, 'audio/ogg')).body, 'id');
    const mp3 = textAt((await upload(photo, 'audio/mpeg')).body, 'id');
    const audio = (id: string, voice: boolean) =>
      bench.send({ to: `+${NOOR}`, type: 'audio', audio: { id, voice } });
    const document = { id: mp3, filename: 'recording.mp3' };
    const good = [
      idOf(await sendImage({ id: textAt((await upload(photo, 'image/jpeg')).body, 'id') })),
      idOf(await audio(ogg, true)),
      idOf(await audio(mp3, false)),
      idOf(await bench.send({ to: `+${NOOR}`, type: 'document', document })),
    ];
    const bad = [idOf(await sendImage({ id: ogg })), idOf(await audio(mp3, true))];
    await vi.waitFor(() => {
      for (const id of good)
        expect(bench.webhook.statusesOf(id).sort()).toEqual(['delivered', 'sent']);
      for (const id of bad) expect(bench.webhook.statusesOf(id)).toEqual(['failed']);
    });
    const failed = bench.webhook.items().find(({ item }) => item.id === bad[0]);
    expect(failed?.item.errors).toMatchObject([{ code: 131053 }]);
  });
});

describe('faults on media', () => {
  const fault = (changes: Record<string, unknown>) =>
    bench.post('/_sandbox/faults', { op: 'media', mode: 'error', times: 1, ...changes });

  it('error answers the lookup with its code, so many times', async () => {
    const id = await fromCustomer();
    await fault({ code: 131000 });
    expect(refusal(await lookUp(id))).toEqual([500, 131000]);
    expect((await lookUp(id)).status).toBe(200);
  });

  it('error answers the download too', async () => {
    const url = textAt((await lookUp(await fromCustomer())).body, 'url');
    await fault({ httpStatus: 404 });
    expect((await download(url)).status).toBe(404);
    expect((await download(url)).status).toBe(200);
  });

  it('on the download alone the lookup answers', async () => {
    const id = await fromCustomer();
    await fault({ op: 'download', code: 2 });
    const url = textAt((await lookUp(id)).body, 'url');
    expect((await download(url)).status).toBe(503);
    expect((await download(url)).status).toBe(200);
  });

  it('timeout never answers', async () => {
    const id = await fromCustomer();
    await fault({ mode: 'timeout' });
    const signal = AbortSignal.timeout(100);
    const url = `${bench.sandbox.url}/v24.0/${id}`;
    await expect(fetch(url, { headers: TOKEN, signal })).rejects.toThrow('timeout');
  });

  it('slow answers late', async () => {
    const id = await fromCustomer();
    await fault({ mode: 'slow', delay: 60 });
    const startedAt = performance.now();
    expect((await lookUp(id)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(50);
  });
});
