import * as v from 'valibot';
import { STANDARD_THROUGHPUT } from '../delivery/pace.ts';
import { RECEIPT_POLICIES } from '../whatsapp/receipt.ts';
import { timeOrNull } from './common.ts';

/** Whether messages of a number can leave at all. */
export const CHANNEL_HEALTH = ['connected', 'reconnect'] as const;

/** `channels/{phoneNumberId}`: a WhatsApp number. Holds no secret. */
export const channelSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  name: v.string(),
  displayPhoneNumber: v.optional(v.string(), ''),
  wabaId: v.optional(v.string(), ''),
  /** Meta's business portfolio: the scope of business-scoped user ids. The WABA's id where unknown. */
  portfolioId: v.optional(v.string(), ''),
  /** The Meta app whose webhooks carry this number; another app's are not believed. `null`: any. */
  appId: v.nullish(v.string(), null),
  /** Takes every conversation that nothing routes. */
  defaultTeamId: v.string(),
  /** `reconnect`: Meta turns our token away; replies wait until it takes it again. */
  health: v.optional(v.picklist(CHANNEL_HEALTH), 'connected'),
  /** Kinds of open alerts that a message which goes out would end. */
  troubles: v.optional(v.array(v.string()), []),
  /** Messages a second that Meta takes from it (Meta, "Throughput": 80, 20 beside a phone app, 1,000). */
  throughput: v.optional(v.number(), STANDARD_THROUGHPUT),
  /** Whether the customer sees on a text who of the team wrote it. */
  namesAgents: v.optional(v.boolean(), false),
  /** When the customer is told that a message was read. */
  receipts: v.optional(v.picklist(RECEIPT_POLICIES), 'reply'),
  /** How good customers find its messages: Meta's word (`GREEN`, `YELLOW`, `RED`, `UNKNOWN`). */
  quality: v.nullish(v.string(), null),
  /** Customers that may be written to first in a rolling day; `null` while it is not known. */
  messagingLimit: v.nullish(v.number(), null),
  /** When its templates, its quality and its limit were last asked of Meta. */
  templatesAt: timeOrNull,
});
/**
 * A number as it is read: what its document lacks is empty, or `null` for `appId`. Its id is Meta's
 * phone number id.
 */
export type Channel = v.InferOutput<typeof channelSchema>;

/** True where what came under this app's signature may speak for the number. */
export const vouchesFor = (appId: string, channel: Pick<Channel, 'appId'>): boolean =>
  channel.appId === null || channel.appId === appId;

/** True while nothing of the number can leave: its replies stay queued and are sent when it is connected again. */
export const holdsReplies = ({ health }: Pick<Channel, 'health'>): boolean =>
  health === 'reconnect';

/**
 * What names a customer (Meta, "Business-scoped user IDs"): a user id of the portfolio, a phone
 * number as digits, a parent user id, a group's id, or an id of no known form. `LOOKUP_ORDER` has
 * the order in which they are asked.
 */
export const IDENTIFIER_KINDS = ['bsuid', 'phone', 'parent', 'group', 'other'] as const;

/** One thing that leads to a person. Values are personal data: never in logs, rows or entries. */
export const identifierSchema = v.object({
  kind: v.picklist(IDENTIFIER_KINDS),
  value: v.string(),
});
/** A kind and its value: digits without `+` for `phone`, any other id verbatim as Meta sent it. */
export type Identifier = v.InferOutput<typeof identifierSchema>;

/** `contacts/{id}`: a customer under our own id, or a group that customers write in. */
export const contactSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  /** A group of several people under one id; missing for a person. */
  kind: v.optional(v.literal('group')),
  name: v.string(),
  username: v.nullish(v.string(), null),
  /** When the message was written that name and username come from; an older one doesn't change them. */
  profileAt: timeOrNull,
  maskedPhone: v.nullish(v.string(), null),
  /** One conversation per number. */
  conversationIds: v.optional(v.array(v.string()), []),
  createdAt: timeOrNull,
});
/**
 * A customer as screens may know one: the phone number is masked here, and whole only in
 * {@link identifiersSchema}.
 */
export type Contact = v.InferOutput<typeof contactSchema>;

/**
 * `contacts/{id}/private/identifiers`: phone numbers and user ids of one contact. A supervisor or
 * admin who may read the contact may read them; nobody else does.
 */
export const identifiersSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  identifiers: v.array(identifierSchema),
});

/**
 * `identities/{hash}`: the contact that an identifier leads to. The document's id is a keyed hash
 * (HMAC-SHA-256) of it, which gives no value away. Server only.
 */
export const identitySchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  contactId: v.string(),
  kind: v.picklist(IDENTIFIER_KINDS),
  /** Since when they go by another: what is written under it later may be somebody else's word. */
  leftAt: timeOrNull,
});
