import {
  judgeAnswer,
  retryDelay,
  SEND_ATTEMPTS,
  type Conversation,
  type DeliveryError,
  type Json,
  type Report,
} from '@switchboard/domain';
import type { Ports } from '../ports.ts';
import { clear, isCleared, isEarly, takeBack, type Clearance } from './clear.ts';
import { renew } from './lock.ts';
import type { Prepared } from './prepare.ts';

/** What became of a send that nobody hears of again; when, says whoever stores it. */
export type News = Omit<Report, 'at'>;

/**
 * How a try to send ended: an answer, with the conversation that it was sent in; or Meta turned the token
 * away, so that it certainly did not leave; or what kept it from being tried.
 */
export type Sent =
  | { readonly conversation: Conversation; readonly news: News }
  | { readonly heldBy: DeliveryError }
  | Exclude<Clearance, Conversation>;

/**
 * Sends an entry that is prepared, and sends again only what certainly never left, and only while it still
 * may leave. Between two tries it is queued: whoever dies then leaves one that did not leave. For its
 * person's turn it waits until `until` (epoch ms).
 */
export async function send(
  ports: Ports,
  prepared: Prepared,
  worker: string,
  until: number,
): Promise<Sent> {
  const { id, message } = prepared;
  for (let tries = 1; ; tries += 1) {
    const conversation = await passAndClear(ports, prepared, worker, until);
    if (!isCleared(conversation)) return conversation;
    if (message === 'held') return message;
    if (!message.ok) return { conversation, news: { state: 'failed', error: message.error } };
    const outcome = await post(ports, prepared.channelId, message.body);
    if (outcome.state === 'held') return { heldBy: outcome.error };
    if (outcome.state !== 'retry')
      return { conversation, news: { ...outcome, state: outcome.state } };
    if (tries >= SEND_ATTEMPTS)
      return { conversation, news: { state: 'failed', error: outcome.error } };
    const pause = retryDelay(tries);
    await takeBack(ports, id, worker, pause);
    await ports.clock.wait(pause);
  }
}

const post = async ({ graph }: Ports, channelId: string, body: Json) =>
  judgeAnswer(await graph.send(channelId, body));

/** Waits until the number may send, and looks a last time; too early for its person, it looks again then. */
async function passAndClear(
  ports: Ports,
  prepared: Prepared,
  worker: string,
  until: number,
): Promise<Clearance> {
  const { id, channelId, limit, message } = prepared;
  for (;;) {
    if (message !== 'held' && message.ok) await ports.pace.pass(channelId, limit);
    const cleared = await clear(ports, prepared, worker);
    const early = isEarly(cleared) ? cleared.early : null;
    if (early === null || ports.clock.now() + early > until) return cleared;
    await renew(ports, id.conversationId, worker, early);
    await ports.clock.wait(early);
  }
}
