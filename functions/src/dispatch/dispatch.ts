import {
  failureSignals,
  idOf,
  provedSignals,
  retryDelay,
  timelinePath,
  type EntryId,
  type Report,
  type Signal,
} from '@switchboard/domain';
import { raise } from '../alerts/raise.ts';
import { matchParked } from '../ingest/statuses.ts';
import type { Ports } from '../ports.ts';
import { tell } from '../receipts/receipt.ts';
import { clear, takeBack, type Cleared } from './clear.ts';
import { bringFile, type FileAtMeta } from './file.ts';
import { acquire, release } from './lock.ts';
import { report } from './report.ts';
import { send, type News } from './send.ts';

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

/** How long one call goes on with a queue that the pair limit holds up, ms; then the sweep does. */
const PATIENCE_MS = 120_000;

/** Sends all that is queued, one after the other; false where another worker has the lock by now. */
async function sendQueued(ports: Ports, conversationId: string, worker: string): Promise<boolean> {
  const until = ports.clock.now() + PATIENCE_MS;
  for (;;) {
    const next = await nextQueued(ports, conversationId);
    if (next === null) return true;
    const id = { conversationId, entryId: next };
    const file = await bringFile(ports, id, worker);
    const cleared = await clear(ports, id, worker);
    if (cleared === 'lock-lost') return false;
    if (cleared === 'held') return true;
    if (cleared === null) continue;
    if (!('early' in cleared)) {
      if (!(await sendOne(ports, id, cleared, file, worker))) return true;
    } else if (ports.clock.now() + cleared.early > until) return true;
    else await ports.clock.wait(cleared.early);
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

/** Sends one; false where nothing more of its number can leave and it is queued again. */
async function sendOne(
  ports: Ports,
  id: EntryId,
  cleared: Cleared,
  file: FileAtMeta,
  worker: string,
): Promise<boolean> {
  const news = await send(ports, id, cleared, file, worker);
  const at = ports.clock.now();
  // Before it is queued again: whoever finds it there must find its number as it is.
  await raise(ports, signalsOf(cleared, news, at));
  if (news.state === 'held') await takeBack(ports, id);
  else await remember(ports, id, { ...news, state: news.state, at });
  ports.log.info('dispatch.answered', { ...id, state: news.state, code: news.error?.code });
  if (news.state === 'held') return false;
  if (news.wamid === undefined) return true;
  await matchParked(ports, news.wamid);
  // Whoever reacts has read it too, so every message counts.
  await tell(ports, id.conversationId, cleared.conversation, 'replied');
  return true;
}

/** What an answer says of the number itself: why nothing leaves, or that it does again. */
function signalsOf(
  { conversation: { channelId }, troubles }: Cleared,
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
