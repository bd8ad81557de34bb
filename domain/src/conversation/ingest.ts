import type { Channel, Contact, Identifier } from '../documents/channel.ts';
import type { Conversation, Preview } from '../documents/conversation.ts';
import { JOURNAL_DAYS } from '../documents/journal.ts';
import {
  casePath,
  contactPath,
  conversationPath,
  entryPath,
  identifiersPath,
  identityPath,
  journalPath,
} from '../paths.ts';
import { create, merge, update, type Write } from '../shared/plan.ts';
import { compact } from '../shared/read.ts';
import { maskPhone } from '../text/masks.ts';
import { previewText } from '../text/preview.ts';
import { compareEntries } from '../timeline/order.ts';
import { owesAnswer } from '../whatsapp/content.ts';
import type { MessageItem, Sender } from '../whatsapp/delivery-body.ts';
import { extendWindow } from './window.ts';

/** A journaled message with its id, which is also the id of its entry. */
export interface JournaledMessage {
  readonly id: string;
  readonly receivedAt: number;
  readonly item: MessageItem;
}

/** An identifier of the sender, its keyed hash, and the contact it leads to already. */
export interface KnownIdentifier {
  readonly identifier: Identifier;
  readonly hash: string;
  readonly contactId: string | null;
}

/** Everything that {@link decideIngest} looks at. */
export interface IngestState {
  readonly channelId: string;
  readonly channel: Channel;
  /** In the order in which they are asked: {@link LOOKUP_ORDER}. */
  readonly identifiers: readonly KnownIdentifier[];
  readonly contactId: string;
  readonly contact: Contact | null;
  /** Identifiers on record of the contact; `null` where there is no such document. */
  readonly onRecord: readonly Identifier[] | null;
  readonly conversationId: string;
  readonly conversation: Conversation | null;
  /** Ids of messages that are in the timeline already. */
  readonly present: ReadonlySet<string>;
}

/** Which identifier names the person when several are given (Meta, "Business-scoped user IDs"). */
export const LOOKUP_ORDER = ['group', 'bsuid', 'phone', 'parent', 'other'] as const;

/** A message is late when it reached us this long after it was written, ms. */
const LATE_MS = 5 * 60 * 1000;

/** Answers at the same second as a message were written without having seen it: Meta's times have no finer grain. */
const META_GRAIN_MS = 999;

/**
 * Turns messages of one sender to one number into what they are: contact, identifiers, conversation,
 * entries, waiting clock, case, and the fate of each in the journal. The same messages in any
 * order, grouping or number of repeats lead to the same documents.
 */
export function decideIngest(
  state: IngestState,
  messages: readonly JournaledMessage[],
  now: number,
): readonly Write[] {
  const fresh = messages
    .filter((message) => !state.present.has(message.id))
    .map((message) => ({ ...message, at: entryTime(message), seq: message.item.seq }))
    .sort(compareEntries);
  const contact = decideContact(state, fresh.at(-1)?.item.sender ?? null, now);
  const before = state.conversation ?? newConversation(state, now);
  const { conversation, entries, cases } = fold(state, before, fresh, contact.shown);
  return [
    ...contact.writes,
    ...(state.conversation === null
      ? [create(conversationPath(state.conversationId), conversation)]
      : changes(before, conversation, conversationPath(state.conversationId))),
    ...cases,
    ...entries,
    ...messages.map(({ id }) =>
      merge(journalPath(id), {
        fate: 'done',
        reason: null,
        entry: entryPath(state.conversationId, id),
        expireAt: journalExpiry(now),
      }),
    ),
  ];
}

/** When a processed journal item may be deleted. */
export const journalExpiry = (now: number): number => now + JOURNAL_DAYS * 24 * 60 * 60 * 1000;

/** Meta's second, never later than the arrival; the arrival where Meta's is not usable. */
const entryTime = ({ item, receivedAt }: JournaledMessage): number =>
  Math.min(item.at ?? receivedAt, receivedAt);

type Fresh = JournaledMessage & { readonly at: number; readonly seq: number };
type Shown = Conversation['contact'];

function fold(state: IngestState, before: Conversation, fresh: readonly Fresh[], shown: Shown) {
  const entries: Write[] = [];
  const cases: Write[] = [];
  let conversation: Conversation = { ...before, contact: shown };
  for (const message of fresh) {
    const after = receive(conversation, message, state.contactId);
    if (after.caseNumber > conversation.caseNumber) {
      cases.push(
        create(
          casePath(state.conversationId, after.caseNumber),
          newCase(after.caseNumber, message.at),
        ),
      );
    }
    conversation = after;
    entries.push(
      create(
        entryPath(state.conversationId, message.id),
        entryOf(message, state.contactId, after.caseNumber),
      ),
    );
  }
  return { conversation, entries, cases };
}

/** One message's effect on its conversation. */
function receive(before: Conversation, message: Fresh, contactId: string): Conversation {
  const { item, at } = message;
  const live = item.origin === 'live';
  const owed = live && owesAnswer(item.type);
  const seen: Conversation = {
    ...before,
    lastEntryAt: Math.max(before.lastEntryAt ?? 0, at),
    windowExpiresAt:
      live && opensWindow(item.type)
        ? extendWindow(before.windowExpiresAt, at)
        : before.windowExpiresAt,
    preview: newer(before.preview, owed || before.preview === null, message, contactId),
  };
  return owed ? owe(seen, at) : seen;
}

/** Reactions and every message open the window; notices about the account do not (Meta, "Send messages"). */
const opensWindow = (type: string): boolean =>
  type !== 'system' && type !== 'edit' && type !== 'revoke';

function owe(before: Conversation, at: number): Conversation {
  const opens = before.status === 'resolved';
  const unanswered = opens || at + META_GRAIN_MS >= (before.lastAnswerAt ?? 0);
  return {
    ...before,
    caseNumber: opens ? before.caseNumber + 1 : before.caseNumber,
    status: unanswered ? 'open' : before.status,
    active: unanswered ? true : before.active,
    snoozedUntil: unanswered ? null : before.snoozedUntil,
    waitingSince: unanswered ? Math.min(before.waitingSince ?? at, at) : before.waitingSince,
    lastInboundAt: Math.max(before.lastInboundAt ?? 0, at),
    inboundCount: before.inboundCount + 1,
  };
}

function newer(
  preview: Preview | null,
  shows: boolean,
  message: Fresh,
  contactId: string,
): Preview | null {
  if (!shows || (preview !== null && preview.at > message.at)) return preview;
  return {
    entryId: message.id,
    kind: 'inbound',
    type: message.item.type,
    text: previewText(message.item.body.text),
    author: { kind: 'customer', id: contactId },
    at: message.at,
  };
}

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
  });

const newConversation = (state: IngestState, now: number): Conversation => ({
  schemaVersion: 1,
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
  windowExpiresAt: null,
  lastEntryAt: null,
  caseNumber: 0,
  guests: [],
  inboundCount: 0,
  readCount: 0,
  preview: null,
});

/** A case as it begins. */
const newCase = (number: number, openedAt: number) => ({
  schemaVersion: 1,
  number,
  openedAt,
  firstResponseAt: null,
  resolvedAt: null,
  agents: [],
});

function decideContact(
  state: IngestState,
  sender: Sender | null,
  now: number,
): { readonly writes: readonly Write[]; readonly shown: Shown } {
  const phone = [...(state.onRecord ?? []), ...state.identifiers.map((id) => id.identifier)].find(
    (id) => id.kind === 'phone',
  )?.value;
  const maskedPhone = phone === undefined ? (state.contact?.maskedPhone ?? null) : maskPhone(phone);
  const username = sender?.username ?? state.contact?.username ?? null;
  const name = sender?.name ?? (state.contact?.name || username || '');
  const conversationIds = [
    ...new Set([...(state.contact?.conversationIds ?? []), state.conversationId]),
  ];
  const contact: Contact = {
    schemaVersion: 1,
    name,
    username,
    maskedPhone,
    conversationIds,
    createdAt: state.contact?.createdAt ?? now,
  };
  const path = contactPath(state.contactId);
  return {
    shown: { name, maskedPhone },
    writes: [
      ...(state.contact === null ? [create(path, contact)] : changes(state.contact, contact, path)),
      ...decideIdentifiers(state),
    ],
  };
}

/** Identifiers that are new to us are attached; one that leads to another contact stays where it is. */
function decideIdentifiers(state: IngestState): readonly Write[] {
  const unknown = state.identifiers.filter((known) => known.contactId === null);
  const onRecord = state.onRecord ?? [];
  const path = identifiersPath(state.contactId);
  const identifiers = [...onRecord, ...unknown.map((known) => known.identifier)];
  const record = { schemaVersion: 1, identifiers };
  const missing = unknown.length > 0 || state.onRecord === null;
  return [
    ...unknown.map((known) =>
      create(identityPath(known.hash), {
        schemaVersion: 1,
        contactId: state.contactId,
        kind: known.identifier.kind,
      }),
    ),
    ...(missing
      ? [state.onRecord === null ? create(path, record) : update(path, { identifiers })]
      : []),
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
