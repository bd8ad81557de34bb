import type * as v from 'valibot';
import {
  asText,
  canonicalPhone,
  casePath,
  caseSchema,
  contactPath,
  contactSchema,
  conversationPath,
  wholeConversationSchema,
  decideIngest,
  echoReport,
  entryPath,
  entryTime,
  identifiersPath,
  identifiersSchema,
  identityPath,
  identitySchema,
  idOf,
  isChange,
  isEcho,
  journalDone,
  LOOKUP_ORDER,
  mayPredateCase,
  mediaPath,
  timelinePath,
  type Case,
  type Channel,
  type DocumentData,
  type Identifier,
  type IngestState,
  type JournaledMessage,
  type KnownIdentifier,
  type Write,
} from '@switchboard/domain';
import { report } from '../dispatch/report.ts';
import { wake } from '../media/wake.ts';
import { parsed } from '../platform/parsed.ts';
import type { Gather, Ports, Snapshot } from '../ports.ts';

/** Brings messages of one sender to one number into their conversation, in one guarded commit. */
export async function ingestMessages(
  ports: Ports,
  channelId: string,
  channel: Channel,
  messages: readonly JournaledMessage[],
  again: boolean,
): Promise<void> {
  const identifiers = await hashIdentifiers(ports, channel, messages);
  // One id for all tries: a rival who brings the same sender in first takes its place by the identity.
  const newContactId = ports.clock.newId();
  const { media, conversationId } = await ports.store.guarded(async (gather, tries) => {
    const state = await gatherIngest(ports, gather, {
      channelId,
      channel,
      identifiers,
      newContactId,
      messages,
      ids: messages
        .filter(({ item }) => again || tries > 0 || item.fills === true)
        .map(({ id }) => id),
    });
    const decided = decideIngest(state, messages, ports.clock.now());
    const writes = tries > 0 ? await begunOnce(gather, decided) : decided;
    const media = writes.filter(beginsMedia).map(({ path }) => idOf(path));
    return { writes, value: { media, conversationId: state.conversationId } };
  });
  for (const echo of messages.filter(isEcho)) await reportEcho(ports, conversationId, echo);
  await wake(ports, media);
}

/** What a colleague wrote on a phone has been sent: the clock stops, and its journal item is done. */
const reportEcho = (ports: Ports, conversationId: string, echo: JournaledMessage): Promise<void> =>
  report(ports, { conversationId, entryId: echo.id }, echoReport(echo), [
    journalDone(echo, { conversationId }, ports.clock.now()),
  ]);

const beginsMedia = ({ op, path }: Write): boolean =>
  op === 'create' && path === mediaPath(idOf(path));

/**
 * Without tasks of media that are there already: the same message under another sender's name, once in
 * a copy of history and once by itself. It must not keep the message waiting for ever.
 */
async function begunOnce(gather: Gather, writes: readonly Write[]): Promise<readonly Write[]> {
  const begun = writes.filter(beginsMedia).map(({ path }) => path);
  const found = begun.length === 0 ? [] : await gather.read(begun);
  const there = new Set(found.filter(({ data }) => data !== null).map(({ path }) => path));
  return writes.filter((write) => !(beginsMedia(write) && there.has(write.path)));
}

type Hashed = Omit<KnownIdentifier, 'contactId'>;

/**
 * The sender's identifiers in the order in which they are asked: who they were before who they are from
 * now on. User ids are scoped to a business portfolio; a number is one in all the ways to write it.
 */
async function hashIdentifiers(
  ports: Pick<Ports, 'hash'>,
  channel: Channel,
  messages: readonly JournaledMessage[],
): Promise<readonly Hashed[]> {
  const senders = messages.flatMap(({ item }) => item.sender ?? []);
  const named = [
    ...inOrder(senders.flatMap(({ identifiers }) => identifiers)),
    ...inOrder(senders.flatMap(({ becomes }) => becomes ?? [])).map((id) => ({
      ...id,
      becomes: true,
    })),
  ];
  const hashed = await Promise.all(
    named.map(async ({ becomes, ...identifier }: Identifier & { becomes?: boolean }) => ({
      identifier,
      becomes: becomes ?? false,
      hash: await ports.hash.identity(identityParts(identifier, channel)),
    })),
  );
  // Of one that is both, what they were counts: nothing changes.
  return hashed.filter(({ hash }, at) => hashed.findIndex((one) => one.hash === hash) === at);
}

/** Each once, whatever number of messages names it. */
function inOrder(identifiers: readonly Identifier[]): readonly Identifier[] {
  const once = new Map(identifiers.map((id) => [`${id.kind} ${id.value}`, id]));
  return LOOKUP_ORDER.flatMap((kind) => [...once.values()].filter((id) => id.kind === kind));
}

const identityParts = ({ kind, value }: Identifier, channel: Channel): readonly string[] =>
  kind === 'phone'
    ? [kind, '', canonicalPhone(value)]
    : [kind, channel.portfolioId || channel.wabaId, value];

/** An identifier with whom it leads to. What was written after they left it is not their word. */
function known(
  hashed: Hashed,
  identity: v.InferOutput<typeof identitySchema> | null,
  messages: readonly JournaledMessage[],
): KnownIdentifier {
  const leftAt = identity?.leftAt ?? null;
  const strange = leftAt !== null && messages.every((message) => entryTime(message) > leftAt);
  return {
    ...hashed,
    contactId: strange ? null : (identity?.contactId ?? null),
    left: leftAt !== null,
  };
}

/** Hashes of the numbers on record that lead to this contact and are none of those that they now have. */
async function findLeaving(
  ports: Pick<Ports, 'hash'>,
  gather: Gather,
  of: {
    readonly contactId: string;
    readonly record: readonly Identifier[];
    readonly channel: Channel;
    readonly identifiers: readonly KnownIdentifier[];
  },
): Promise<readonly string[]> {
  const stays = new Set(of.identifiers.filter(({ becomes }) => becomes).map(({ hash }) => hash));
  const phones = of.record.filter(({ kind }) => kind === 'phone');
  const hashes = await Promise.all(
    phones.map((phone) => ports.hash.identity(identityParts(phone, of.channel))),
  );
  const leaving = [...new Set(hashes)].filter((hash) => !stays.has(hash));
  const found = await gather.read(leaving.map(identityPath));
  return leaving.filter((_, index) => {
    const identity = parsed(found[index], identitySchema);
    return identity?.contactId === of.contactId && identity.leftAt === null;
  });
}

/**
 * Entry ids are made of what names a message; an edit or deletion names the message that it is about.
 * One of ours may have left from here, under an id of its own, and is found by WhatsApp's.
 */
async function findTargets(
  { hash }: Pick<Ports, 'hash'>,
  gather: Gather,
  conversationId: string,
  messages: readonly JournaledMessage[],
): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  for (const { id, item } of messages.filter(({ item }) => isChange(item.type))) {
    const wamid = asText(item.body.content?.['wamid']);
    if (wamid === undefined) continue;
    const [sent] = item.by ? await findSent(gather, conversationId, wamid) : [];
    const key = [item.by ? 'echo' : 'message', item.phoneNumberId ?? '', wamid];
    targets.set(id, sent ? idOf(sent.path) : hash.id(key));
  }
  return targets;
}

const findSent = (gather: Gather, conversationId: string, wamid: string) =>
  gather.query({
    collection: timelinePath(conversationId),
    where: [
      ['kind', '==', 'outbound'],
      ['wamid', '==', wamid],
    ],
    limit: 1,
  });

/** What of these entries is there, without its media, or not reported yet. */
function standing(
  found: readonly Snapshot[],
): Pick<IngestState, 'present' | 'placeholders' | 'unreported'> {
  const ids = (holds: (data: DocumentData) => boolean) =>
    new Set(found.filter(({ data }) => data && holds(data)).map(({ path }) => idOf(path)));
  return {
    present: ids(() => true),
    placeholders: ids((data) => data['type'] === 'media_placeholder'),
    unreported: ids((data) => data['state'] === 'sending'),
  };
}

async function gatherIngest(
  ports: Pick<Ports, 'hash'>,
  gather: Gather,
  asked: {
    readonly channelId: string;
    readonly channel: Channel;
    readonly identifiers: readonly Hashed[];
    readonly newContactId: string;
    readonly messages: readonly JournaledMessage[];
    /** Messages that may be in the timeline already. */
    readonly ids: readonly string[];
  },
): Promise<IngestState> {
  const { channelId, channel } = asked;
  const found = await gather.read(asked.identifiers.map(({ hash }) => identityPath(hash)));
  const identifiers = asked.identifiers.map((one, index) =>
    known(one, parsed(found[index], identitySchema), asked.messages),
  );
  const contactId =
    identifiers.find((known) => known.contactId !== null)?.contactId ?? asked.newContactId;
  const conversationId = ports.hash.id(['conversation', channelId, contactId]);
  const targets = await findTargets(ports, gather, conversationId, asked.messages);
  const looked = new Set([...asked.ids, ...targets.values()]);
  const [contact, onRecord, conversationDoc, ...entries] = await gather.read([
    contactPath(contactId),
    identifiersPath(contactId),
    conversationPath(conversationId),
    ...[...looked].map((id) => entryPath(conversationId, id)),
  ]);
  const conversation = parsed(conversationDoc, wholeConversationSchema);
  const record = parsed(onRecord, identifiersSchema)?.identifiers ?? null;
  return {
    channelId,
    channel,
    identifiers,
    contactId,
    conversationId,
    conversation,
    caseDoc:
      conversation !== null && mayPredateCase(conversation, asked.messages)
        ? await readCase(gather, conversationId, conversation.caseNumber)
        : null,
    contact: parsed(contact, contactSchema),
    onRecord: record,
    leaving: identifiers.some(({ becomes }) => becomes)
      ? await findLeaving(ports, gather, { contactId, record: record ?? [], channel, identifiers })
      : [],
    targets,
    ...standing(entries),
  };
}

async function readCase(
  gather: Gather,
  conversationId: string,
  number: number,
): Promise<Case | null> {
  const [found] = await gather.read([casePath(conversationId, number)]);
  return parsed(found, caseSchema);
}
