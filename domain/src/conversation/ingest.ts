import type { Channel, Contact, Identifier } from '../documents/channel.ts';
import type { Case } from '../documents/case.ts';
import type { Conversation, Preview } from '../documents/conversation.ts';
import { JOURNAL_DAYS } from '../documents/fate.ts';
import {
  casePath,
  contactPath,
  conversationPath,
  entryPath,
  identifiersPath,
  identityPath,
  journalPath,
} from '../paths.ts';
import { PHONE_APP, SERVICE } from '../documents/common.ts';
import type { Report } from './answer.ts';
import { create, merge, update, type Write } from '../shared/plan.ts';
import { compact, cutText } from '../shared/read.ts';
import { maskPhone } from '../text/masks.ts';
import { beginMedia } from '../media/media.ts';
import { previewText } from '../text/preview.ts';
import { compareEntries } from '../timeline/order.ts';
import { lineText, owesAnswer } from '../whatsapp/content.ts';
import type { MessageItem } from '../whatsapp/delivery-body.ts';
import { arrived, changeOf, withChange } from './changes.ts';
import { extendWindow } from './window.ts';

/** A journaled message with its id, which is also the id of its entry. */
export interface JournaledMessage {
  readonly id: string;
  /** Its journal item where that has another id (one that came through an app nobody had vouched for). */
  readonly journalId?: string | undefined;
  readonly receivedAt: number;
  readonly item: MessageItem;
}

/** An identifier that the sender has, or has from now on; its keyed hash, and the contact it leads to already. */
export interface KnownIdentifier {
  readonly identifier: Identifier;
  readonly hash: string;
  readonly contactId: string | null;
  /** They go by it from now on. */
  readonly becomes?: boolean;
  /** It was left by the one whom it led to. */
  readonly left?: boolean;
}

/** Everything that {@link decideIngest} looks at. */
export interface IngestState {
  readonly channelId: string;
  readonly channel: Channel;
  /** In the order in which they are asked: {@link LOOKUP_ORDER}, and what the sender becomes after what they were. */
  readonly identifiers: readonly KnownIdentifier[];
  readonly contactId: string;
  /** Hashes of numbers that the sender goes by no longer, where these messages say so. */
  readonly leaving?: readonly string[];
  readonly contact: Contact | null;
  /** Identifiers on record of the contact; `null` where there is no such document. */
  readonly onRecord: readonly Identifier[] | null;
  readonly conversationId: string;
  readonly conversation: Conversation | null;
  /** The case in force; needed only where a message is older than `lastInboundAt` ({@link mayPredateCase}). */
  readonly caseDoc: Case | null;
  /** Entries that edits and deletions are about, by the id of the message that makes them. */
  readonly targets?: ReadonlyMap<string, string>;
  /** Ids of messages that are in the timeline already, also of those that edits and deletions are about. */
  readonly present: ReadonlySet<string>;
  /** Ids of those that are there without their media, which comes later. */
  readonly placeholders?: ReadonlySet<string>;
  /** Ids of those of ours that are there and not reported yet. */
  readonly unreported?: ReadonlySet<string>;
}

/** Which identifier names the person when several are given (Meta, "Business-scoped user IDs"). */
export const LOOKUP_ORDER = ['group', 'bsuid', 'phone', 'parent', 'other'] as const;

/** Longest value of an identifier on record, UTF-16 units; its hash is of the whole. */
const IDENTIFIER_LIMIT = 1_000;

/** A message is late when it reached us this long after it was written, ms. */
const LATE_MS = 5 * 60 * 1000;

/** Meta's times have whole seconds: what they say may have been this much later, ms. */
export const META_GRAIN_MS = 999;

/** What of a message decides whether an answer was written before or after it. */
export interface Owed {
  readonly at: number;
  readonly receivedAt: number;
}

/**
 * True where a message is later than an answer: written after it, or in the same second (Meta's
 * times have no finer grain) and received after it, so that its author can't have seen it.
 */
export const laterThan = (message: Owed, answerAt: number): boolean =>
  message.at > answerAt ||
  (message.at + META_GRAIN_MS >= answerAt && message.receivedAt > answerAt);

/**
 * Turns messages of one sender to one number into what they are: contact, identifiers, conversation,
 * entries, waiting clock, case, and the fate of each in the journal. The same messages in any
 * order, grouping or number of repeats lead to the same documents. An echo is done only once it is
 * reported ({@link echoReport}): its fate is left to that.
 */
export function decideIngest(
  state: IngestState,
  messages: readonly JournaledMessage[],
  now: number,
): readonly Write[] {
  const distinct = [...new Map(messages.map((one) => [one.journalId ?? one.id, one])).values()];
  const fresh = oneOfEach(distinct)
    .filter((message) => !state.present.has(message.id))
    .map((message) => ({ ...message, at: entryTime(message), seq: message.item.seq }))
    .sort(compareEntries);
  const contact = decideContact(changesOnce(state, fresh), fresh, now);
  const before = state.conversation ?? newConversation(state, now);
  const filling = oneOfEach(distinct).filter((message) => fills(message, state));
  const folded = fold(state, before, fresh, contact.shown);
  const conversation = filling.reduce(named, folded.conversation);
  return [
    ...contact.writes,
    ...(state.conversation === null
      ? [create(conversationPath(state.conversationId), conversation)]
      : changes(before, conversation, conversationPath(state.conversationId))),
    ...folded.cases,
    ...folded.entries,
    ...filling.flatMap((message) => filled(message, state)),
    ...distinct
      .filter((message) => !isEcho(message))
      .map((message) => journalDone(message, state, now)),
  ];
}

/** One message of each entry: of a placeholder and what fills it, the latter. */
function oneOfEach(messages: readonly JournaledMessage[]): readonly JournaledMessage[] {
  const rank = ({ item }: JournaledMessage) => Number(item.fills ?? false);
  const sorted = messages.toSorted((a, b) => rank(a) - rank(b));
  return [...new Map(sorted.map((message) => [message.id, message])).values()];
}

/** True for a message that is there already, but for what this one brings. */
const fills = ({ id, item }: JournaledMessage, { placeholders }: IngestState): boolean =>
  item.fills === true && placeholders?.has(id) === true;

/** The row that shows a placeholder, with what it turned out to be. */
const named = (row: Conversation, { id, item }: JournaledMessage): Conversation =>
  row.preview?.entryId === id ? { ...row, preview: { ...row.preview, ...saidBy(item) } } : row;

/** A placeholder that becomes the message it stood for, with the task that brings its media. */
function filled(message: JournaledMessage, state: IngestState): readonly Write[] {
  const { id, receivedAt, item } = message;
  const begun = beginMedia({ id, receivedAt, type: item.type, content: item.body.content }, state);
  const { type, body } = item;
  return [
    update(entryPath(state.conversationId, id), compact({ type, ...body, media: begun?.media })),
    ...(begun?.writes ?? []),
  ];
}

/** True where one of these messages may have been written before the case in force was opened. */
export const mayPredateCase = (
  conversation: Pick<Conversation, 'lastInboundAt'>,
  messages: readonly JournaledMessage[],
): boolean => messages.some((message) => entryTime(message) < (conversation.lastInboundAt ?? 0));

/** When a processed journal item may be deleted. */
export const journalExpiry = (now: number): number => now + JOURNAL_DAYS * 24 * 60 * 60 * 1000;

/** The journal's note that a message has become the entry of its id. */
export const journalDone = (
  { id, journalId }: Pick<JournaledMessage, 'id' | 'journalId'>,
  { conversationId }: Pick<IngestState, 'conversationId'>,
  now: number,
): Write => itemDone(journalId ?? id, entryPath(conversationId, id), now);

/** The journal's note that an item has become an entry, or has changed one (by its path). */
export const itemDone = (itemId: string, entry: string, now: number): Write =>
  merge(journalPath(itemId), {
    fate: 'done',
    reason: null,
    entry,
    expireAt: journalExpiry(now),
  });

/** Meta's second, never later than the arrival; the arrival where Meta's is not usable. */
export const entryTime = ({ item, receivedAt }: JournaledMessage): number =>
  Math.min(item.at ?? receivedAt, receivedAt);

type Fresh = JournaledMessage & { readonly at: number; readonly seq: number };
type Shown = Conversation['contact'];

function fold(state: IngestState, before: Conversation, fresh: readonly Fresh[], shown: Shown) {
  const came = new Set(state.present);
  let conversation: Conversation = { ...before, contact: shown };
  for (const message of fresh) {
    conversation = receive(conversation, message, { ...state, present: came });
    // An echo comes to the row with its report.
    if (!isEcho(message)) came.add(message.id);
  }
  const entries = fresh.flatMap((message) => {
    const { id, receivedAt, item } = message;
    const begun = beginMedia(
      { id, receivedAt, type: item.type, content: item.body.content },
      state,
    );
    const entry = item.by
      ? ourEntryOf(message, isEcho(message) ? caseAt(state, conversation, message.at) : 0)
      : entryOf(message, state.contactId, owes(message) ? conversation.caseNumber : 0);
    return [
      create(entryPath(state.conversationId, id), compact({ ...entry, media: begun?.media })),
      ...(begun?.writes ?? []),
    ];
  });
  return { conversation, entries, cases: decideCase(state, before, conversation, fresh) };
}

/** The case that the messages open, or the earlier beginning that a late one gives the case in force. */
function decideCase(
  state: IngestState,
  before: Conversation,
  after: Conversation,
  fresh: readonly Fresh[],
): readonly Write[] {
  const first = fresh.find(owes);
  if (first === undefined) return [];
  const path = casePath(state.conversationId, after.caseNumber);
  if (after.caseNumber > before.caseNumber)
    return [create(path, newCase(after.caseNumber, first.at))];
  return state.caseDoc !== null && first.at < state.caseDoc.openedAt
    ? [update(path, { openedAt: first.at })]
    : [];
}

/** True where somebody owes an answer to a message; what it opens, starts and raises follows from that. */
const owes = ({ item }: JournaledMessage): boolean =>
  item.origin === 'live' && item.by === undefined && owesAnswer(item.type);

/** One message's effect on its conversation. */
function receive(before: Conversation, message: Fresh, state: IngestState): Conversation {
  const { id, item, at } = message;
  const theirs = item.origin === 'live' && item.by === undefined;
  const opens = theirs && opensWindow(item.type) && before.kind !== 'group';
  const seen: Conversation = {
    ...before,
    lastEntryAt: Math.max(before.lastEntryAt ?? 0, at),
    windowExpiresAt: opens ? extendWindow(before.windowExpiresAt, at) : before.windowExpiresAt,
    // A colleague's words become the preview when they are reported as sent.
    preview: item.by ? before.preview : newer(before, message, state.contactId),
  };
  const changed = withChangeOf(before, seen, message, state);
  const row = isEcho(message) ? changed : arrived(changed, id);
  return owes(message) ? owe(row, message) : row;
}

/** The row with what a message changes in it, or will change in one that has not come. */
function withChangeOf(
  before: Conversation,
  seen: Conversation,
  message: Fresh,
  { targets, present, unreported }: IngestState,
): Conversation {
  const change = changeOf(message, targets?.get(message.id));
  if (change === null) return seen;
  const shown = before.preview?.entryId === change.entryId;
  const came = present.has(change.entryId) && unreported?.has(change.entryId) !== true;
  if (!shown && came) return seen;
  return withChange(shown ? { ...seen, preview: before.preview } : seen, change);
}

const OPENS_NOTHING: ReadonlySet<string> = new Set([
  'system',
  'edit',
  'revoke',
  'group_update',
  'request_welcome',
]);

/**
 * Reactions, calls and every message open the window; notices do not, nor does whoever only opened the
 * chat (Meta, "Send messages", "Conversational components").
 */
const opensWindow = (type: string): boolean => !OPENS_NOTHING.has(type);

function owe(before: Conversation, { at, receivedAt }: Fresh): Conversation {
  const counted: Conversation = {
    ...before,
    lastInboundAt: Math.max(before.lastInboundAt ?? 0, at),
    inboundCount: before.inboundCount + 1,
  };
  const opens = before.status === 'resolved';
  if (!opens && before.lastAnswerAt !== null && !laterThan({ at, receivedAt }, before.lastAnswerAt))
    return counted;
  return {
    ...counted,
    // In a new case nothing has been answered yet.
    caseNumber: opens ? before.caseNumber + 1 : before.caseNumber,
    lastAnswerAt: opens ? null : before.lastAnswerAt,
    answerCount: opens ? 0 : before.answerCount,
    status: 'open',
    active: true,
    snoozedUntil: null,
    // A group waits for no answer: it can be read here and not answered.
    waitingSince: before.kind === 'group' ? null : Math.min(before.waitingSince ?? at, at),
  };
}

/**
 * The preview after a message: the newest that owes an answer. Until there is one, the newest of the
 * others, so that the row of somebody who only reacted is not blank.
 */
function newer(before: Conversation, message: Fresh, contactId: string): Preview | null {
  const { preview } = before;
  const placeholder =
    preview === null || (preview.kind === 'inbound' && before.lastInboundAt === null);
  const later =
    preview === null || compareEntries(message, { ...preview, id: preview.entryId }) > 0;
  const shows = placeholder ? owes(message) || later : owes(message) && later;
  if (!shows) return preview;
  return {
    entryId: message.id,
    kind: 'inbound',
    ...saidBy(message.item),
    author: { kind: 'customer', id: contactId },
    at: message.at,
    seq: message.seq,
  };
}

/** What a row says of a message. */
const saidBy = ({ type, body }: MessageItem): Pick<Preview, 'type' | 'text'> => ({
  type: body.content?.['voice'] === true ? 'voice' : type,
  text: previewText(lineText(type, body)),
});

/** The case of what was written then: the present one, or the one before where it had not begun. */
const caseAt = ({ caseDoc }: IngestState, { caseNumber }: Conversation, at: number): number =>
  caseDoc !== null && at < caseDoc.openedAt ? Math.max(caseNumber - 1, 0) : caseNumber;

/** True for what a colleague wrote on a phone beside us as it happened, and that may be an answer. */
export const isEcho = ({ item }: JournaledMessage): boolean =>
  item.by !== undefined && item.origin === 'live' && owesAnswer(item.type);

/**
 * A message of our side that did not leave from here. An echo stands there as if it were just being
 * sent: what it means to the waiting clock and the row follows with the report that it was
 * ({@link echoReport}), as with every other answer. A copy, and what only changes or marks another
 * message, answers nothing and is as far as it is told.
 */
function ourEntryOf(message: Fresh, caseNumber: number) {
  const { at, seq, item } = message;
  const reported = isEcho(message)
    ? { state: 'sending' as const }
    : { state: item.state ?? ('sent' as const), sentAt: at };
  return compact({
    schemaVersion: 1,
    kind: 'outbound',
    ...reported,
    fence: 0,
    at,
    seq,
    caseNumber,
    author: item.by === 'service' ? SERVICE : PHONE_APP,
    wamid: item.wamid,
    type: item.type,
    text: item.body.text,
    content: item.body.content,
    context: item.context,
    origin: item.origin === 'live' ? undefined : item.origin,
    sendingAt: at,
  });
}

/** The report that an echo is: WhatsApp has sent it. */
export const echoReport = (message: JournaledMessage): Report => ({
  state: 'sent',
  at: entryTime(message),
  wamid: message.item.wamid,
});

const entryOf = (message: Fresh, contactId: string, caseNumber: number) =>
  compact({
    schemaVersion: 1,
    kind: 'inbound',
    at: message.at,
    seq: message.seq,
    receivedAt: message.receivedAt,
    late: message.receivedAt - message.at > LATE_MS ? true : undefined,
    caseNumber,
    author: { kind: 'customer', id: contactId },
    wamid: message.item.wamid,
    type: message.item.type,
    ...message.item.body,
    context: message.item.context,
    origin: message.item.origin,
    participant: message.item.participant,
  });

/** True where the messages are a group's, which is nobody's own conversation. */
const isGroup = ({ identifiers }: IngestState): boolean =>
  identifiers.some(({ identifier }) => identifier.kind === 'group');

const newConversation = (state: IngestState, now: number): Conversation => ({
  schemaVersion: 1,
  ...(isGroup(state) ? { kind: 'group' } : {}),
  contactId: state.contactId,
  channelId: state.channelId,
  contact: { name: '', maskedPhone: null },
  teamId: state.channel.defaultTeamId,
  status: 'resolved',
  active: false,
  snoozedUntil: null,
  assignee: null,
  assignment: { version: 0, at: now, by: 'switchboard' },
  lastAssignee: null,
  waitingSince: null,
  lastInboundAt: null,
  lastAnswerAt: null,
  answerCount: 0,
  windowExpiresAt: null,
  lastEntryAt: null,
  caseNumber: 0,
  guests: [],
  inboundCount: 0,
  readCount: 0,
  preview: null,
});

/** A case as it begins; `openedAt` is epoch ms. */
export const newCase = (number: number, openedAt: number) => ({
  schemaVersion: 1,
  number,
  openedAt,
  firstResponseAt: null,
  resolvedAt: null,
  waitingSince: null,
  agents: [],
});

function decideContact(
  state: IngestState,
  fresh: readonly Fresh[],
  now: number,
): { readonly writes: readonly Write[]; readonly shown: Shown } {
  const phone = identifiersOf(state).findLast((id) => id.kind === 'phone')?.value;
  const contact: Contact = {
    schemaVersion: 1,
    ...(isGroup(state) ? { kind: 'group' } : {}),
    ...profileOf(state.contact, fresh),
    maskedPhone:
      phone !== undefined
        ? maskPhone(phone)
        : goesByAnother(state)
          ? null
          : (state.contact?.maskedPhone ?? null),
    conversationIds: [
      ...new Set([...(state.contact?.conversationIds ?? []), state.conversationId]),
    ],
    createdAt: state.contact?.createdAt ?? now,
  };
  const path = contactPath(state.contactId);
  return {
    shown: { name: contact.name, maskedPhone: contact.maskedPhone },
    writes: [
      ...(state.contact === null ? [create(path, contact)] : changes(state.contact, contact, path)),
      ...decideIdentifiers(state, Math.max(...fresh.map(({ at }) => at), 0) || now),
    ],
  };
}

type Profile = Pick<Contact, 'name' | 'username' | 'profileAt'>;

/** Name and username together, from the newest message that brought any. */
function profileOf(contact: Contact | null, fresh: readonly Fresh[]): Profile {
  const known: Profile = {
    name: contact?.name ?? '',
    username: contact?.username ?? null,
    profileAt: contact?.profileAt ?? null,
  };
  return fresh
    .flatMap(({ item: { sender }, at }) =>
      sender?.name || sender?.username
        ? [{ name: sender.name ?? sender.username ?? '', username: sender.username, profileAt: at }]
        : [],
    )
    .reduce((a, b) => (compareProfiles(a, b) < 0 ? b : a), known);
}

/** Two profiles of one second have no order of their own: any will do, as long as it is always the same. */
function compareProfiles(a: Profile, b: Profile): number {
  const word = ({ name, username }: Profile) => `${name}\n${username ?? ''}`;
  return (
    (a.profileAt ?? 0) - (b.profileAt ?? 0) || (word(a) < word(b) ? -1 : word(a) > word(b) ? 1 : 0)
  );
}

/** A change that was told of before is none any more: they may have changed again since. */
const changesOnce = (state: IngestState, fresh: readonly Fresh[]): IngestState =>
  fresh.some(({ item }) => item.sender?.becomes !== undefined)
    ? state
    : {
        ...state,
        identifiers: state.identifiers.map(({ becomes: _, ...known }) => known),
        leaving: [],
      };

/** True where these messages make the sender go by another id that is nobody else's. */
const goesByAnother = (state: IngestState): boolean =>
  state.identifiers.some((known) => known.becomes && isOwn(state, known));

/** True for an identifier that is, or now becomes, this sender's alone. */
const isOwn = ({ contactId }: IngestState, known: KnownIdentifier): boolean =>
  known.contactId === null || (known.becomes === true && known.contactId === contactId);

/**
 * What is on record with what these messages add, in the order in which it became known, by kind. Who
 * goes by another id goes by no earlier number or user id: those may be somebody else's by now.
 */
function identifiersOf(state: IngestState): readonly Identifier[] {
  const moves = goesByAnother(state);
  const own = state.identifiers
    .filter((known) => isOwn(state, known) && (known.becomes === true || !moves))
    .map(({ identifier: { kind, value } }) => ({ kind, value: cutText(value, IDENTIFIER_LIMIT) }));
  const before = (state.onRecord ?? []).filter(
    ({ kind }) => !moves || (kind !== 'phone' && kind !== 'bsuid'),
  );
  const all = [...before, ...own];
  return LOOKUP_ORDER.flatMap((kind) => all.filter((id) => id.kind === kind));
}

/**
 * Identifiers that are new to us, or were left by whom they led to, are attached; one that leads to
 * another contact stays where it is. A number that the sender left leads to them no longer.
 */
function decideIdentifiers(state: IngestState, now: number): readonly Write[] {
  const { contactId, onRecord } = state;
  const attached = state.identifiers.filter(
    (known) => isOwn(state, known) && (known.contactId === null || known.left === true),
  );
  const path = identifiersPath(contactId);
  const identifiers = identifiersOf(state);
  return [
    ...attached.map(({ hash, left, identifier: { kind } }) =>
      left === true
        ? update(identityPath(hash), { contactId, kind, leftAt: null })
        : create(identityPath(hash), { schemaVersion: 1, contactId, kind }),
    ),
    ...(goesByAnother(state)
      ? (state.leaving ?? []).map((hash) => update(identityPath(hash), { leftAt: now }))
      : []),
    ...(onRecord === null
      ? [create(path, { schemaVersion: 1, identifiers })]
      : changes({ identifiers: onRecord }, { identifiers }, path)),
  ];
}

/** An update of the fields that differ, or nothing. */
export function changes<T extends object>(before: T, after: T, path: string): readonly Write[] {
  const changed = Object.entries(after).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[name]),
  );
  return changed.length > 0 ? [update(path, Object.fromEntries(changed))] : [];
}
