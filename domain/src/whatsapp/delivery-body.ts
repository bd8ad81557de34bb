import { compact, asNumber, asObject, asObjects, asText, type Json } from '../shared/read.ts';
import type { Identifier } from '../documents/channel.ts';
import { readContent, readContext, readErrors, type Content, type WireError } from './content.ts';

/**
 * One inbound item of a webhook delivery, read but not judged. `key` names it for ever: the item's
 * id is a hash of it, so the same item in another delivery is the same item.
 */
export type Item = MessageItem | StatusItem | OtherItem;

interface ItemBase {
  readonly key: readonly string[];
  /** Position inside the delivery. */
  readonly seq: number;
  readonly field: string;
  readonly phoneNumberId: string | null;
  /** What the journal keeps: the item with the envelope it came in. */
  readonly raw: Json;
}

/** Who wrote a message, as far as the webhook says. */
export interface Sender {
  readonly identifiers: readonly Identifier[];
  readonly name: string | null;
  readonly username: string | null;
}

export interface MessageItem extends ItemBase {
  readonly kind: 'message';
  readonly wamid: string;
  /** Epoch ms as Meta's second says; `null` where it says nothing usable. */
  readonly at: number | null;
  readonly type: string;
  readonly sender: Sender | null;
  readonly body: Content;
  readonly context: ReturnType<typeof readContext>;
  readonly origin: 'live' | 'history' | 'standby';
}

/** The delivery states that a status may report; others are kept and counted, and change nothing. */
export const REPORTED_STATES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
export type ReportedState = (typeof REPORTED_STATES)[number];

export interface StatusItem extends ItemBase {
  readonly kind: 'status';
  readonly wamid: string;
  readonly status: string;
  readonly at: number | null;
  /** What the send put into `biz_opaque_callback_data`. */
  readonly callback: string | null;
  readonly error: WireError | null;
}

export interface OtherItem extends ItemBase {
  readonly kind: 'other';
  readonly reason: 'no-number-id' | 'no-message-id' | 'unsupported-field';
}

/** Oldest time that a message can truthfully carry: WhatsApp did not exist before 2009. */
const FIRST_MESSAGE = Date.UTC(2009, 0, 1);

/** Meta's unix seconds, as a string or a number, in epoch ms; `null` where they can't be true. */
export function readSeconds(value: unknown): number | null {
  const seconds = asNumber(value);
  if (seconds === undefined) return null;
  const ms = Math.floor(seconds) * 1000;
  return Number.isSafeInteger(ms) && ms >= FIRST_MESSAGE ? ms : null;
}

/**
 * Takes a webhook body apart: every entry × change × item, in the order of the body (Meta, "Webhooks",
 * payload batching up to 1,000 updates). Never throws; answers `null` where the JSON is no
 * webhook at all. A change without a list of items is one item itself.
 */
export function readDelivery(body: unknown): readonly Item[] | null {
  const entries = asObject(body)?.['entry'];
  if (!Array.isArray(entries)) return null;
  const items: Item[] = [];
  for (const entry of asObjects(entries)) {
    for (const change of asObjects(entry['changes'])) {
      for (const read of readChange(entry, change)) items.push({ ...read, seq: items.length });
    }
  }
  return items;
}

/** Reads an item again from what the journal kept of it; `null` for one that no reader takes. */
export function readJournaled(raw: unknown): Item | null {
  const kept = asObject(raw);
  if (!kept) return null;
  const value = compact({
    metadata: kept['metadata'],
    contacts: kept['contact'] ? [kept['contact']] : undefined,
    messages: kept['message'] ? [kept['message']] : undefined,
    statuses: kept['status'] ? [kept['status']] : undefined,
  });
  const entry = {
    id: kept['entryId'],
    time: kept['time'],
    changes: [{ field: kept['field'], value }],
  };
  return readDelivery({ entry: [entry] })?.[0] ?? null;
}

interface Envelope {
  readonly field: string;
  readonly phoneNumberId: string | null;
  readonly contacts: readonly Json[];
  readonly messages: readonly Json[];
  readonly frame: Json;
}

function readChange(entry: Json, change: Json): Item[] {
  const value = asObject(change['value']) ?? {};
  const metadata = asObject(value['metadata']);
  const envelope: Envelope = {
    field: asText(change['field']) ?? '',
    phoneNumberId: documentId(asText(metadata?.['phone_number_id'])),
    contacts: asObjects(value['contacts']),
    messages: asObjects(value['messages']),
    frame: compact({ entryId: entry['id'], time: entry['time'], field: change['field'], metadata }),
  };
  const items: Item[] = [
    ...envelope.messages.map((message) => readMessage(envelope, message)),
    ...(envelope.field === 'messages' ? asObjects(value['statuses']) : []).map((status) =>
      readStatus(envelope, status),
    ),
  ];
  const rest = withoutRead(envelope.field, value);
  return items.length > 0 && !rest ? items : [...items, readOther(envelope, rest ?? value)];
}

/** What of a value is neither message nor status nor their envelope; `null` where nothing is. */
function withoutRead(field: string, value: Json): Json | null {
  const read = new Set(['messaging_product', 'metadata', 'contacts', 'messages']);
  if (field === 'messages') read.add('statuses');
  const rest = Object.entries(value).filter(([name]) => !read.has(name));
  return rest.length > 0 ? Object.fromEntries(rest) : null;
}

function readMessage(envelope: Envelope, message: Json): Item {
  const { field, phoneNumberId, frame } = envelope;
  const wamid = asText(message['id']);
  const contact = contactOf(envelope, message);
  const raw = compact({ ...frame, contact, message });
  if (phoneNumberId === null || wamid === undefined)
    return other(envelope, raw, phoneNumberId === null ? 'no-number-id' : 'no-message-id');
  const type = asText(message['type']) ?? 'unknown';
  return {
    kind: 'message',
    key: ['message', phoneNumberId, wamid],
    seq: 0,
    field,
    phoneNumberId,
    raw,
    wamid,
    at: readSeconds(message['timestamp']),
    type,
    sender: readSender(message, contact),
    body: readContent(type, message),
    context: readContext(message['context']),
    origin: field === 'history' ? 'history' : field === 'standby' ? 'standby' : 'live',
  };
}

/** The `contacts[]` member of a message: matched by user id, then by number, never by its place (Meta, BSUIDs). */
function contactOf({ contacts, messages }: Envelope, message: Json): Json | undefined {
  const userId = asText(message['from_user_id']);
  const from = asText(message['from']);
  return (
    contacts.find((c) => userId !== undefined && asText(c['user_id']) === userId) ??
    contacts.find(
      (c) => from !== undefined && (asText(c['wa_id']) === from || asText(c['user_id']) === from),
    ) ??
    // The one contact of the one message is its sender, also where the ids are spelt differently.
    (contacts.length === 1 && messages.length === 1 ? contacts[0] : undefined)
  );
}

const PHONE = /^\d{5,20}$/;
const BSUID = /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/;

/** An id that may be a phone number or a business-scoped user id: captures show either in either place. */
function identifier(value: string | undefined): Identifier | null {
  if (value === undefined) return null;
  if (PHONE.test(value)) return { kind: 'phone', value };
  return { kind: BSUID.test(value) ? 'bsuid' : 'other', value };
}

function readSender(message: Json, contact: Json | undefined): Sender | null {
  const group = asText(message['group_id']);
  const system = asObject(message['system']);
  const parent = asText(message['from_parent_user_id']) ?? asText(contact?.['parent_user_id']);
  const found = [
    identifier(asText(message['from_user_id'])),
    identifier(asText(message['from'])),
    ...(contact
      ? [identifier(asText(contact['user_id'])), identifier(asText(contact['wa_id']))]
      : []),
  ].filter((id) => id !== null);
  const changed = [system?.['previous_user_id'], system?.['user_id'], system?.['wa_id']]
    .map((id) => identifier(asText(id)))
    .filter((id) => id !== null);
  const person = found.length > 0 ? found : changed.slice(0, 1);
  const identifiers: readonly Identifier[] = group
    ? [{ kind: 'group', value: group }]
    : unique(parent ? [...person, { kind: 'parent', value: parent }] : person);
  if (identifiers.length === 0) return null;
  const profile = group ? undefined : asObject(contact?.['profile']);
  return {
    identifiers,
    name: asText(profile?.['name']) ?? null,
    username: asText(profile?.['username']) ?? null,
  };
}

/** First of each kind: a message names one number and one user id of its writer. */
const unique = (ids: readonly Identifier[]): readonly Identifier[] =>
  ids.filter((id, index) => ids.findIndex((other) => other.kind === id.kind) === index);

function readStatus(envelope: Envelope, status: Json): Item {
  const { field, phoneNumberId, frame } = envelope;
  const raw = compact({ ...frame, status });
  const wamid = asText(status['id']);
  const state = asText(status['status']);
  if (phoneNumberId === null || wamid === undefined || state === undefined)
    return other(envelope, raw, phoneNumberId === null ? 'no-number-id' : 'no-message-id');
  const participant =
    asText(status['recipient_participant_id']) ?? asText(status['participant_recipient_id']) ?? '';
  return {
    kind: 'status',
    key: ['status', phoneNumberId, wamid, state, participant],
    seq: 0,
    field,
    phoneNumberId,
    raw,
    wamid,
    status: state,
    at: readSeconds(status['timestamp']),
    callback: asText(status['biz_opaque_callback_data']) ?? null,
    error: readErrors(status['errors'])[0] ?? null,
  };
}

const readOther = (envelope: Envelope, rest: Json): OtherItem =>
  other(envelope, { ...envelope.frame, value: rest }, 'unsupported-field');

/** An item without an id of its own is named by field, entry and its JSON text. */
const other = (envelope: Envelope, raw: Json, reason: OtherItem['reason']): OtherItem => ({
  kind: 'other',
  key: ['other', JSON.stringify(raw)],
  seq: 0,
  field: envelope.field,
  phoneNumberId: envelope.phoneNumberId,
  raw,
  reason,
});

/** A value that may stand as a Firestore document id, or `null`. */
const documentId = (value: string | undefined): string | null =>
  value !== undefined && value.length <= 128 && !/[/]|^\.{1,2}$|^__.*__$/.test(value)
    ? value
    : null;
