/** What a page asks Firestore for, read off the wire: which listeners are open, what they delivered. */
import type { CDPSession } from '@playwright/test';
import { framesIn } from './frames.ts';

/** The traffic of one page since {@link watchWire}. */
export interface Wire {
  /** Listeners that Firestore has open for the page now. */
  readonly open: () => number;
  /** Documents delivered to listeners so far, once for each listener: what is billed as reads. */
  readonly reads: () => number;
  /** The same of those listeners alone that begin after this call. */
  readonly fromNow: () => () => number;
  /** Counts by the server so far. */
  readonly counts: () => number;
}

interface Change {
  readonly documentChange?: { readonly targetIds?: readonly number[] };
  readonly targetChange?: { readonly targetChangeType?: string; readonly targetIds?: number[] };
}

/** One message of the client: a listener begins or ends. */
interface Asked {
  readonly addTarget?: { readonly targetId: number };
  readonly removeTarget?: number;
}

const isListen = (url: string): boolean => url.includes('Firestore/Listen/channel');

/** Watches the page from now on: call it before the page opens its first listener. */
export async function watchWire(cdp: CDPSession): Promise<Wire> {
  const open = new Set<number>();
  /** Documents delivered to each listener, in the order in which they began. */
  const delivered = new Map<number, number>();
  let counts = 0;
  const begin = (id: number): void => {
    open.add(id);
    // A listener that begins again after a break is the same one.
    delivered.set(id, delivered.get(id) ?? 0);
  };
  const heard = ({ documentChange, targetChange }: Change): void => {
    for (const id of documentChange?.targetIds ?? [])
      delivered.set(id, (delivered.get(id) ?? 0) + 1);
    if (targetChange?.targetChangeType === 'REMOVE')
      targetChange.targetIds?.forEach((id) => open.delete(id));
  };
  cdp.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.includes(':runAggregationQuery') && request.method === 'POST') counts += 1;
    if (!isListen(request.url)) return;
    for (const { addTarget, removeTarget } of askedIn(request.postData ?? '')) {
      if (addTarget) begin(addTarget.targetId);
      if (removeTarget !== undefined) open.delete(removeTarget);
    }
  });
  await readStreams(cdp, (message) => heard(message as Change));
  const reads = (from = 0): number => sum([...delivered.values()].slice(from));
  return {
    open: () => open.size,
    reads,
    fromNow() {
      const from = delivered.size;
      return () => reads(from);
    },
    counts: () => counts,
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The messages in a form that WebChannel sends: `req0___data__={…}&req1___data__={…}`. */
function askedIn(form: string): readonly Asked[] {
  return [...new URLSearchParams(form)]
    .filter(([name]) => /^req\d+___data__$/.test(name))
    .map(([, value]) => JSON.parse(value) as Asked);
}

/** Hands over every message of the streams by which Firestore answers listeners. */
async function readStreams(cdp: CDPSession, heard: (message: unknown) => void): Promise<void> {
  const streams = new Map<string, (base64: string) => void>();
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    if (!isListen(response.url)) return;
    const read = framesIn((frame) => messagesIn(frame).forEach(heard));
    const begun = soFar(cdp, requestId).then(read);
    // What follows may be handed over in the same turn as what was there already: after it.
    streams.set(requestId, (data) => void begun.then(() => read(data)));
  });
  cdp.on('Network.dataReceived', ({ requestId, data }) => {
    if (data) streams.get(requestId)?.(data);
  });
  cdp.on('Network.loadingFinished', ({ requestId }) => streams.delete(requestId));
  await cdp.send('Network.enable', { maxPostDataSize: 1_000_000 });
}

/** What has arrived of an answer, base64; from now on the rest is handed over as it comes. */
async function soFar(cdp: CDPSession, requestId: string): Promise<string> {
  try {
    return (await cdp.send('Network.streamResourceContent', { requestId })).bufferedData;
  } catch {
    return whole(cdp, requestId);
  }
}

/** An answer that ended before it was asked for; nothing where the page has left. */
async function whole(cdp: CDPSession, requestId: string): Promise<string> {
  try {
    const { body, base64Encoded } = await cdp.send('Network.getResponseBody', { requestId });
    return base64Encoded ? body : Buffer.from(body).toString('base64');
  } catch {
    return '';
  }
}

/**
 * A frame is a list of `[number, [message, …]]`; the channel's own messages are words, and what it
 * answers to a form is numbers.
 */
const messagesIn = (frame: unknown): readonly unknown[] =>
  (frame as readonly unknown[]).flatMap((part) => {
    const payload: unknown = Array.isArray(part) ? part[1] : null;
    return Array.isArray(payload) ? (payload as unknown[]) : [];
  });
