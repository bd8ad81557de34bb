import {
  textOf,
  type BusinessMessage,
  type BusinessNumber,
  type Customer,
  type JsonObject,
  type SendState,
} from '../model.ts';
import { statusError } from '../graph/errors.ts';

/**
 * One thing to tell the business: an inbound item or a status, with the contact it belongs to; an
 * error of the number as a whole; or news of the account, whose `item` is the whole value.
 */
export interface Update {
  kind: 'message' | 'status' | 'error' | 'account';
  number: BusinessNumber;
  contact: JsonObject | null;
  item: JsonObject;
  /** Of news of the account: the webhook field, and when it was, epoch milliseconds. */
  account?: { field: string; at: number };
}

/** Meta's timestamps are strings of whole unix seconds. */
export function unixSeconds(at: number): string {
  return String(Math.floor(at / 1000));
}

function contactOf(customer: Customer, withUsername: boolean): JsonObject {
  const username = withUsername && customer.username !== null ? customer.username : null;
  return {
    profile: { name: customer.name, ...(username === null ? {} : { username }) },
    ...(customer.phoneHidden ? {} : { wa_id: customer.phone }),
    user_id: customer.userId,
  };
}

/**
 * A customer's message. Every webhook carries the business-scoped user id; for a customer who
 * withholds the number, `from` and `wa_id` are absent, not empty (Meta, "Business-scoped user
 * IDs", May 2026). `at` in epoch milliseconds.
 */
export function inboundUpdate(
  number: BusinessNumber,
  customer: Customer,
  message: { wamid: string; at: number; item: JsonObject },
): Update {
  return {
    kind: 'message',
    number,
    contact: contactOf(customer, true),
    item: {
      ...(customer.phoneHidden ? {} : { from: customer.phone }),
      from_user_id: customer.userId,
      id: message.wamid,
      timestamp: unixSeconds(message.at),
      ...message.item,
    },
  };
}

/** What WhatsApp itself says of a customer, in no contact's name (Meta, "System messages"). */
export function noticeUpdate(
  number: BusinessNumber,
  message: { wamid: string; at: number; item: JsonObject },
): Update {
  const item = { ...message.item, id: message.wamid, timestamp: unixSeconds(message.at) };
  return { kind: 'message', number, contact: null, item };
}

/**
 * The item that tells of a customer's new number and, with it, new user id. Where the number is
 * withheld, only the ids are told (Meta, "Business-scoped user IDs", August 2026).
 */
export function numberChange(
  customer: Customer,
  before: Pick<Customer, 'phone' | 'userId'>,
): JsonObject {
  const { name, phone, userId, phoneHidden } = customer;
  const [from, to] = phoneHidden ? [before.userId, userId] : [before.phone, phone];
  return {
    ...(phoneHidden ? {} : { from }),
    type: 'system',
    system: {
      body: `User ${name} changed from ${from} to ${to}`,
      ...(phoneHidden ? {} : { wa_id: phone }),
      user_id: userId,
      previous_user_id: before.userId,
      type: phoneHidden ? 'user_changed_user_id' : 'user_changed_number',
    },
  };
}

/** What a message costs (Meta, "Pricing on the WhatsApp Business Platform"), on sent and delivered. */
function pricingOf(message: BusinessMessage): JsonObject {
  const category = message.template?.category.toLowerCase();
  return category !== undefined
    ? { billable: true, pricing_model: 'PMP', type: 'regular', category }
    : { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' };
}

/**
 * A status of a business message as v24.0 webhooks carry it: no `conversation`; `contacts` on
 * sent, delivered and read but not on failed, the username from delivered on; `recipient_user_id`
 * absent on failed when the message was addressed by phone number (Meta, "Business-scoped user
 * IDs" and "Status messages webhook reference").
 */
export function statusUpdate(
  number: BusinessNumber,
  customer: Customer,
  message: BusinessMessage,
  status: Exclude<SendState, 'accepted'>,
  at: number,
): Update {
  const failed = status === 'failed';
  const hidden = customer.phoneHidden;
  const priced = status === 'sent' || status === 'delivered';
  return {
    kind: 'status',
    number,
    contact: failed ? null : contactOf(customer, status !== 'sent'),
    item: {
      id: message.wamid,
      status,
      timestamp: unixSeconds(at),
      ...(hidden ? {} : { recipient_id: customer.phone }),
      ...(failed && !message.addressedByUserId ? {} : { recipient_user_id: customer.userId }),
      ...(message.callbackData === null ? {} : { biz_opaque_callback_data: message.callbackData }),
      ...(priced ? { pricing: pricingOf(message) } : {}),
      ...(failed ? { errors: [statusError(message.refusal ?? 131000)] } : {}),
    },
  };
}

const LISTS = { message: 'messages', status: 'statuses', error: 'errors' } as const;

function changeOf(updates: Update[], { kind, number, account, item }: Update): JsonObject {
  if (kind === 'account') return { value: item, field: account?.field ?? '' };
  const contacts = new Map<string, JsonObject>();
  for (const { contact } of updates)
    if (contact !== null) contacts.set(textOf(contact.user_id), contact);
  const value = {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: number.displayPhoneNumber,
      phone_number_id: number.phoneNumberId,
    },
    ...(contacts.size === 0 ? {} : { contacts: [...contacts.values()] }),
    [LISTS[kind]]: updates.map((update) => update.item),
  };
  return { value, field: 'messages' };
}

/** News of the account have entries of their own, which say when it was. */
function entryKey({ number, account }: Update): string {
  return account === undefined ? number.wabaId : `${number.wabaId} ${unixSeconds(account.at)}`;
}

function changeKey({ kind, number }: Update, index: number): string {
  return kind === 'account' ? `account ${index}` : `${number.phoneNumberId} ${kind}`;
}

/**
 * The body of one delivery: an entry per business account, in it a change per number and kind, in
 * it the items in the order given (Meta, "Webhooks overview", batching).
 */
export function webhookBody(updates: Update[]): JsonObject {
  const entries = new Map<string, Map<string, Update[]>>();
  for (const [index, update] of updates.entries()) {
    const changes = entries.get(entryKey(update)) ?? new Map<string, Update[]>();
    entries.set(entryKey(update), changes);
    const key = changeKey(update, index);
    changes.set(key, [...(changes.get(key) ?? []), update]);
  }
  return {
    object: 'whatsapp_business_account',
    entry: [...entries.values()].map((changes) => entryOf([...changes.values()])),
  };
}

function entryOf(groups: Update[][]): JsonObject {
  const heads = groups.flatMap((group) => group.slice(0, 1));
  const account = heads[0]?.account;
  return {
    id: heads[0]?.number.wabaId ?? '',
    ...(account === undefined ? {} : { time: Number(unixSeconds(account.at)) }),
    changes: heads.map((head, index) => changeOf(groups[index] ?? [], head)),
  };
}
