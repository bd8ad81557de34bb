import * as v from 'valibot';
import {
  agentPath,
  agentSchema,
  callbackData,
  channelPath,
  channelSchema,
  contextSchema,
  conversationPath,
  conversationSchema,
  entryPath,
  entrySchema,
  failureSignals,
  holdsReplies,
  identifiersPath,
  identifiersSchema,
  messageBody,
  namePrefix,
  ownFailure,
  recipient,
  STANDARD_THROUGHPUT,
  templateIdOf,
  templatePath,
  templateSchema,
  type Channel,
  type Conversation,
  type DeliveryError,
  type EntryId,
  type Json,
  type OutboundEntry,
  type Template,
} from '@switchboard/domain';
import { raise } from '../alerts/raise.ts';
import { parsed, readable } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';
import { bringFile } from './file.ts';

/**
 * What would leave: the Graph API's body; or nothing, for the reason that is given; or nothing before its
 * number is connected again.
 */
export type Message =
  | { readonly ok: true; readonly body: Json }
  | { readonly ok: false; readonly error: DeliveryError }
  | 'held';

/** A queued entry with all that it needs to leave but the last look. */
export interface Prepared {
  readonly id: EntryId;
  readonly channelId: string;
  /** Messages a second that its number may send. */
  readonly limit: number;
  /** Troubles of its number that a message which goes out would end. */
  readonly troubles: Channel['troubles'];
  /** The template that it is made from. */
  readonly template: Template | null;
  readonly message: Message;
}

/**
 * Reads all that an entry needs, brings its file to Meta and makes its message. It happens before the
 * entry is marked as being sent: whoever dies or fails in it leaves one that certainly did not leave.
 * `null` where the entry is not queued any more.
 *
 * @throws where the entry or its conversation can't be read.
 */
export async function prepare(ports: Ports, id: EntryId, worker: string): Promise<Prepared | null> {
  const [entryDoc, conversationDoc] = await ports.store.read([
    entryPath(id.conversationId, id.entryId),
    conversationPath(id.conversationId),
  ]);
  const entry = v.parse(entrySchema, entryDoc?.data);
  if (entry.kind !== 'outbound' || entry.state !== 'queued') return null;
  const conversation = v.parse(conversationSchema, conversationDoc?.data);
  const gathered = await gather(ports, id, entry, conversation);
  const { channel, template } = gathered;
  const { channelId } = conversation;
  return {
    id,
    channelId,
    limit: channel?.throughput ?? STANDARD_THROUGHPUT,
    troubles: channel?.troubles ?? [],
    template,
    message:
      channel && holdsReplies(channel)
        ? 'held'
        : await makeMessage(ports, { id, entry, channelId, gathered, worker }),
  };
}

interface Gathered {
  readonly to: Json | null;
  readonly channel: Channel | null;
  readonly prefix: string;
  readonly quotedWamid: string | undefined;
  readonly template: Template | null;
}

async function gather(
  { store }: Ports,
  { conversationId }: EntryId,
  entry: OutboundEntry,
  { contactId, channelId }: Conversation,
): Promise<Gathered> {
  const context = v.parse(contextSchema, entry.context ?? {});
  const quotes = context.entryId === undefined ? [] : [entryPath(conversationId, context.entryId)];
  const templateId = templateIdOf(entry);
  const [identifiersDoc, channelDoc, agentDoc, ...rest] = await store.read([
    identifiersPath(contactId),
    channelPath(channelId),
    agentPath(entry.author.id),
    ...quotes,
    ...(templateId === null ? [] : [templatePath(templateId)]),
  ]);
  const channel = readable(channelDoc, channelSchema);
  const author = readable(agentDoc, agentSchema);
  const [quoted] = rest.slice(0, quotes.length);
  const [template] = rest.slice(quotes.length);
  return {
    to: recipient(parsed(identifiersDoc, identifiersSchema)?.identifiers ?? []),
    channel,
    prefix: channel?.namesAgents ? namePrefix(author?.name ?? '') : '',
    quotedWamid: parsed(quoted, quotedSchema)?.wamid ?? context.wamid,
    template: readable(template, templateSchema),
  };
}

/** All that a quote needs of the quoted entry, of whatever kind that is. */
const quotedSchema = v.object({ wamid: v.optional(v.string()) });

interface Making {
  readonly id: EntryId;
  readonly entry: OutboundEntry;
  readonly channelId: string;
  readonly gathered: Gathered;
  readonly worker: string;
}

async function makeMessage(ports: Ports, making: Making): Promise<Message> {
  const { id, entry, channelId, worker } = making;
  const file = await bringFile(ports, id, entry, worker);
  if (file.ok) return bodyOf(making, file.mediaId);
  if (!file.held) return { ok: false, error: file.error };
  await raise(ports, failureSignals(channelId, file.error, ports.clock.now()));
  return 'held';
}

function bodyOf({ id, entry, gathered }: Making, mediaId: string | null): Message {
  const { type, text = '', content } = entry;
  const { to, prefix, quotedWamid, template } = gathered;
  const callback = callbackData(id.conversationId, id.entryId);
  const parts = { type, text, content, to, quotedWamid, callback, mediaId, template, prefix };
  const made = messageBody(parts);
  return made.ok ? made : { ok: false, error: ownFailure(made.failure) };
}
