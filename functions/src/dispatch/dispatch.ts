import {
  failureSignals,
  idOf,
  provedSignals,
  retryDelay,
  timelinePath,
  type DeliveryError,
  type EntryId,
  type Report,
  type Signal,
} from '@switchboard/domain';
import { raise } from '../alerts/raise.ts';
import { matchParked } from '../ingest/statuses.ts';
import type { Ports } from '../ports.ts';
import { tell } from '../receipts/receipt.ts';
import { takeBack } from './clear.ts';
import { acquire, release } from './lock.ts';
import { prepare, type Prepared } from './prepare.ts';
import { report } from './report.ts';
import { send, type News, type Sent } from './send.ts';

/** How long one call goes on with a queue that the pair limit holds up, ms; then the sweep does. */
const PATIENCE_MS = 120_000;

/**
 * Sends what is queued in one conversation, in order, one worker at a time. Called for every wake-up;
 * a call that finds another worker there leaves a mark, so that the other looks once more before
 * it goes. Nothing is ever sent twice by itself. `patience` (ms) is how long it waits for the pair limit:
 * a call that has more to do than this conversation waits for nothing, and comes back.
 */
export async function dispatch(
  ports: Ports,
  conversationId: string,
  patience = PATIENCE_MS,
): Promise<void> {
  const worker = ports.clock.newId();
  const until = ports.clock.now() + patience;
  let wakes = await acquire(ports, conversationId, worker);
  while (wakes !== null) {
    if (!(await sendQueued(ports, conversationId, worker, until))) return;
    wakes = await release(ports, conversationId, worker, wakes);
  }
}

/** Sends all that is queued, one after the other; false where another worker has the lock by now. */
async function sendQueued(
  ports: Ports,
  conversationId: string,
  worker: string,
  until: number,
): Promise<boolean> {
  for (;;) {
    const entryId = await nextQueued(ports, conversationId);
    if (entryId === null) return true;
    const prepared = await prepare(ports, { conversationId, entryId }, worker);
    if (prepared === null) continue;
    const sent = await send(ports, prepared, worker, until);
    if (sent === 'lock-lost') return false;
    if (sent === 'held' || (sent !== null && 'early' in sent)) return true;
    if (sent === null) continue;
    if ('heldBy' in sent) return hold(ports, prepared, sent.heldBy, worker);
    await conclude(ports, prepared, sent);
  }
}

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
  return found ? idOf(found.path) : null;
}

/** Meta turned the token away: nothing more of the number can leave, and this one is queued again. */
async function hold(
  ports: Ports,
  { id, channelId }: Prepared,
  error: DeliveryError,
  worker: string,
): Promise<true> {
  // Before it is queued again: whoever finds it there must find its number as it is.
  await raise(ports, failureSignals(channelId, error, ports.clock.now()));
  await takeBack(ports, id, worker, 0);
  ports.log.info('dispatch.answered', { ...id, state: 'held', code: error.code });
  return true;
}

/** Keeps what became of a send, and does what follows from it. */
async function conclude(
  ports: Ports,
  prepared: Prepared,
  { conversation, news }: Extract<Sent, { news: News }>,
): Promise<void> {
  const { id } = prepared;
  const at = ports.clock.now();
  await raise(ports, signalsOf(prepared, news, at));
  await remember(ports, id, { ...news, at });
  ports.log.info('dispatch.answered', { ...id, state: news.state, code: news.error?.code });
  if (news.wamid === undefined) return;
  await matchParked(ports, news.wamid);
  // Whoever reacts has read it too, so every message counts.
  await tell(ports, id.conversationId, conversation, 'replied');
}

/** What an answer says of the number itself: why nothing leaves, or that it does again. */
function signalsOf(
  { channelId, troubles }: Prepared,
  { state, error }: News,
  at: number,
): readonly Signal[] {
  if (state === 'accepted') return provedSignals(channelId, troubles, 'accepted', at);
  return error ? failureSignals(channelId, error, at) : [];
}

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
