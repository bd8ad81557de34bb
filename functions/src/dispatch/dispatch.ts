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
    for (
      let next = await nextQueued(ports, conversationId);
      next !== null;
      next = await nextQueued(ports, conversationId)
    ) {
      await sendOne(ports, { conversationId, entryId: next }, worker);
    }
    wakes = await release(ports, conversationId, worker, wakes);
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

async function sendOne(ports: Ports, id: EntryId, worker: string): Promise<void> {
  const cleared = await clear(ports, id, worker);
  if (cleared === null) return;
  const body = await bodyOf(ports, id, cleared);
  const news =
    body === null ? NO_RECIPIENT : await send(ports, id, cleared.conversation, body, worker);
  await report(ports, id, { ...news, at: ports.clock.now() });
  ports.log.info('dispatch.answered', { ...id, state: news.state, code: news.error?.code });
  if (news.wamid !== undefined) await matchParked(ports, news.wamid);
}

type News = Omit<Report, 'at'>;

/** Nobody to send to: the contact has no number and no user id that the Graph API takes. */
const NO_RECIPIENT: News = {
  state: 'failed',
  error: {
    code: 131026,
    title: 'No recipient',
    details: 'The contact has no identifier to send to',
  },
};

/** The last look: marks the entry `sending`, or refuses it and gives the text back to its author. */
const clear = (ports: Ports, id: EntryId, worker: string): Promise<Cleared | null> =>
  ports.store.guarded(async ({ read }) => {
    const [entryDoc, conversationDoc, lockDoc] = await read([
      entryPath(id.conversationId, id.entryId),
      conversationPath(id.conversationId),
      dispatchPath(id.conversationId),
    ]);
    const entry = v.parse(entrySchema, entryDoc?.data);
    const conversation = v.parse(conversationSchema, conversationDoc?.data);
    const owner = lockDoc?.data?.['owner'];
    if (entry.kind !== 'outbound' || entry.state !== 'queued' || owner !== worker)
      return { writes: [], value: null };
    const now = ports.clock.now();
    const check = checkSend(entry, conversation, now);
    if (check === 'send') {
      const lease = update(dispatchPath(id.conversationId), { leaseUntil: now + SEND_LEASE_MS });
      const mark = update(entryPath(id.conversationId, id.entryId), {
        state: 'sending',
        sendingAt: now,
        // A client may leave the case out; from here on the entry belongs to one.
        caseNumber: entry.caseNumber || conversation.caseNumber,
      });
      return { writes: [mark, lease], value: { entry, conversation } };
    }
    const [draftDoc] = await read([draftPath(entry.author.id, id.conversationId)]);
    const draft = draftDoc?.data ? v.parse(draftSchema, draftDoc.data) : null;
    return { writes: decideRefusal(id, entry, draft, check, now), value: null };
  });

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

/** Sends, and sends again only what certainly never left. */
async function send(
  ports: Ports,
  id: EntryId,
  conversation: Conversation,
  body: Json,
  worker: string,
): Promise<News> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ports.graph.send(conversation.channelId, body);
    const verdict = judge(answer);
    if (verdict.state !== 'retry') return verdict;
    if (attempt >= SEND_ATTEMPTS) return { state: 'failed', error: verdict.error };
    const delay = retryDelay(attempt);
    await renew(ports, id.conversationId, worker, delay);
    await ports.clock.wait(delay);
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
