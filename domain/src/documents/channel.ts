import * as v from 'valibot';
import { timeOrNull } from './common.ts';

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
});
export type Channel = v.InferOutput<typeof channelSchema>;

/** True where what came under this app's signature may speak for the number. */
export const vouchesFor = (appId: string, channel: Pick<Channel, 'appId'>): boolean =>
  channel.appId === null || channel.appId === appId;

export const IDENTIFIER_KINDS = ['bsuid', 'phone', 'parent', 'group', 'other'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** One thing that leads to a person. Values are personal data: never in logs, rows or entries. */
export const identifierSchema = v.object({
  kind: v.picklist(IDENTIFIER_KINDS),
  value: v.string(),
});
export type Identifier = v.InferOutput<typeof identifierSchema>;

/** `contacts/{id}`: a customer under our own id. */
export const contactSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  name: v.string(),
  username: v.nullish(v.string(), null),
  /** When the message was written that name and username come from; an older one doesn't change them. */
  profileAt: timeOrNull,
  maskedPhone: v.nullish(v.string(), null),
  /** One conversation per number. */
  conversationIds: v.optional(v.array(v.string()), []),
  createdAt: timeOrNull,
});
export type Contact = v.InferOutput<typeof contactSchema>;

/** `contacts/{id}/private/identifiers`. */
export const identifiersSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  identifiers: v.array(identifierSchema),
});
export type Identifiers = v.InferOutput<typeof identifiersSchema>;

/** `identities/{hash}`. */
export const identitySchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  contactId: v.string(),
  kind: v.picklist(IDENTIFIER_KINDS),
});
export type Identity = v.InferOutput<typeof identitySchema>;
