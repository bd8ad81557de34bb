import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../model.ts';
import { at, listAt, textAt } from '../testing/json.ts';
import { NOOR, startBench, type Bench } from '../testing/bench.ts';

interface Seen {
  event: string;
  data: Json;
}

/** An open phone page: the events it has got so far. */
interface OpenPage {
  events: Seen[];
  last: (event: string) => Json | undefined;
  close: () => void;
}

let bench: Bench;
let pages: OpenPage[] = [];

beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  for (const page of pages) page.close();
  pages = [];
  await bench.stop();
});

async function openPage(from: string, options = 'page=p1&visible=1'): Promise<OpenPage> {
  const closing = new AbortController();
  const url = `${bench.sandbox.url}/phone/api/events?from=${from}&${options}`;
  const response = await fetch(url, { signal: closing.signal });
  const events: Seen[] = [];
  void collect(response, events);
  const page: OpenPage = {
    events,
    last: (event) => events.filter((one) => one.event === event).at(-1)?.data,
    close: () => {
      closing.abort();
    },
  };
  pages.push(page);
  await vi.waitFor(() => {
    expect(page.last('snapshot')).toBeDefined();
  });
  return page;
}

async function collect(response: Response, into: Seen[]): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const match = /^event: (.*)\ndata: (.*)$/m.exec(block);
        if (match) into.push({ event: match[1] ?? '', data: JSON.parse(match[2] ?? '') as Json });
      }
    }
  } catch {
    // The page was closed.
  }
}

const say = (body: string, more: Record<string, unknown> = {}) =>
  bench.post('/phone/api/send', { from: NOOR, message: { type: 'text', text: { body } }, ...more });
const answer = async (body: string) =>
  textAt((await bench.send({ to: `+${NOOR}`, text: { body } })).body, 'messages', 0, 'id');
const heard = () =>
  bench.webhook
    .items()
    .filter(({ kind }) => kind === 'messages')
    .map(({ item }) => textAt(item, 'text', 'body'));

describe('the page', () => {
  it('is served with a policy that allows nothing foreign and nothing inline', async () => {
    const response = await fetch(`${bench.sandbox.url}/phone?from=${NOOR}`);
    expect(response.status).toBe(200);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<script(?![^>]* src=)|style=|https?:\/\/| on[a-z]+=/);
  });

  it('gets every file it names, and nothing outside its folder', async () => {
    const html = await (await fetch(`${bench.sandbox.url}/phone`)).text();
    const files = [...html.matchAll(/"(\/phone\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files)
      expect((await fetch(bench.sandbox.url + file)).status, file).toBe(200);
    const outside = await fetch(`${bench.sandbox.url}/phone/assets/..%2Fpackage.json`);
    expect(outside.status).toBe(404);
  });

  it('is where the address alone leads', async () => {
    const response = await fetch(bench.sandbox.url, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe('/phone');
  });
});

describe('an open phone', () => {
  it('needs a number: 400 with a sentence', async () => {
    const { status, body } = await bench.get('/phone/api/events?from=nobody');
    expect(status).toBe(400);
    expect(at(body, 'error')).toContain('?from=<digits');
  });

  it('sees its own message tick when the webhook took it, and blue when it was read', async () => {
    const page = await openPage(NOOR);
    const wamid = textAt((await say('My fridge is leaking')).body, 'wamid');
    await vi.waitFor(() => {
      expect(page.last('message')).toMatchObject({ id: wamid, tick: 'sent' });
    });
    await bench.send({ status: 'read', message_id: wamid, typing_indicator: { type: 'text' } });
    await vi.waitFor(() => {
      expect(page.last('message')).toMatchObject({ id: wamid, tick: 'read' });
      expect(page.last('chat')).toMatchObject({ typing: true });
    });
  });

  it('keeps the clock while the webhook does not take the message', async () => {
    const page = await openPage(NOOR);
    bench.webhook.answers.push(500, 500);
    await say('hello?');
    expect(page.last('message')).toMatchObject({ tick: 'waiting' });
    await vi.waitFor(() => {
      expect(page.last('message')).toMatchObject({ tick: 'sent' });
    });
  });

  it('gets an answer live and reads it at once', async () => {
    const page = await openPage(NOOR);
    await say('hello');
    const wamid = await answer('We come today');
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent', 'delivered', 'read']);
    });
    expect(page.last('message')).toMatchObject({
      id: wamid,
      side: 'business',
      content: { text: 'We come today' },
    });
  });

  it('in the background gets the answer and reads it when it comes to the front', async () => {
    await openPage(NOOR, 'page=p1&visible=0');
    await say('hello');
    const wamid = await answer('We come today');
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent', 'delivered']);
    });
    await bench.post('/phone/api/visible', { page: 'p1', visible: true });
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent', 'delivered', 'read']);
    });
  });

  it('closed reads nothing any more', async () => {
    const page = await openPage(NOOR);
    await say('hello');
    page.close();
    await vi.waitFor(() => {
      const [chat] = bench.sandbox.world.directory.chatsOf(null);
      expect(chat && bench.sandbox.world.directory.isVisible(chat)).toBe(false);
    });
    const wamid = await answer('We come today');
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toEqual(['sent', 'delivered']);
    });
  });

  it('finds the chat as it was after a reload', async () => {
    await say('one');
    const wamid = await answer('two');
    await vi.waitFor(() => {
      expect(bench.webhook.statusesOf(wamid)).toHaveLength(2);
    });
    const page = await openPage(NOOR);
    const texts = listAt(page.last('snapshot'), 'messages').map((one) =>
      at(one, 'content', 'text'),
    );
    expect(texts).toEqual(['one', 'two']);
    expect(at(page.last('snapshot'), 'customers')).toMatchObject([{ phone: NOOR, unread: 1 }]);
  });

  it('shows reactions of both sides on the message', async () => {
    const page = await openPage(NOOR);
    const wamid = textAt((await say('thanks')).body, 'wamid');
    await bench.send({
      to: `+${NOOR}`,
      type: 'reaction',
      reaction: { message_id: wamid, emoji: '👍' },
    });
    await vi.waitFor(() => {
      expect(page.last('message')).toMatchObject({ id: wamid, reactions: { business: '👍' } });
    });
    const mine = (emoji?: string) =>
      bench.post('/phone/api/send', {
        from: NOOR,
        message: {
          type: 'reaction',
          reaction: { message_id: wamid, ...(emoji === undefined ? {} : { emoji }) },
        },
      });
    await mine('❤️');
    expect(at(page.last('message'), 'reactions')).toEqual({ business: '👍', customer: '❤️' });
    await mine();
    expect(at(page.last('message'), 'reactions')).toEqual({ business: '👍' });
  });

  it('is told to start anew after a reset', async () => {
    const page = await openPage(NOOR);
    await bench.post('/_sandbox/reset', {});
    await vi.waitFor(() => {
      expect(page.last('reset')).toEqual({});
    });
  });
});

describe('the files of a phone', () => {
  const policy = (response: Response) => response.headers.get('content-security-policy');
  const open = async (mimeType: string): Promise<Response> => {
    const { body } = await bench.post('/_sandbox/media', { mimeType, base64: 'AAAA' });
    return fetch(`${bench.sandbox.url}/phone/api/media/${textAt(body, 'id')}`);
  };

  it.each([
    ['image/jpeg', 'inline'],
    ['audio/ogg; codecs=opus', 'inline'],
    ['image/svg+xml', 'attachment'],
    ['text/html', 'attachment'],
  ])('%s is opened: %s, under the policy of the page', async (mimeType, disposition) => {
    const response = await open(mimeType);
    expect(response.headers.get('content-type')).toBe(mimeType);
    expect(response.headers.get('content-disposition')).toBe(disposition);
    expect(policy(response)).toContain("default-src 'none'");
  });

  it('are given in the parts that a player asks for: 206', async () => {
    const { url } = await open('audio/ogg');
    const part = await fetch(url, { headers: { range: 'bytes=1-' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1-2/3']);
    expect((await part.arrayBuffer()).byteLength).toBe(2);
  });

  it('are gone when nobody has them: 404', async () => {
    expect((await bench.get('/phone/api/media/1')).status).toBe(404);
  });

  it('of both sides are in their bubbles', async () => {
    const page = await openPage(NOOR);
    const { body } = await bench.post('/_sandbox/media', { mimeType: 'image/png', base64: 'AAAA' });
    const image = { id: textAt(body, 'id'), caption: 'Here' };
    await bench.post('/phone/api/send', { from: NOOR, message: { type: 'image', image } });
    const media = { kind: 'image', id: image.id, name: '' };
    expect(page.last('message')).toMatchObject({
      content: { label: 'Photo', text: 'Here', media },
    });
    await bench.send({ to: `+${NOOR}`, type: 'image', image });
    await vi.waitFor(() => {
      expect(page.last('message')).toMatchObject({ side: 'business', content: { media } });
    });
  });
});

describe('a phone whose customer takes another number', () => {
  it('is told where the chat goes on', async () => {
    const page = await openPage(NOOR);
    await bench.post('/_sandbox/customers/number', { from: NOOR, to: '15550123999' });
    await vi.waitFor(() => {
      expect(page.last('moved')).toEqual({ phone: '15550123999' });
    });
  });
});

describe('what can go wrong on the way', () => {
  it('offline, messages wait on the phone and leave in order', async () => {
    const page = await openPage(NOOR);
    await bench.post('/_sandbox/customers', { from: NOOR, online: false });
    expect((await say('one')).body).toMatchObject({ status: null, held: true });
    await say('two');
    expect(heard()).toEqual([]);
    expect(page.last('message')).toMatchObject({ tick: 'waiting' });
    await bench.post('/_sandbox/customers', { from: NOOR, online: true });
    await vi.waitFor(() => {
      expect(heard()).toEqual(['one', 'two']);
    });
  });

  it('sent twice, the whole delivery comes twice', async () => {
    await say('x', { copies: 2 });
    expect(heard()).toEqual(['x', 'x']);
  });

  it('sent out of order, a message arrives after the next one', async () => {
    await say('one', { swap: true });
    await say('two');
    await say('three');
    expect(heard()).toEqual(['two', 'one', 'three']);
  });
});

describe('what a message offers', () => {
  const parameters = ['Peter', 'oven'].map((text) => ({ type: 'text', text }));
  const template = {
    name: 'follow_up_after_repair',
    language: { code: 'en' },
    components: [{ type: 'body', parameters }],
  };
  const action = { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] };
  const rows = [{ id: 'am', title: 'Morning' }];
  const list = { button: 'Times', sections: [{ rows }] };
  const body = { text: 'Which?' };

  it.each([
    [
      'a quick reply of a template',
      { type: 'template', template },
      { type: 'button', button: { payload: 'Yes, all good', text: 'Yes, all good' } },
    ],
    [
      'a button',
      { type: 'interactive', interactive: { type: 'button', body, action } },
      { interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } } },
    ],
    [
      'a row of a list',
      { type: 'interactive', interactive: { type: 'list', body, action: list } },
      { interactive: { type: 'list_reply', list_reply: { id: 'am', title: 'Morning' } } },
    ],
    [
      'a request for the place',
      {
        type: 'interactive',
        interactive: {
          type: 'location_request_message',
          body,
          action: { name: 'send_location' },
        },
      },
      { type: 'location' },
    ],
  ])('is answered by a tap, in a signed webhook with its context: %s', async (_, sent, item) => {
    await bench.write(NOOR, 'hello');
    const page = await openPage(NOOR);
    const wamid = textAt((await bench.send({ to: `+${NOOR}`, ...sent })).body, 'messages', 0, 'id');
    await vi.waitFor(() => {
      expect(page.last('message')).toMatchObject({ id: wamid });
    });
    const answer = at(page.last('message'), 'content', 'options', 0, 'answer') as object;
    await bench.post('/phone/api/send', {
      from: NOOR,
      message: { context: { id: wamid }, ...answer },
    });
    const told = bench.webhook.items().findLast(({ kind }) => kind === 'messages');
    expect(told?.item).toMatchObject({ ...item, context: { id: wamid, from: '15550100100' } });
  });
});
