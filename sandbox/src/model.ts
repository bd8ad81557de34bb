import type { Template } from './graph/template.ts';

/** Plain JSON, as it travels in request and webhook bodies. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A JSON object, whatever is in it. */
export type JsonObject = { [key: string]: Json };

/** A business phone number that the sandbox serves. `displayPhoneNumber` is digits only. */
export interface BusinessNumber {
  phoneNumberId: string;
  displayPhoneNumber: string;
  wabaId: string;
  name: string;
}

/**
 * A person with a phone. `phone` is digits only and identifies the customer inside the sandbox;
 * `userId` is the business-scoped user id, which every webhook carries (Meta, "Business-scoped
 * user IDs"). With `phoneHidden` the number is left out of every webhook.
 */
export interface Customer {
  phone: string;
  userId: string;
  name: string;
  username: string | null;
  phoneHidden: boolean;
  online: boolean;
  sharesRead: boolean;
}

/** What a customer's own message shows: on the phone only, accepted by our webhook, read by us. */
export type Tick = 'waiting' | 'sent' | 'read';

/** Reactions on one message, by side. */
export interface Reactions {
  customer?: string;
  business?: string;
}

/**
 * A message that the customer wrote. `item` is the webhook item without id, sender and time; `edit`
 * is what took its place on the phone, `revoked` that the customer deleted it.
 */
export interface CustomerMessage {
  side: 'customer';
  wamid: string;
  /** Epoch milliseconds; webhooks carry whole seconds. */
  at: number;
  item: JsonObject;
  edit: JsonObject | null;
  revoked: boolean;
  tick: Tick;
  reactions: Reactions;
}

/** Where a business message stands, seen from WhatsApp. */
export type SendState = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message that the business sent through the Graph API. `request` is the body as it came. */
export interface BusinessMessage {
  side: 'business';
  wamid: string;
  /** Epoch milliseconds of acceptance. */
  at: number;
  request: JsonObject;
  type: string;
  /** The template of a `template` message as it was when it was sent. */
  template: Template | null;
  state: SendState;
  /** Code that this message will fail with instead of being sent, decided at acceptance. */
  refusal: number | null;
  addressedByUserId: boolean;
  callbackData: string | null;
  reactions: Reactions;
}

/** A message of a chat, told apart by `side`. */
export type Message = CustomerMessage | BusinessMessage;

/** One thread between a business number and a customer. */
export interface Chat {
  number: BusinessNumber;
  customer: Customer;
  messages: Message[];
  /** Time of the newest customer message, epoch milliseconds; the service window counts from it. */
  lastInboundAt: number | null;
  /** The business types until then, epoch milliseconds; 0 when it does not. */
  typingUntil: number;
}

/** Everything that a test or a person may turn at run time. All durations in milliseconds. */
export interface Settings {
  webhookUrl: string;
  /** Refuse more than one message per 6 s to one customer after a burst of 45 (131056). */
  pairLimit: boolean;
  /** Time from acceptance to `sent`, from there to `delivered`, from there to `read`. */
  statusDelays: { sent: number; delivered: number; read: number };
  /** Updates are collected for this long and posted together; 0 posts each at once. */
  batchWindow: number;
  /** At most this many updates in one webhook body. */
  batchMax: number;
  /** Collect updates until a flush is asked for. */
  hold: boolean;
  /** Further deliveries of each webhook body. */
  duplicates: number;
  /** Repeat every item inside its body. */
  duplicateInBody: boolean;
  /** Post newest first within a batch window. */
  disorder: boolean;
  /** First pause after a failed delivery; doubles up to `retryMax`. */
  retryBase: number;
  retryMax: number;
  /** How long to wait for the answer of the webhook. */
  webhookTimeout: number;
}

/**
 * Where updates are posted unless something else is set: the webhook of the demo workspace on this
 * machine.
 */
export const DEFAULT_WEBHOOK_URL = 'http://127.0.0.1:5050/whatsapp/webhook';

/**
 * A network that works: no limit, no fault, and statuses within a second. Up to 1,000 updates share
 * a body, as at Meta ("Webhooks").
 */
export const DEFAULT_SETTINGS: Settings = {
  webhookUrl: DEFAULT_WEBHOOK_URL,
  pairLimit: false,
  statusDelays: { sent: 120, delivered: 200, read: 250 },
  batchWindow: 0,
  batchMax: 1000,
  hold: false,
  duplicates: 0,
  duplicateInBody: false,
  disorder: false,
  retryBase: 1000,
  retryMax: 60_000,
  webhookTimeout: 20_000,
};

/** The business of the demo workspace. */
export const DEMO_NUMBER: BusinessNumber = {
  phoneNumberId: '100000000000001',
  displayPhoneNumber: '15550100100',
  wabaId: '200000000000001',
  name: 'Kestrel Appliances',
};

/** Narrows to a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value as text: strings as they are, nothing as '', anything else as JSON. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The digits of a phone number in any notation: `+1 (555) 012-3456` → `15550123456`. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '');
}
