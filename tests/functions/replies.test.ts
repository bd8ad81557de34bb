import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  agentPath,
  channelPath,
  mediaPath,
  templatePath,
  throughputPath,
  uploadPath,
  UPLOAD_PART,
  type DocumentData,
  type Json,
} from '@switchboard/domain';
import { aChannel, anAgent, aTemplate } from '@switchboard/domain/testing';
import {
  dispatch,
  folderMedia,
  media as mediaCall,
  schedule,
  sweep,
  uploadPart,
  type Graph,
  type OutgoingFile,
  type UploadAnswer,
} from '@switchboard/functions/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClock } from '../support/clock.ts';
import { aGraph, refused } from '../support/graph.ts';
import {
  aStatus,
  aThread,
  conversationOf,
  entryOf,
  queueReply,
  statuses,
  takeAs,
} from '../support/thread.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.alloc(5_000, 7),
]);
const MEDIA = 'a'.repeat(32);
const CALLER = { uid: 'jonas', token: { r: 'agent', t: ['support'], all: false } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchboard-replies-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What an upload to Meta brought. */
interface Uploaded {
  readonly number: string;
  readonly mimeType: string;
  readonly filename: string;
  readonly bytes: Buffer;
}

/** A Graph API that keeps messages and files, and answers uploads as it is told. */
function aMeta(...answers: readonly UploadAnswer[]) {
  const scripted = aGraph();
  const files: Uploaded[] = [];
  const upload = async (number: string, { bytes, mimeType, filename }: OutgoingFile) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    files.push({ number, mimeType, filename, bytes: Buffer.concat(pieces) });
    return answers[files.length - 1] ?? ({ kind: 'uploaded', id: `M${files.length}` } as const);
  };
  return { ...scripted, files, graph: { ...scripted.graph, upload } };
}

const aReplyingWorld = (graph: Partial<Graph>, over: object = {}): Promise<World> =>
  aWorld({ graph, media: folderMedia(folder), ...over });

/** A thread that Jonas holds; the id of the conversation and the fence. */
async function held(world: World, from?: string) {
  await world.db.doc(agentPath('jonas')).set({ ...anAgent({ name: 'Jonas Weber' }) });
  const id = await aThread(world, from);
  return { id, fence: await takeAs(world, id) };
}

/** An answer of the callable about an upload. */
async function begin(world: World, conversationId: string, over: object = {}) {
  return mediaCall(world.ports, CALLER, {
    type: 'upload',
    conversationId,
    mediaId: MEDIA,
    filename: 'slip.png',
    mimeType: 'image/png',
    size: PNG.length,
    ...over,
  });
}

type Began = Awaited<ReturnType<typeof begin>>;
const urlOf = (began: Began): string =>
  began.code === 'ok' ? (began.addresses[MEDIA] ?? '') : began.code;
const put = (world: World, url: string, part: number, body: Uint8Array) =>
  uploadPart(world.ports, { method: 'PUT', url: `${url}&part=${part}`, body });

/** A photo that has come whole. */
async function aPhoto(world: World, conversationId: string): Promise<DocumentData> {
  const url = urlOf(await begin(world, conversationId));
  expect((await put(world, url, 0, PNG)).status).toBe(200);
  return { id: MEDIA, state: 'stored', mimeType: 'image/png', size: PNG.length };
}

const photo = (media: DocumentData): DocumentData => ({ type: 'image', text: 'The slip', media });

describe('a file from a colleague', () => {
  it('is uploaded, brought to Meta once, and sent with its caption', async () => {
    const { graph, sent, files } = aMeta();
    const world = await aReplyingWorld(graph);
    const { id, fence } = await held(world);
    await queueReply(world, id, 'r1', fence, photo(await aPhoto(world, id)));
    await dispatch(world.ports, id);
    expect(files).toMatchObject([{ number: NUMBER, mimeType: 'image/png', filename: 'slip.png' }]);
    expect(files[0]?.bytes.equals(PNG)).toBe(true);
    expect(sent).toMatchObject([{ type: 'image', image: { id: 'M1', caption: 'The slip' } }]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state: 'accepted' });
  });

  it('is not brought to Meta again for a second message with it', async () => {
    const { graph, sent, files } = aMeta();
    const world = await aReplyingWorld(graph);
    const { id, fence } = await held(world);
    const media = await aPhoto(world, id);
    await queueReply(world, id, 'r1', fence, photo(media));
    await dispatch(world.ports, id);
    await queueReply(world, id, 'r2', fence, photo(media));
    await dispatch(world.ports, id);
    expect([files.length, sent.length]).toEqual([1, 2]);
    expect(sent[1]).toMatchObject({ image: { id: 'M1' } });
  });

  it('comes in parts, in any order and twice, and is whole at the end', async () => {
    const world = await aReplyingWorld({});
    const { id } = await held(world);
    const whole = Buffer.alloc(UPLOAD_PART * 2 + 3, 9);
    PNG.copy(whole);
    const url = urlOf(await begin(world, id, { size: whole.length }));
    const part = (n: number) => whole.subarray(n * UPLOAD_PART, (n + 1) * UPLOAD_PART);
    expect((await put(world, url, 2, part(2))).body).toEqual({ code: 'ok', next: 0 });
    expect((await put(world, url, 0, part(0))).body).toEqual({ code: 'ok', next: 1 });
    expect((await put(world, url, 0, part(0))).body).toEqual({ code: 'ok', next: 1 });
    expect(await begin(world, id, { size: whole.length })).toMatchObject({ next: 1 });
    const media = { mimeType: 'image/png', size: whole.length };
    expect((await put(world, url, 1, part(1))).body).toMatchObject({ code: 'ok', media });
    // Its answer was lost: the same part again is answered the same.
    expect((await put(world, url, 1, part(1))).body).toMatchObject({ code: 'ok', media });
    expect(await world.get(mediaPath(MEDIA))).toMatchObject({ state: 'stored', by: 'jonas' });
    expect(await world.get(uploadPath(MEDIA))).toBeNull();
  });

  it.each<readonly [string, object, string]>([
    ['of a conversation that somebody else holds', {}, 'not-holder'],
    ['of a conversation that is not there', { conversationId: 'nowhere' }, 'not-found'],
    ['of a file of no size', { size: 0 }, 'bad-input'],
    ['under an id that the server gives', { mediaId: 'x'.repeat(43) }, 'bad-input'],
  ])('is refused at the beginning: %s', async (_, over, code) => {
    const world = await aReplyingWorld({});
    const { id } = await held(world);
    if (code === 'not-holder') await takeAs(world, id, 'ana');
    expect(await begin(world, id, over)).toMatchObject({ code });
  });

  it('is refused at an address that is another person’s, too old, or of another part', async () => {
    const { clock, move } = aClock();
    const world = await aReplyingWorld({}, { clock });
    const { id } = await held(world);
    const url = urlOf(await begin(world, id));
    expect((await put(world, url.replace('for=jonas', 'for=ana'), 0, PNG)).status).toBe(403);
    expect((await put(world, url.replace('/upload/', '/media/'), 0, PNG)).status).toBe(403);
    expect((await put(world, url, 1, PNG)).status).toBe(400);
    expect((await put(world, url, 0, PNG.subarray(1))).status).toBe(400);
    move(60 * 60 * 1000);
    expect((await put(world, url, 0, PNG)).status).toBe(403);
  });

  it('that nobody goes on with is thrown away after a day', async () => {
    const world = await aReplyingWorld({});
    const { id } = await held(world);
    await begin(world, id, { size: UPLOAD_PART + 1 });
    world.move(25 * 60 * 60 * 1000);
    await sweep(world.ports);
    expect(await world.get(uploadPath(MEDIA))).toBeNull();
  });

  it('of another conversation can’t be sent: its id may have been guessed', async () => {
    const { graph, sent } = aMeta();
    const world = await aReplyingWorld(graph);
    const first = await held(world);
    const media = await aPhoto(world, first.id);
    const second = await held(world, '15550999999');
    await queueReply(world, second.id, 'r1', second.fence, photo(media));
    await dispatch(world.ports, second.id);
    expect(sent).toEqual([]);
    expect(await entryOf(world, second.id, 'r1')).toMatchObject({
      state: 'failed',
      error: { code: 'no-media' },
    });
  });

  it('of a kind that its message is not is told to be none', async () => {
    const { graph, sent } = aMeta();
    const world = await aReplyingWorld(graph);
    const { id, fence } = await held(world);
    await queueReply(world, id, 'r1', fence, { ...photo(await aPhoto(world, id)), type: 'video' });
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ error: { code: 'bad-file' } });
  });

  it('is brought to Meta again after a hiccup, while its message still waits', async () => {
    const { clock, waits } = aClock();
    const { graph, sent, files } = aMeta({ kind: 'unreachable' }, { kind: 'lost' });
    const world = await aReplyingWorld(graph, { clock });
    const { id, fence } = await held(world);
    await queueReply(world, id, 'r1', fence, photo(await aPhoto(world, id)));
    await dispatch(world.ports, id);
    expect([files.length, sent.length]).toEqual([3, 1]);
    expect(waits).toEqual([4_000, 16_000]);
  });

  it('that Meta refuses fails with Meta’s reason, and its message does not leave', async () => {
    const { graph, sent } = aMeta(refused(131053) as UploadAnswer);
    const world = await aReplyingWorld(graph);
    const { id, fence } = await held(world);
    await queueReply(world, id, 'r1', fence, photo(await aPhoto(world, id)));
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({
      state: 'failed',
      error: { code: 131053 },
    });
  });
});

describe('a template', () => {
  const template = {
    type: 'template',
    content: { templateId: '7', values: { body: ['Peter', 'Forno 60'] } },
  };

  it('leaves after the window has closed, and says in the thread what it really said', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await held(world);
    await world.db.doc(templatePath('7')).set({ ...aTemplate() });
    world.move(25 * 60 * 60 * 1000);
    await queueReply(world, id, 'r1', fence, { ...template, text: 'Something else' });
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([
      { type: 'template', template: { name: 'follow_up_after_repair', language: { code: 'en' } } },
    ]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({
      state: 'accepted',
      text: expect.stringMatching(/^Hello Peter, we repaired your Forno 60/),
      content: { name: 'follow_up_after_repair', buttons: [{ text: 'Yes, all good' }, {}] },
    });
    expect(await conversationOf(world, id)).toMatchObject({
      preview: { type: 'template', text: expect.stringMatching(/^Hello Peter/) },
    });
  });

  it('that Meta no longer allows is not sent, and says so', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await held(world);
    await world.db.doc(templatePath('7')).set({ ...aTemplate({ status: 'PAUSED' }) });
    await queueReply(world, id, 'r1', fence, template);
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({
      error: { code: 'template-unavailable' },
    });
  });
});

describe('a file that came whole and that nobody sent', () => {
  const DAY = 24 * 60 * 60 * 1000;
  const bytesOf = (world: World) => world.ports.media.open(MEDIA, { start: 0, end: 1 });
  /** Holds a thread, and has uploaded a photo. */
  async function anUnsentPhoto() {
    const { graph, sent } = aMeta();
    const world = await aReplyingWorld(graph);
    const thread = await held(world);
    return { world, sent, ...thread, media: await aPhoto(world, thread.id) };
  }
  const later = async (world: World, ms: number) => {
    world.move(ms);
    await sweep(world.ports);
  };

  it('is thrown away after a day, and not before', async () => {
    const { world } = await anUnsentPhoto();
    await later(world, DAY - 60_000);
    expect(await bytesOf(world)).not.toBeNull();
    await later(world, 120_000);
    expect(await bytesOf(world)).toBeNull();
    expect(await world.get(mediaPath(MEDIA))).toBeNull();
  });

  it('stays where a message carries it, also one that still waits', async () => {
    const { world, id, fence, media, sent } = await anUnsentPhoto();
    await world.addChannel(NUMBER, { health: 'reconnect' });
    await queueReply(world, id, 'r1', fence, photo(media));
    await later(world, DAY + 60_000);
    expect(sent).toEqual([]);
    expect(await bytesOf(world)).not.toBeNull();
    expect(await world.get(mediaPath(MEDIA))).toMatchObject({ expiresAt: null });
  });

  it('stays while a message for later carries it, and goes once that is cancelled', async () => {
    const { world, id, fence, media } = await anUnsentPhoto();
    const planned = { scheduledId: 'b'.repeat(32), conversationId: id };
    const plan = {
      ...planned,
      type: 'plan',
      expectedVersion: fence,
      dueAt: world.ports.clock.now() + 3 * DAY,
      message: photo(media),
    };
    expect(await schedule(world.ports, CALLER, plan)).toEqual({ code: 'ok' });
    await later(world, DAY + 60_000);
    expect(await bytesOf(world)).not.toBeNull();
    await schedule(world.ports, CALLER, { ...planned, type: 'cancel' });
    await later(world, DAY + 60_000);
    expect(await bytesOf(world)).toBeNull();
  });
});

describe('a reaction', () => {
  it('goes to the message that it names, stops no clock and shows in no row', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await held(world);
    const [inbound] = (await world.timeline(id)).filter(({ data }) => data['kind'] === 'inbound');
    const before = await conversationOf(world, id);
    await queueReply(world, id, 'r1', fence, {
      type: 'reaction',
      text: undefined,
      content: { emoji: '👍' },
      context: { entryId: inbound?.id },
    });
    await dispatch(world.ports, id);
    expect(sent).toMatchObject([
      { type: 'reaction', reaction: { message_id: inbound?.data['wamid'], emoji: '👍' } },
    ]);
    expect(await conversationOf(world, id)).toMatchObject({
      status: 'open',
      waitingSince: before.waitingSince,
      lastAnswerAt: null,
      preview: { entryId: inbound?.id },
    });
  });
});

describe('what a message carries', () => {
  it('is its author’s name where the number says so', async () => {
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await held(world);
    await world.db.doc(channelPath(NUMBER)).set({ ...aChannel({ namesAgents: true }) });
    await queueReply(world, id, 'r1', fence);
    await dispatch(world.ports, id);
    expect(texts()).toEqual(['*Jonas Weber:*\nWe are on our way']);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ text: 'We are on our way' });
  });

  it('that WhatsApp would refuse never leaves', async () => {
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph });
    const { id, fence } = await held(world);
    const content = { kind: 'button', buttons: [{ id: 'a', title: 'x'.repeat(21) }] };
    await queueReply(world, id, 'r1', fence, { type: 'interactive', content });
    await dispatch(world.ports, id);
    expect(sent).toEqual([]);
    expect(await entryOf(world, id, 'r1')).toMatchObject({ error: { code: 'bad-content' } });
  });
});

describe('the pace', () => {
  it('toward one person is WhatsApp’s: 45 at once, then one every six seconds, in order', async () => {
    const { clock, waits } = aClock();
    const { graph, texts } = aGraph();
    const world = await aWorld({ graph, clock });
    const { id, fence } = await held(world);
    const queued = Array.from({ length: 48 }, (_, n) => `no ${String(n).padStart(2, '0')}`);
    for (const [n, text] of queued.entries())
      await queueReply(world, id, `r${n}`, fence, { text, at: clock.now() + n });
    await dispatch(world.ports, id);
    expect(texts()).toEqual(queued);
    // Waits below a second are the number's own pace.
    expect(waits.filter((ms) => ms > 1_000)).toHaveLength(3);
  });

  it('of a number is leased from one document by those who send much', async () => {
    const { clock } = aClock();
    const { graph, sent } = aGraph();
    const world = await aWorld({ graph, clock });
    const { id, fence } = await held(world);
    for (let n = 0; n < 10; n += 1)
      await queueReply(world, id, `r${n}`, fence, { at: clock.now() + n });
    await dispatch(world.ports, id);
    expect(sent).toHaveLength(10);
    expect(await world.get(throughputPath(NUMBER))).toMatchObject({ leased: 20 });
  });
});

describe('templates of an account', () => {
  const row = (id: string, over: Json = {}) => ({
    id,
    name: `name_${id}`,
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: `Hello {{1}} of ${id}` }],
    ...over,
  });

  /** A Meta with these pages of templates; `null` where it does not answer. */
  function aCatalogue(first: readonly Json[][] | null) {
    let pages: readonly Json[][] | null = first;
    const asked: (string | null)[] = [];
    const templates: Graph['templates'] = (_, __, after) => {
      asked.push(after);
      const at = Number(after ?? 0);
      const rows = pages?.[at];
      if (pages === null || rows === undefined) return Promise.resolve(null);
      return Promise.resolve({ rows, after: at + 1 < pages.length ? String(at + 1) : null });
    };
    return { templates, asked, become: (next: readonly Json[][] | null) => void (pages = next) };
  }

  it('are brought by the sweep, page by page, and asked for again hours later', async () => {
    const { templates, asked, become } = aCatalogue([[row('1')], [row('2')]]);
    const world = await aWorld({ graph: { templates } });
    await world.sweep();
    await world.sweep();
    expect(asked).toEqual([null, '1']);
    expect(await world.get(templatePath('2'))).toMatchObject({
      name: 'name_2',
      status: 'APPROVED',
    });
    become([[row('1', { status: 'PAUSED' })]]);
    world.move(6 * 60 * 60 * 1000);
    await world.sweep();
    expect(await world.get(templatePath('1'))).toMatchObject({ status: 'PAUSED' });
    expect(await world.get(templatePath('2'))).toMatchObject({ status: 'DELETED' });
  });

  it('stay as they are where Meta does not answer, and are asked for minutes later', async () => {
    const { templates, asked, become } = aCatalogue([[row('1')]]);
    const world = await aWorld({ graph: { templates } });
    await world.sweep();
    become(null);
    world.move(6 * 60 * 60 * 1000);
    await world.sweep();
    expect(await world.get(templatePath('1'))).toMatchObject({ status: 'APPROVED' });
    await world.sweep();
    expect(asked).toHaveLength(2);
    world.move(10 * 60 * 1000);
    await world.sweep();
    expect(asked).toHaveLength(3);
  });
});

describe('what WhatsApp reports', () => {
  it('about a photo comes as about any message', async () => {
    const { graph } = aMeta();
    const world = await aReplyingWorld(graph);
    const { id, fence } = await held(world);
    await queueReply(world, id, 'r1', fence, photo(await aPhoto(world, id)));
    await dispatch(world.ports, id);
    const wamid = (await entryOf(world, id, 'r1'))?.['wamid'];
    await world.post(statuses(aStatus('delivered', { id: wamid })));
    await world.settle();
    expect(await entryOf(world, id, 'r1')).toMatchObject({ state: 'delivered' });
  });
});
