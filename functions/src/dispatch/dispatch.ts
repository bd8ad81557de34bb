import * as v from 'valibot';
import {
  callbackData,
  checkSend,
  contextSchema,
  conversationPath,
  conversationSchema,
  decideRefusal,
  dispatchPath,
  dispatchSchema,
  draftPath,
  draftSchema,
  entryPath,
  entrySchema,
  identifiersPath,
  identifiersSchema,
  judgeSendError,
  recipient,
  retryDelay,
  SEND_ATTEMPTS,
  SEND_LEASE_MS,
  textMessage,
  timelinePath,
  update,
  type Conversation,
  type Json,
  type OutboundEntry,
  type Report,
  type Write,
} from '@switchboard/domain';
import { matchParked } from '../ingest/statuses.ts';
import type { GraphAnswer, Ports } from '../ports.ts';
import { report, type EntryId } from './report.ts';

/**
 * Sends what is queued in one conversation, in order, one worker at a time. Called for every wake-up;
 * a call that finds another worker there leaves a mark, so that the other looks once more before
 * it goes. Nothing is ever sent twice by itself.
 */
export async function dispatch(ports: Ports, conversationId: string): Promise<void> {
  const worker = ports.clock.newId();
  let wakes = await acquire(ports, conversationId, worker);
  while (wakes !== null) {
    if (!(await sendQueued(ports, conversationId, worker))) return;
    wakes = await release(ports, conversationId, worker, wakes);
  }
}

/** Sends all that is queued, one after the other; false where another worker has the lock by now. */
async function sendQueued(ports: Ports, conversationId: string, worker: string): Promise<boolean> {
  for (;;) {
    const next = await nextQueued(ports, conversationId);
    if (next === null) return true;
    const id = { conversationId, entryId: next };
    const cleared = await clear(ports, id, worker);
    if (cleared === 'lock-lost') return false;
    if (cleared !== null) await sendOne(ports, id, cleared, worker);
  }
}

/** Takes the send lock; answers the wake-ups it stands for, or `null` where another worker has it. */
const acquire = (ports: Ports, conversationId: string, worker: string): Promise<number | null> =>
  ports.store.guarded(async ({ read }) => {
    const path = dispatchPath(conversationId);
    const [found] = await read([path]);
    const lock = v.parse(dispatchSchema, found?.data ?? {});
    const now = ports.clock.now();
    const taken = lock.owner !== null && (lock.leaseUntil ?? 0) > now;
    const after = taken
      ? { ...lock, wakes: lock.wakes + 1 }
      : { ...lock, owner: worker, leaseUntil: now + SEND_LEASE_MS };
    return {
      writes: [found?.data ? update(path, after) : { op: 'create', path, data: after }],
      value: taken ? null : lock.wakes,
    };
  });

/** Leaves the lock, unless somebody woke us meanwhile: then answers the new count, and the work goes on. */
const release = (
  ports: Ports,
  conversationId: string,
  worker: string,
  wakes: number,
): Promise<number | null> =>
  ports.store.guarded(async ({ read }) => {
    const path = dispatchPath(conversationId);
    const [found] = await read([path]);
    const lock = v.parse(dispatchSchema, found?.data ?? {});
    if (lock.owner !== worker) return { writes: [], value: null };
    if (lock.wakes !== wakes) return { writes: [], value: lock.wakes };
    return { writes: [update(path, { owner: null, leaseUntil: null })], value: null };
  });

async function nextQueued(ports: Ports, conversationId: string): Promise<string | null> {
  const [found] = await ports.store.query({
    collection: timelinePath(conversationId),
    where: [
      ['kind', '==', 'outbound'],
      ['state', '==', 'queued'],
    ],
    orderBy: [['at', 'asc']],
    limit: 1,
  });
  return found?.path.split('/').at(-1) ?? null;
}

interface Cleared {
  readonly entry: OutboundEntry;
  readonly conversation: Conversation;
}

async function sendOne(ports: Ports, id: EntryId, cleared: Cleared, worker: string): Promise<void> {
  const body = await bodyOf(ports, id, cleared);
  const news =
    body === null ? NO_RECIPIENT : await send(ports, id, cleared.conversation, body, worker);
  await remember(ports, id, { ...news, at: ports.clock.now() });
  ports.log.info('dispatch.answered', { ...id, state: news.state, code: news.error?.code });
  if (news.wamid !== undefined) await matchParked(ports, news.wamid);
}

type News = Omit<Report, 'at'>;

/** Tries to store what the Graph API answered: what it accepted must not be forgotten over a hiccup. */
const REMEMBER_ATTEMPTS = 3;

async function remember(ports: Ports, id: EntryId, news: Report): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await report(ports, id, news);
    } catch (error) {
      if (attempt >= REMEMBER_ATTEMPTS) throw error;
      await ports.clock.wait(retryDelay(attempt));
    }
  }
}

/** Nobody to send to: the contact has no number and no user id that the Graph API takes. */
const NO_RECIPIENT: News = {
  state: 'failed',
  error: {
    code: 131026,
    title: 'No recipient',
    details: 'The contact has no identifier to send to',
  },
};

/** Cleared to leave; or the lock is somebody else's; or `null`: this entry needs nothing more. */
type Clearance = Cleared | 'lock-lost' | null;

/**
 * The last look: marks the entry `sending` and renews the lock, or refuses the entry and gives the text
 * back to its author. Between two tries the same look holds for an entry that is `sending` already.
 */
const clear = (
  ports: Ports,
  id: EntryId,
  worker: string,
  from: 'queued' | 'sending' = 'queued',
): Promise<Clearance> =>
  ports.store.guarded<Clearance>(async ({ read }) => {
    const [entryDoc, conversationDoc, lockDoc] = await read([
      entryPath(id.conversationId, id.entryId),
      conversationPath(id.conversationId),
      dispatchPath(id.conversationId),
    ]);
    if (lockDoc?.data?.['owner'] !== worker) return { writes: [], value: 'lock-lost' };
    const entry = v.parse(entrySchema, entryDoc?.data);
    if (entry.kind !== 'outbound' || entry.state !== from) return { writes: [], value: null };
    const conversation = v.parse(conversationSchema, conversationDoc?.data);
    const now = ports.clock.now();
    const check = checkSend(entry, conversation, now);
    if (check === 'send')
      return { writes: marked(id, entry, conversation, now), value: { entry, conversation } };
    const [draftDoc] = await read([draftPath(entry.author.id, id.conversationId)]);
    const draft = draftDoc?.data ? v.parse(draftSchema, draftDoc.data) : null;
    const state = { ...id, entry, conversation, draft };
    return { writes: decideRefusal(state, check, now), value: null };
  });

const marked = (
  { conversationId, entryId }: EntryId,
  entry: OutboundEntry,
  conversation: Conversation,
  now: number,
): readonly Write[] => [
  update(entryPath(conversationId, entryId), {
    state: 'sending',
    sendingAt: now,
    // A client may leave the case out; from here on the entry belongs to one.
    caseNumber: entry.caseNumber || conversation.caseNumber,
  }),
  update(dispatchPath(conversationId), { leaseUntil: now + SEND_LEASE_MS }),
];

/** The Graph API's body of an entry; `null` where the contact can't be reached. */
async function bodyOf(
  ports: Ports,
  id: EntryId,
  { entry, conversation }: Cleared,
): Promise<Json | null> {
  const context = v.parse(contextSchema, entry.context ?? {});
  const [identifiersDoc, quoted] = await ports.store.read([
    identifiersPath(conversation.contactId),
    ...(context.entryId === undefined ? [] : [entryPath(id.conversationId, context.entryId)]),
  ]);
  if (!identifiersDoc?.data) return null;
  const to = recipient(v.parse(identifiersSchema, identifiersDoc.data).identifiers);
  if (to === null) return null;
  return textMessage({
    to,
    text: entry.text ?? '',
    quotedWamid: (quoted?.data?.['wamid'] as string | undefined) ?? context.wamid,
    callback: callbackData(id.conversationId, id.entryId),
  });
}

/** Sends, and sends again only what certainly never left, and only while it still may leave. */
async function send(
  ports: Ports,
  id: EntryId,
  conversation: Conversation,
  body: Json,
  worker: string,
): Promise<News> {
  for (let attempt = 1; ; attempt += 1) {
    const verdict = judge(await ports.graph.send(conversation.channelId, body));
    if (verdict.state !== 'retry') return verdict;
    const failed = { state: 'failed', error: verdict.error } as const;
    if (attempt >= SEND_ATTEMPTS) return failed;
    const delay = retryDelay(attempt);
    await renew(ports, id.conversationId, worker, delay);
    await ports.clock.wait(delay);
    const cleared = await clear(ports, id, worker, 'sending');
    if (cleared === null || cleared === 'lock-lost') return failed;
  }
}

type Verdict = News | { readonly state: 'retry'; readonly error: NonNullable<News['error']> };

function judge(answer: GraphAnswer): Verdict {
  switch (answer.kind) {
    case 'accepted':
      return { state: 'accepted', wamid: answer.wamid };
    case 'lost':
      return { state: 'unknown' };
    case 'unreachable':
      return {
        state: 'retry',
        error: {
          code: 131016,
          title: 'Unreachable',
          details: 'The Graph API could not be reached',
        },
      };
    case 'refused': {
      const error = { code: answer.code ?? 131000, title: answer.title, details: answer.details };
      const verdict = judgeSendError(answer.httpStatus, answer.code);
      return verdict === 'unknown' ? { state: 'unknown', error } : { state: verdict, error };
    }
  }
}

/** Keeps the lock over a pause. */
const renew = (
  ports: Ports,
  conversationId: string,
  worker: string,
  delay: number,
): Promise<null> =>
  ports.store.guarded(async ({ read }) => {
    const path = dispatchPath(conversationId);
    const [found] = await read([path]);
    if (found?.data?.['owner'] !== worker) return { writes: [], value: null };
    return {
      writes: [update(path, { leaseUntil: ports.clock.now() + delay + SEND_LEASE_MS })],
      value: null,
    };
  });
