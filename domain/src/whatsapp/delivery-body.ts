import {
  asList,
  asNumber,
  asObject,
  asObjects,
  asText,
  compact,
  cutText,
  type Json,
} from '../shared/read.ts';
import type { Identifier } from '../documents/channel.ts';
import { readContent, readContext, readErrors, type Content, type WireError } from './content.ts';

/**
 * One inbound item of a webhook delivery, read but not judged. `key` names it for ever: the item's
 * id is a hash of it, so the same item in another delivery is the same item.
 */
export type Item = MessageItem | StatusItem | AccountItem | OtherItem;

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
  /** What they go by from this message on, where it tells of a change. */
  readonly becomes?: readonly Identifier[];
  readonly name: string | null;
  readonly username: string | null;
}

/**
 * A message to a number of ours, or a copy of one (Meta, "Messages webhook reference"). `wamid` is
 * cut to what documents keep, `key` has it whole; `sender` is `null` where the webhook names
 * nobody.
 */
export interface MessageItem extends ItemBase {
  readonly kind: 'message';
  readonly wamid: string;
  /** Epoch ms as Meta's second says; `null` where it says nothing usable. */
  readonly at: number | null;
  readonly type: string;
  readonly sender: Sender | null;
  readonly body: Content;
  readonly context: ReturnType<typeof readContext>;
  /**
   * `live` came as it happened, `history` and `standby` are copies; `echo` is what a colleague wrote
   * from the WhatsApp Business app on a phone, and `sender` then the customer it went to.
   */
  readonly origin: 'live' | 'history' | 'standby' | 'echo';
}

/** The delivery states that a status may report; others are kept and counted, and change nothing. */
export const REPORTED_STATES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
/** One of the {@link REPORTED_STATES} (Meta, "Status messages"). */
export type ReportedState = (typeof REPORTED_STATES)[number];

/**
 * A report on a message of ours (Meta, "Status messages"). `status` is Meta's word, also one that
 * is no {@link ReportedState}; `at` is epoch ms; `error` is the first that Meta names.
 */
export interface StatusItem extends ItemBase {
  readonly kind: 'status';
  readonly wamid: string;
  readonly status: string;
  readonly at: number | null;
  /** What the send put into `biz_opaque_callback_data`. */
  readonly callback: string | null;
  readonly error: WireError | null;
}

/**
 * News of an account, a number or a template, or an error that came with no message; `value` is Meta's
 * own, `accountId` the WhatsApp Business Account (Meta's `entry.id`, which for partners' events is a
 * business portfolio), `at` epoch ms.
 */
export interface AccountItem extends ItemBase {
  readonly kind: 'account';
  readonly accountId: string;
  readonly at: number | null;
  readonly value: Json;
}

/** Fields that bring {@link AccountItem}s (Meta, "Webhooks"). */
export const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'business_capability_update',
  'security',
]);

/** What no reader takes, kept so that nothing of a body is dropped; `reason` says why. */
export interface OtherItem extends ItemBase {
  readonly kind: 'other';
  readonly reason: 'no-number-id' | 'no-message-id' | 'unsupported-field' | 'not-a-webhook';
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

/** Longest id of a message that documents keep, UTF-16 units (Firestore indexes 1,500 bytes). The key has it whole. */
const WAMID_LIMIT = 400;
/** Longest name of a message type, a person or a user that documents keep, UTF-16 units. */
const NAME_LIMIT = 200;

/**
 * Takes a webhook body apart: every entry × change × item, in the order of the body (Meta, "Webhooks",
 * payload batching up to 1,000 updates). Never throws for parsed JSON of sane depth; answers `null`
 * where the JSON is no webhook at all. A change without a list of items is one item itself, and so
 * is whatever stands where an entry, a change or an item should be: nothing of a body is dropped.
 */
export function readDelivery(body: unknown): readonly Item[] | null {
  const webhook = asObject(body);
  if (!Array.isArray(webhook?.['entry'])) return null;
  const more = { body: without(webhook, ['object', 'entry']) };
  return asList(webhook['entry'])
    .flatMap((entry) => readEntry(entry, more))
    .map((item, seq) => ({ ...item, seq }));
}

/** Reads an item again from what the journal kept of it; `null` for one that no reader takes. */
export function readJournaled(raw: unknown): Item | null {
  const kept = asObject(raw);
  if (!kept) return null;
  const value = {
    ...asObject(kept['value']),
    ...compact({
      metadata: kept['metadata'],
      contacts: kept['contact'] ? [kept['contact']] : undefined,
      messages: kept['message'] ? [kept['message']] : undefined,
      message_echoes: kept['echo'] ? [kept['echo']] : undefined,
      statuses: kept['status'] ? [kept['status']] : undefined,
      errors: kept['error'] ? [kept['error']] : undefined,
    }),
  };
  const entry = {
    id: kept['entryId'],
    time: kept['time'],
    changes: [{ field: kept['field'], value }],
  };
  return readDelivery({ entry: [entry] })?.[0] ?? null;
}

/** Members that no reader knows, by where they stood; they travel with every item under them. */
interface More {
  readonly body: Json | undefined;
  readonly entry?: Json | undefined;
  readonly change?: Json | undefined;
}

interface Envelope {
  readonly field: string;
  readonly phoneNumberId: string | null;
  readonly contacts: Contacts;
  readonly messages: readonly unknown[];
  readonly statuses: readonly unknown[];
  readonly echoes: readonly unknown[];
  readonly errors: readonly Json[];
  readonly frame: Json;
}

/** The object without these members; `undefined` where nothing is left. */
function without(object: Json, names: readonly string[]): Json | undefined {
  const rest = Object.entries(object).filter(([name]) => !names.includes(name));
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

function readEntry(value: unknown, outer: More): Item[] {
  const entry = asObject(value);
  const changes = entry?.['changes'];
  if (!entry || !Array.isArray(changes) || changes.length === 0)
    return [other(NOWHERE, compact({ ...framed(outer), entry: value }), 'not-a-webhook')];
  const more = { ...outer, entry: without(entry, ['id', 'time', 'changes']) };
  return changes.flatMap((change) => readChange(entry, change, more));
}

const NOWHERE = { field: '', phoneNumberId: null };

const framed = (more: More): Json => {
  const known = compact(more);
  return Object.keys(known).length > 0 ? { more: known } : {};
};

function readChange(entry: Json, given: unknown, outer: More): Item[] {
  const origin = { entryId: entry['id'], time: entry['time'] };
  const change = asObject(given);
  const value = asObject(change?.['value']);
  if (!change || !value)
    return [
      other(NOWHERE, compact({ ...origin, ...framed(outer), change: given }), 'not-a-webhook'),
    ];
  const more = { ...outer, change: without(change, ['field', 'value']) };
  const { field, metadata } = { field: change['field'], metadata: value['metadata'] };
  const envelope: Envelope = {
    field: asText(field) ?? '',
    phoneNumberId: documentId(asText(asObject(metadata)?.['phone_number_id'])),
    contacts: indexContacts(value['contacts']),
    messages: asList(value['messages']),
    statuses: field === 'messages' ? asList(value['statuses']) : [],
    echoes: field === ECHOES ? asList(value['message_echoes']) : [],
    errors: field === 'messages' && hasErrors(value) ? asObjects(value['errors']) : [],
    frame: compact({ ...origin, field, metadata, ...framed(more) }),
  };
  return readValue(envelope, value);
}

/** Errors that stand beside the messages or alone, every one of them readable. */
const hasErrors = ({ errors }: Json): boolean =>
  Array.isArray(errors) && asObjects(errors).length === errors.length;

function readValue(envelope: Envelope, value: Json): Item[] {
  const items = [
    ...envelope.messages.map((message) => readMessage(envelope, message)),
    ...envelope.statuses.map((status) => readStatus(envelope, status)),
    ...envelope.echoes.map((echo) => readEcho(envelope, echo)),
    ...envelope.errors.map((error) => readError(envelope, error)),
  ];
  const rest = leftOver(envelope, value, items.length > 0);
  if (items.length === 0 && ACCOUNT_FIELDS.has(envelope.field))
    return [account(envelope, rest, { ...envelope.frame, value: rest })];
  return items.length > 0 && Object.keys(rest).length === 0
    ? items
    : [...items, other(envelope, { ...envelope.frame, value: rest }, 'unsupported-field')];
}

/** What of a value is in none of its items. */
function leftOver(envelope: Envelope, value: Json, hasItems: boolean): Json {
  const lists = ['messages', ...(envelope.field === 'messages' ? ['statuses'] : [])];
  if (envelope.field === ECHOES) lists.push('message_echoes');
  if (hasItems) lists.push('contacts');
  if (envelope.errors.length > 0) lists.push('errors');
  const isRead = (name: string): boolean =>
    name === 'metadata' ||
    (name === 'messaging_product' && value[name] === 'whatsapp') ||
    (lists.includes(name) && Array.isArray(value[name]));
  const rest = Object.entries(value).filter(([name]) => !isRead(name));
  const contacts = hasItems ? strangers(envelope, asList(value['contacts'])) : [];
  return { ...Object.fromEntries(rest), ...(contacts.length > 0 ? { contacts } : {}) };
}

/** Contacts that belong to none of the items. */
function strangers(envelope: Envelope, contacts: readonly unknown[]): readonly unknown[] {
  const items = [
    ...[...envelope.messages, ...envelope.statuses].map((item) => asObject(item) ?? {}),
    ...envelope.echoes.map((echo) => turned(envelope, asObject(echo) ?? {})),
  ];
  const known = new Set<unknown>(items.map((item) => contactOf(envelope, item)));
  return contacts.filter((contact) => !known.has(contact));
}

function readMessage(envelope: Envelope, given: unknown): Item {
  const { field, phoneNumberId, frame } = envelope;
  const message = asObject(given) ?? {};
  const wamid = asText(message['id']);
  const contact = contactOf(envelope, message);
  const raw = compact({ ...frame, contact, message: given });
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
    wamid: cutText(wamid, WAMID_LIMIT),
    at: readSeconds(message['timestamp']),
    type: cutText(type, NAME_LIMIT),
    sender: readSender(message, contact),
    body: readContent(type, message),
    context: readContext(message['context']),
    origin: field === 'history' ? 'history' : field === 'standby' ? 'standby' : 'live',
  };
}

/** What a colleague wrote on a phone beside us (Meta, "smb_message_echoes webhook reference"). */
const ECHOES = 'smb_message_echoes';
/** Of what is written there only whole messages are read: a reaction, edit or deletion is kept as it came. */
const COMMENTS: ReadonlySet<string> = new Set(['reaction', 'edit', 'revoke']);

/** An echo as if the customer had written it: whoever of the two is not the business. */
function turned({ frame }: Envelope, echo: Json): Json {
  const own = asText(asObject(frame['metadata'])?.['display_phone_number'])?.replace(/\D/g, '');
  const other = [echo['to'], echo['from']].find((id) => asText(id)?.replace(/\D/g, '') !== own);
  return compact({
    ...echo,
    from: other,
    from_user_id: echo['to_user_id'],
    from_parent_user_id: echo['to_parent_user_id'],
  });
}

function readEcho(envelope: Envelope, given: unknown): Item {
  const { frame } = envelope;
  const echo = asObject(given) ?? {};
  const item = readMessage(envelope, turned(envelope, echo));
  const raw = compact({
    ...frame,
    contact: contactOf(envelope, turned(envelope, echo)),
    echo: given,
  });
  if (item.kind !== 'message') return { ...item, raw };
  return COMMENTS.has(item.type)
    ? other(envelope, raw, 'unsupported-field')
    : { ...item, raw, key: ['echo', ...item.key.slice(1)], origin: 'echo' };
}

/** The `contacts[]` of a value by what they are found by; the first of an id wins. */
interface Contacts {
  readonly byUserId: ReadonlyMap<string, Json>;
  readonly byNumber: ReadonlyMap<string, Json>;
  readonly only: Json | undefined;
}

function indexContacts(value: unknown): Contacts {
  const contacts = asObjects(value).toReversed();
  const by = (name: string) =>
    new Map(
      contacts.flatMap((contact) => {
        const id = asText(contact[name]);
        return id === undefined ? [] : [[id, contact] as const];
      }),
    );
  return {
    byUserId: by('user_id'),
    byNumber: by('wa_id'),
    only: contacts.length === 1 ? contacts[0] : undefined,
  };
}

/**
 * The `contacts[]` member of a message's writer or a status's recipient: matched by user id, then by
 * number, never by its place (Meta, "Business-scoped user IDs").
 */
function contactOf(
  { contacts, messages, statuses, echoes }: Envelope,
  item: Json,
): Json | undefined {
  const userId = asText(item['from_user_id']) ?? asText(item['recipient_user_id']) ?? '';
  const number = asText(item['from']) ?? asText(item['recipient_id']) ?? '';
  return (
    contacts.byUserId.get(userId) ??
    contacts.byNumber.get(number) ??
    contacts.byUserId.get(number) ??
    // The one contact of the one item is its person, also where the ids are spelt differently.
    (messages.length + statuses.length + echoes.length === 1 ? contacts.only : undefined)
  );
}

const PHONE = /^\+?(\d{5,20})$/;
const BSUID = /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/;

/** An id that may be a phone number or a business-scoped user id: captures show either in either place. */
function identifier(value: string | undefined): Identifier | null {
  if (value === undefined) return null;
  const digits = PHONE.exec(value)?.[1];
  if (digits !== undefined) return { kind: 'phone', value: digits };
  return { kind: BSUID.test(value) ? 'bsuid' : 'other', value };
}

function readSender(message: Json, contact: Json | undefined): Sender | null {
  const group = asText(message['group_id']);
  const parent = asText(message['from_parent_user_id']) ?? asText(contact?.['parent_user_id']);
  const found = identifiersIn([
    message['from_user_id'],
    message['from'],
    contact?.['user_id'],
    contact?.['wa_id'],
  ]);
  const change = readIdChange(asObject(message['system']));
  const person = [
    ...change.before,
    ...found,
    ...(parent ? [{ kind: 'parent', value: parent } as const] : []),
  ];
  const identifiers: readonly Identifier[] = group
    ? [{ kind: 'group', value: group }]
    : unique(person.length > 0 ? person : change.after);
  if (identifiers.length === 0) return null;
  const profile = group ? undefined : asObject(contact?.['profile']);
  return {
    identifiers,
    ...(group || change.after.length === 0 ? {} : { becomes: unique(change.after) }),
    name: cutText(asText(profile?.['name']), NAME_LIMIT) ?? null,
    username: cutText(asText(profile?.['username']), NAME_LIMIT) ?? null,
  };
}

/** Notices that somebody goes by another id (Meta, "System messages webhook reference"), old and new words. */
const CHANGES: ReadonlySet<string> = new Set([
  'user_changed_number',
  'user_changed_user_id',
  'customer_changed_number',
]);

/**
 * Who somebody was and who they are from now on. Before August 2026 the id that was is only in the
 * words "User X changed from A to B".
 */
function readIdChange(system: Json | undefined) {
  if (!CHANGES.has(asText(system?.['type']) ?? '')) return { before: [], after: [] };
  const said = / changed from (\S+) to \S+$/.exec(asText(system?.['body']) ?? '')?.[1];
  const parents = (name: string): readonly Identifier[] => {
    const value = asText(system?.[name]);
    return value === undefined ? [] : [{ kind: 'parent', value }];
  };
  return {
    before: [
      ...identifiersIn([system?.['previous_user_id'], said]),
      ...parents('previous_parent_user_id'),
    ],
    after: [
      ...identifiersIn([system?.['user_id'], system?.['wa_id'], system?.['new_wa_id']]),
      ...parents('parent_user_id'),
    ],
  };
}

const identifiersIn = (values: readonly unknown[]): readonly Identifier[] =>
  values.map((value) => identifier(asText(value))).filter((id) => id !== null);

/** First of each kind: a message names one number and one user id of its writer. */
const unique = (ids: readonly Identifier[]): readonly Identifier[] =>
  ids.filter((id, index) => ids.findIndex((other) => other.kind === id.kind) === index);

function readStatus(envelope: Envelope, given: unknown): Item {
  const { field, phoneNumberId, frame } = envelope;
  const status = asObject(given) ?? {};
  const raw = compact({ ...frame, contact: contactOf(envelope, status), status: given });
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
    wamid: cutText(wamid, WAMID_LIMIT),
    status: state,
    at: readSeconds(status['timestamp']),
    callback: asText(status['biz_opaque_callback_data']) ?? null,
    error: readErrors(status['errors'])[0] ?? null,
  };
}

/** An error of a whole value; it names no message, so without a number it is about nothing of ours. */
const readError = (envelope: Envelope, error: Json): Item => {
  const raw = { ...envelope.frame, error };
  return envelope.phoneNumberId === null
    ? other(envelope, raw, 'no-number-id')
    : account(envelope, { errors: [error] }, raw);
};

const account = (envelope: Envelope, value: Json, raw: Json): AccountItem => ({
  kind: 'account',
  key: unnamed(raw),
  seq: 0,
  field: envelope.field,
  phoneNumberId: envelope.phoneNumberId,
  raw,
  accountId: asText(envelope.frame['entryId']) ?? '',
  at: readSeconds(envelope.frame['time']),
  value,
});

/**
 * An item without an id of its own is named by field, entry and its JSON text; not by what else stood
 * around it, which another batch has not.
 */
const unnamed = (raw: Json): readonly string[] => ['other', JSON.stringify(without(raw, ['more']))];

/** What no reader takes. */
const other = (
  { field, phoneNumberId }: Pick<Envelope, 'field' | 'phoneNumberId'>,
  raw: Json,
  reason: OtherItem['reason'],
): OtherItem => ({
  kind: 'other',
  key: unnamed(raw),
  seq: 0,
  field,
  phoneNumberId,
  raw,
  reason,
});

/** A value that may stand as a Firestore document id, or `null`. */
const documentId = (value: string | undefined): string | null =>
  value !== undefined && value.length <= 128 && !/[/]|^\.{1,2}$|^__.*__$/.test(value)
    ? value
    : null;
