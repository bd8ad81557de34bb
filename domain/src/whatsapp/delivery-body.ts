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
import { readCall, readGroupUpdate } from './notices.ts';
import { NAME_LIMIT, participantOf, readSender, type Participant, type Sender } from './sender.ts';
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
  /** Who of a group wrote it; `sender` is the group. */
  readonly participant?: Participant;
  readonly body: Content;
  readonly context: ReturnType<typeof readContext>;
  /**
   * `live` came as it happened; `history` is a copy of what was before us, `standby` of what goes on
   * while another service answers in our place.
   */
  readonly origin: Origin;
  /** Who wrote it where that is not the customer, and `sender` then whom it went to. */
  readonly by?: OurSide;
  /** The state that a copy of an answer had, where Meta tells it. */
  readonly state?: ReportedState;
  /** The media of a message of which only a placeholder came before, or will come yet. */
  readonly fills?: true;
  /** What names its entry, where that is not `key`. */
  readonly entryKey?: readonly string[];
}

/** Where a message comes from: see {@link MessageItem}. */
export type Origin = 'live' | 'history' | 'standby';

/**
 * Who of our side wrote a message that did not leave from here: a colleague in the WhatsApp Business app on
 * a `phone`, or the `service` that answers in our place (Meta, "Standby webhooks").
 */
export type OurSide = 'phone' | 'service';

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
  /** Of a message that did not leave from here: another service's, or one to a group. */
  readonly foreign?: true;
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
  readonly reason: 'no-number-id' | 'no-message-id' | 'unsupported-field' | 'not-a-webhook' | Idle;
}

/** Why there is nothing to do about something that was understood. */
const IDLE = ['call-progress', 'history-declined', 'nothing-in-it'] as const;
type Idle = (typeof IDLE)[number];

/** True where an item was understood and asks for nothing; any other that no reader takes is a person's. */
export const isIdle = (reason: string): reason is Idle =>
  (IDLE as readonly string[]).includes(reason);

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
  const one = (name: string): readonly unknown[] | undefined =>
    kept[name] ? [kept[name]] : undefined;
  const value = {
    ...asObject(kept['value']),
    ...compact({
      metadata: kept['metadata'],
      contacts: one('contact'),
      messages: kept['thread'] ? undefined : one('message'),
      message_echoes: one('echo'),
      statuses: one('status'),
      calls: one('call'),
      groups: one('group'),
      history: kept['thread'] ? [rethreaded(kept)] : undefined,
      errors: one('error'),
    }),
  };
  const entry = {
    id: kept['entryId'],
    time: kept['time'],
    changes: [{ field: kept['field'], value }],
  };
  return readDelivery({ entry: [entry] })?.[0] ?? null;
}

/** A message of history in its thread again, as it came. */
const rethreaded = (kept: Json): Json => ({
  ...asObject(kept['chunk']),
  threads: [{ ...asObject(kept['thread']), messages: [kept['message']] }],
});

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
  /** The same as they came. */
  readonly people: unknown;
  readonly lists: Readonly<Record<ListName, readonly unknown[]>>;
  /** Errors that stand beside the messages or alone. */
  readonly errors: readonly Json[];
  readonly frame: Json;
}

const LIST_NAMES = [
  'messages',
  'statuses',
  'message_echoes',
  'history',
  'calls',
  'groups',
] as const;
/** A list of a value whose members are items. */
type ListName = (typeof LIST_NAMES)[number];

/** What a colleague wrote on a phone beside us (Meta, "smb_message_echoes webhook reference"). */
const ECHOES = 'smb_message_echoes';
/** What happens to groups (Meta, "Groups API webhooks"). */
const GROUP_FIELDS = [
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
] as const;

/** The lists that are read of a field, besides `messages`, which any may have. */
const LISTS: ReadonlyMap<string, readonly ListName[]> = new Map([
  ['messages', ['statuses']],
  [ECHOES, ['message_echoes']],
  ['standby', ['statuses', 'message_echoes']],
  ['history', ['history', 'message_echoes']],
  ['calls', ['calls', 'statuses']],
  ...GROUP_FIELDS.map((field) => [field, ['groups']] as [string, ListName[]]),
]);

const listsOf = (field: string): readonly ListName[] => ['messages', ...(LISTS.get(field) ?? [])];

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
  const name = asText(change['field']) ?? '';
  return unfolded(name, value).flatMap((one) => {
    const { metadata } = one;
    const frame = compact({ ...origin, field: change['field'], metadata, ...framed(more) });
    return readValue(envelopeOf(name, one, frame), one);
  });
}

/** What another service answers stands one level deeper (Meta, "Standby webhooks"). */
function unfolded(field: string, value: Json): readonly Json[] {
  const { standby, ...around } = value;
  const inner = field === 'standby' ? asObject(standby) : undefined;
  if (!inner) return [value];
  const nested = { metadata: value['metadata'], ...inner };
  const besides = without(around, ['messaging_product']);
  const told = JSON.stringify(besides) === JSON.stringify({ metadata: nested.metadata });
  return besides === undefined || told ? [nested] : [around, nested];
}

function envelopeOf(field: string, value: Json, frame: Json): Envelope {
  const names = listsOf(field);
  const lists = LIST_NAMES.map(
    (name) => [name, names.includes(name) ? asList(value[name]) : []] as const,
  );
  return {
    field,
    phoneNumberId: documentId(asText(asObject(value['metadata'])?.['phone_number_id'])),
    contacts: indexContacts(value['contacts']),
    people: value['contacts'],
    lists: Object.fromEntries(lists) as Envelope['lists'],
    errors: field === 'messages' && hasErrors(value) ? asObjects(value['errors']) : [],
    frame,
  };
}

const READ: Readonly<Record<ListName, (envelope: Envelope, given: unknown) => Item | Item[]>> = {
  messages: readFlat,
  statuses: (envelope, status) =>
    envelope.field === 'calls'
      ? other(
          envelope,
          compact({ ...envelope.frame, contacts: envelope.people, status }),
          'call-progress',
        )
      : readStatus(envelope, status),
  message_echoes: readEcho,
  history: readChunk,
  calls: readCallItem,
  groups: readGroup,
};

/** Errors that stand beside the messages or alone, every one of them readable. */
const hasErrors = ({ errors }: Json): boolean =>
  Array.isArray(errors) && asObjects(errors).length === errors.length;

function readValue(envelope: Envelope, value: Json): Item[] {
  const items = [
    ...LIST_NAMES.flatMap((name) =>
      envelope.lists[name].flatMap((given) => READ[name](envelope, given)),
    ),
    ...envelope.errors.map((error) => readError(envelope, error)),
  ];
  // An error names nobody: whoever stands beside it alone would be lost.
  const rest = leftOver(envelope, value, items.length > envelope.errors.length);
  if (items.length === 0 && ACCOUNT_FIELDS.has(envelope.field))
    return [account(envelope, rest, { ...envelope.frame, value: rest })];
  return items.length > 0 && Object.keys(rest).length === 0
    ? items
    : [...items, other(envelope, { ...envelope.frame, value: rest }, 'unsupported-field')];
}

/** What of a value is in none of its items. */
function leftOver(envelope: Envelope, value: Json, hasItems: boolean): Json {
  const lists: readonly string[] = [
    ...listsOf(envelope.field),
    ...(hasItems ? ['contacts'] : []),
    ...(envelope.errors.length > 0 ? ['errors'] : []),
  ];
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
  const { messages, statuses, message_echoes, calls } = envelope.lists;
  const items = [
    ...[...messages, ...statuses].map((item) => asObject(item) ?? {}),
    ...message_echoes.map((echo) => turned(envelope, sentBody(asObject(echo) ?? {}))),
    ...[...messages, ...calls].map((item) => turned(envelope, asObject(item) ?? {})),
  ];
  const known = new Set<unknown>(items.map((item) => contactOf(envelope, item)));
  return contacts.filter((contact) => !known.has(contact));
}

/** A message of `messages`; in what comes of history later it may also be one of ours. */
function readFlat(envelope: Envelope, given: unknown): Item {
  if (envelope.field !== 'history') return readMessage(envelope, given);
  const message = asObject(given) ?? {};
  const item = isFromUs(envelope, message)
    ? readOurs(envelope, message, { message: given })
    : readMessage(envelope, given);
  return item.kind === 'message' ? filling(item) : item;
}

/**
 * The second pass of history brings the media of placeholders, in any order (Meta, "history webhook
 * reference"): an item of its own in the journal, and the same entry.
 */
const filling = (item: MessageItem): MessageItem => ({
  ...item,
  fills: true,
  entryKey: item.key,
  key: ['media', ...item.key],
});

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
    ...participantOf(message, contact),
    context: readContext(message['context']),
    origin: field === 'history' ? 'history' : field === 'standby' ? 'standby' : 'live',
  };
}

/** The number that a customer sees, as digits. */
const ownNumber = ({ frame }: Envelope): string | undefined =>
  asText(asObject(frame['metadata'])?.['display_phone_number'])?.replace(/\D/g, '');

const isFromUs = (envelope: Envelope, message: Json): boolean =>
  asText(message['to']) !== undefined ||
  asText(message['to_user_id']) !== undefined ||
  asText(message['from'])?.replace(/\D/g, '') === ownNumber(envelope);

/** A message of our side as if the customer had written it: whoever of the two is not the business. */
function turned(envelope: Envelope, message: Json): Json {
  const own = ownNumber(envelope);
  const customer = [message['to'], message['from']].find(
    (id) => asText(id)?.replace(/\D/g, '') !== own,
  );
  return compact({
    ...message,
    from: customer,
    from_user_id: message['to_user_id'] ?? message['from_user_id'],
    from_parent_user_id: message['to_parent_user_id'] ?? message['from_parent_user_id'],
  });
}

/** Another service's message is told by the body that it sent (Meta, "Standby webhooks"). */
function sentBody(echo: Json): Json {
  const sent = asObject(echo['message']);
  return sent === undefined
    ? echo
    : compact({ ...sent, ...without(echo, ['message']), to_user_id: sent['recipient'] });
}

function readEcho(envelope: Envelope, given: unknown): Item {
  const item = readOurs(envelope, sentBody(asObject(given) ?? {}), { echo: given });
  return item.kind === 'message' && envelope.field === 'history' ? filling(item) : item;
}

/** A message of our side that did not leave from here. `kept` is what its journal item has of it. */
function readOurs(envelope: Envelope, message: Json, kept: Json): Item {
  const asTheirs = turned(envelope, message);
  const item = readMessage(envelope, asTheirs);
  const contact = contactOf(envelope, asTheirs);
  const raw = compact({ ...envelope.frame, contact, ...kept });
  return item.kind === 'message'
    ? {
        ...item,
        raw,
        key: ['echo', ...item.key.slice(1)],
        by: item.origin === 'standby' ? 'service' : 'phone',
      }
    : { ...item, raw };
}

/** The user declined to share their history (Meta, "history webhook reference"). */
const DECLINED = 2593109;

/** A chunk of history: threads of messages, or why there are none (Meta, "history webhook reference"). */
function readChunk(envelope: Envelope, given: unknown): Item[] {
  const chunk = asObject(given);
  const threads = asList(chunk?.['threads']);
  if (chunk && threads.length > 0) {
    const around = without(chunk, ['threads']) ?? {};
    return threads.flatMap((thread) => readThread(envelope, around, thread));
  }
  const errors = readErrors(chunk?.['errors']);
  const reason = errors.some(({ code }) => code === DECLINED)
    ? 'history-declined'
    : chunk && errors.length === 0
      ? 'nothing-in-it'
      : 'unsupported-field';
  return [other(envelope, { ...envelope.frame, history: given }, reason)];
}

function readThread(envelope: Envelope, chunk: Json, given: unknown): Item[] {
  const thread = asObject(given);
  const messages = asList(thread?.['messages']);
  if (!thread || messages.length === 0)
    return [
      other(
        envelope,
        { ...envelope.frame, chunk, threads: given },
        thread ? 'nothing-in-it' : 'unsupported-field',
      ),
    ];
  const around = without(thread, ['messages']) ?? {};
  return messages.map((message) => readPast(envelope, { chunk, thread: around, message }));
}

/**
 * A message of a thread of history. The thread names its customer by number, which may be missing, or
 * by user id in `context`.
 */
function readPast(envelope: Envelope, kept: { chunk: Json; thread: Json; message: unknown }): Item {
  const message = asObject(kept.message) ?? {};
  const { context } = kept.thread;
  const person = asObject(context) ?? {};
  const ours = isFromUs(envelope, message);
  const named = compact({
    ...message,
    from: ours ? message['from'] : (message['from'] ?? kept.thread['id'] ?? person['wa_id']),
    to: ours ? (message['to'] ?? kept.thread['id'] ?? person['wa_id']) : undefined,
    from_user_id: ours ? undefined : (message['from_user_id'] ?? person['user_id']),
    to_user_id: ours ? (message['to_user_id'] ?? person['user_id']) : undefined,
  });
  const contact = { profile: compact({ username: person['username'] }), ...person };
  const peopled = { ...envelope, contacts: { ...envelope.contacts, only: contact } };
  const item = ours ? readOurs(peopled, named, {}) : readMessage(peopled, named);
  const state = asText(asObject(message['history_context'])?.['status'])?.toLowerCase() ?? '';
  const raw = compact({ ...envelope.frame, ...kept });
  return item.kind === 'message' && ours && isReported(state)
    ? { ...item, raw, state }
    : { ...item, raw };
}

/** True for the word of one of the {@link REPORTED_STATES}. */
export const isReported = (status: string): status is ReportedState =>
  (REPORTED_STATES as readonly string[]).includes(status);

/**
 * A call of the customer's that is over, as a notice; every other step of a call, and a call that
 * went out, asks for nothing here (Meta, "Calls webhook").
 */
function readCallItem(envelope: Envelope, given: unknown): Item {
  const { phoneNumberId, frame } = envelope;
  const call = asObject(given) ?? {};
  const caller = turned(envelope, call);
  const contact = contactOf(envelope, caller);
  const raw = compact({ ...frame, contact, call: given });
  const id = asText(call['id']);
  if (phoneNumberId === null || id === undefined)
    return other(envelope, raw, phoneNumberId === null ? 'no-number-id' : 'no-message-id');
  const direction = asText(call['direction']) ?? (isOwn(envelope, call) ? 'BUSINESS' : 'USER');
  if (call['event'] !== 'terminate' || !direction.startsWith('USER'))
    return other(envelope, raw, 'call-progress');
  return {
    ...noticeOf(envelope, raw, {
      key: ['call', phoneNumberId, id],
      wamid: id,
      at: call['start_time'] ?? call['timestamp'],
      type: 'call',
    }),
    sender: readSender(caller, contact),
    body: readCall(call),
  };
}

const isOwn = (envelope: Envelope, call: Json): boolean =>
  asText(call['from'])?.replace(/\D/g, '') === ownNumber(envelope);

/** What happened to a group, as a notice in its thread. It has no id of its own. */
function readGroup(envelope: Envelope, given: unknown): Item {
  const { phoneNumberId, frame } = envelope;
  const group = asObject(given) ?? {};
  const id = asText(group['group_id']);
  const raw = compact({ ...frame, group: given });
  if (phoneNumberId === null || id === undefined)
    return other(envelope, raw, phoneNumberId === null ? 'no-number-id' : 'no-message-id');
  const { name, ...body } = readGroupUpdate(group);
  const words = ['type', 'timestamp', 'request_id'].map((part) => asText(group[part]) ?? '');
  return {
    ...noticeOf(envelope, raw, {
      key: ['group', phoneNumberId, envelope.field, JSON.stringify(group)],
      wamid: [id, ...words].join(' '),
      at: group['timestamp'],
      type: 'group_update',
    }),
    sender: { identifiers: [{ kind: 'group', value: id }], name, username: null },
    body,
  };
}

/** What a notice has in common with a message. */
const noticeOf = (
  { field, phoneNumberId }: Envelope,
  raw: Json,
  of: {
    readonly key: readonly string[];
    readonly wamid: string;
    readonly at: unknown;
    readonly type: string;
  },
) => ({
  kind: 'message' as const,
  key: of.key,
  seq: 0,
  field,
  phoneNumberId,
  raw,
  wamid: cutText(of.wamid, WAMID_LIMIT),
  at: readSeconds(of.at),
  type: of.type,
  context: undefined,
  origin: 'live' as const,
});

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
function contactOf({ contacts, lists }: Envelope, item: Json): Json | undefined {
  const { history, ...flat } = lists;
  const items = Object.values(flat).reduce((sum, list) => sum + list.length, 0);
  const userId =
    asText(item['from_user_id']) ??
    asText(item['recipient_user_id']) ??
    asText(item['recipient_participant_user_id']) ??
    '';
  const number = asText(item['from']) ?? recipientIn(item) ?? asText(item['recipient_id']) ?? '';
  return (
    contacts.byUserId.get(userId) ??
    contacts.byNumber.get(number) ??
    contacts.byUserId.get(number) ??
    // The one contact of the one item is its person, also where the ids are spelt differently.
    (items === 1 || history.length > 0 ? contacts.only : undefined)
  );
}

/** Whom of a group a status is about; Meta's own examples also have the words the other way round. */
const recipientIn = (status: Json): string | undefined =>
  asText(status['recipient_participant_id']) ?? asText(status['participant_recipient_id']);

function readStatus(envelope: Envelope, given: unknown): Item {
  const { field, phoneNumberId, frame } = envelope;
  const status = asObject(given) ?? {};
  const raw = compact({ ...frame, contact: contactOf(envelope, status), status: given });
  const wamid = asText(status['id']);
  const state = asText(status['status']);
  if (phoneNumberId === null || wamid === undefined || state === undefined)
    return other(envelope, raw, phoneNumberId === null ? 'no-number-id' : 'no-message-id');
  const participant = recipientIn(status) ?? asText(status['recipient_participant_user_id']) ?? '';
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
    ...(field === 'standby' || status['recipient_type'] === 'group' ? { foreign: true } : {}),
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
