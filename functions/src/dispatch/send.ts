import * as v from 'valibot';
import {
  agentPath,
  agentSchema,
  callbackData,
  channelPath,
  channelSchema,
  contextSchema,
  entryPath,
  identifiersPath,
  identifiersSchema,
  judgeAnswer,
  messageBody,
  namePrefix,
  ownFailure,
  recipient,
  retryDelay,
  SEND_ATTEMPTS,
  STANDARD_THROUGHPUT,
  type DeliveryError,
  type EntryId,
  type Json,
  type MessageBody,
  type Report,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';
import { clear, type Cleared } from './clear.ts';
import type { FileAtMeta } from './file.ts';
import { renew } from './lock.ts';

/**
 * What became of a send; when, says whoever stores it. `held`: Meta turned the token away, so that it
 * certainly did not leave.
 */
export type News =
  | Omit<Report, 'at'>
  | { readonly state: 'held'; readonly error?: DeliveryError; readonly wamid?: undefined };

/** Sends an entry that is cleared. Whatever happens is an answer: it is never sent twice by itself. */
export async function send(
  ports: Ports,
  id: EntryId,
  cleared: Cleared,
  file: FileAtMeta,
  worker: string,
): Promise<News> {
  if (!file.ok) return file.held ? { state: 'held', ...file } : { state: 'failed', ...file };
  const { made, limit } = await makeMessage(ports, id, cleared, file.mediaId);
  if (!made.ok) return { state: 'failed', error: ownFailure(made.failure) };
  const { channelId } = cleared.conversation;
  return attempt(ports, id, { channelId, limit, body: made.body }, worker);
}

/** The Graph API's body of an entry, or why there is none; and the rate of the number that sends it. */
async function makeMessage(
  ports: Ports,
  id: EntryId,
  { entry, conversation, template }: Cleared,
  mediaId: string | null,
): Promise<{ readonly made: MessageBody; readonly limit: number }> {
  const context = v.parse(contextSchema, entry.context ?? {});
  const [identifiersDoc, channelDoc, agentDoc, quoted] = await ports.store.read([
    identifiersPath(conversation.contactId),
    channelPath(conversation.channelId),
    agentPath(entry.author.id),
    ...(context.entryId === undefined ? [] : [entryPath(id.conversationId, context.entryId)]),
  ]);
  const channel = readable(channelDoc, channelSchema);
  const author = readable(agentDoc, agentSchema);
  const made = messageBody({
    type: entry.type,
    text: entry.text ?? '',
    content: entry.content,
    to: recipient(parsed(identifiersDoc, identifiersSchema)?.identifiers ?? []),
    quotedWamid: parsed(quoted, quotedSchema)?.wamid ?? context.wamid,
    callback: callbackData(id.conversationId, id.entryId),
    mediaId,
    template,
    prefix: channel?.namesAgents ? namePrefix(author?.name ?? '') : '',
  });
  return { made, limit: channel?.throughput ?? STANDARD_THROUGHPUT };
}

/** All that a quote needs of the quoted entry, of whatever kind that is. */
const quotedSchema = v.object({ wamid: v.optional(v.string()) });

interface Outgoing {
  readonly channelId: string;
  /** Messages a second that the number may send. */
  readonly limit: number;
  readonly body: Json;
}

/** Sends, and sends again only what certainly never left, and only while it still may leave. */
async function attempt(
  ports: Ports,
  id: EntryId,
  { channelId, limit, body }: Outgoing,
  worker: string,
): Promise<News> {
  for (let tries = 1; ; tries += 1) {
    await ports.pace.pass(channelId, limit);
    const outcome = judgeAnswer(await ports.graph.send(channelId, body));
    if (outcome.state === 'held') return { ...outcome, state: outcome.state };
    if (outcome.state !== 'retry') return { ...outcome, state: outcome.state };
    const failed = { state: 'failed', error: outcome.error } as const;
    if (tries >= SEND_ATTEMPTS) return failed;
    await pause(ports, id, retryDelay(tries), worker);
    if (!(await clearAgain(ports, id, worker))) return failed;
  }
}

const pause = async (ports: Ports, id: EntryId, ms: number, worker: string): Promise<void> => {
  await renew(ports, id.conversationId, worker, ms);
  await ports.clock.wait(ms);
};

/** The last look once more; a message that is too early for its person waits here. */
async function clearAgain(ports: Ports, id: EntryId, worker: string): Promise<boolean> {
  for (;;) {
    const cleared = await clear(ports, id, worker, 'sending');
    if (cleared === null || typeof cleared === 'string') return false;
    if (!('early' in cleared)) return true;
    await pause(ports, id, cleared.early, worker);
  }
}
