import * as v from 'valibot';
import {
  callbackData,
  contextSchema,
  entryPath,
  identifiersPath,
  identifiersSchema,
  judgeAnswer,
  ownFailure,
  recipient,
  retryDelay,
  SEND_ATTEMPTS,
  textMessage,
  type DeliveryError,
  type EntryId,
  type Json,
  type Report,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';
import { clear, type Cleared } from './clear.ts';
import { renew } from './lock.ts';

/**
 * What became of a send; when, says whoever stores it. `held`: Meta turned the token away, so that it
 * certainly did not leave.
 */
export type News =
  | Omit<Report, 'at'>
  | { readonly state: 'held'; readonly error: DeliveryError; readonly wamid?: undefined };

/** Sends an entry that is cleared. Whatever happens is an answer: it is never sent twice by itself. */
export async function send(
  ports: Ports,
  id: EntryId,
  cleared: Cleared,
  worker: string,
): Promise<News> {
  const body = await bodyOf(ports, id, cleared);
  if (body === null) return { state: 'failed', error: ownFailure('no-recipient') };
  return attempt(ports, id, cleared.conversation.channelId, body, worker);
}

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
  const to = recipient(parsed(identifiersDoc, identifiersSchema)?.identifiers ?? []);
  if (to === null) return null;
  return textMessage({
    to,
    text: entry.text ?? '',
    quotedWamid: parsed(quoted, quotedSchema)?.wamid ?? context.wamid,
    callback: callbackData(id.conversationId, id.entryId),
  });
}

/** All that a quote needs of the quoted entry, of whatever kind that is. */
const quotedSchema = v.object({ wamid: v.optional(v.string()) });

/** Sends, and sends again only what certainly never left, and only while it still may leave. */
async function attempt(
  ports: Ports,
  id: EntryId,
  channelId: string,
  body: Json,
  worker: string,
): Promise<News> {
  for (let tries = 1; ; tries += 1) {
    const outcome = judgeAnswer(await ports.graph.send(channelId, body));
    if (outcome.state === 'held') return { ...outcome, state: outcome.state };
    if (outcome.state !== 'retry') return { ...outcome, state: outcome.state };
    const failed = { state: 'failed', error: outcome.error } as const;
    if (tries >= SEND_ATTEMPTS) return failed;
    const pause = retryDelay(tries);
    await renew(ports, id.conversationId, worker, pause);
    await ports.clock.wait(pause);
    const cleared = await clear(ports, id, worker, 'sending');
    if (cleared === null || cleared === 'lock-lost' || cleared === 'held') return failed;
  }
}
