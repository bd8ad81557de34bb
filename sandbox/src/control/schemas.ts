import * as v from 'valibot';
import { ACCOUNT_EVENTS, TEMPLATE_EVENTS } from '../webhook/account-news.ts';
import { LARGEST_FROM_CUSTOMER } from '../graph/media-rules.ts';
import { digitsOf, textOf, type JsonObject } from '../model.ts';

const json = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

/** A phone number in any notation (kept as digits), or a business-scoped user id. */
export const who = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => String(value).trim()),
  v.transform((value) => (/^[A-Z]{2}\./.test(value) ? value : digitsOf(value))),
  v.check(
    (value) => /^\d{5,15}$/.test(value) || /^[A-Z]{2}\.[A-Za-z0-9.]+$/.test(value),
    'must be a phone number of 5 to 15 digits, or a business-scoped user id',
  ),
);

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(512));
const ms = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));

const item = v.pipe(
  json,
  v.check((value) => typeof value.type === 'string' && value.type !== '', 'needs a "type"'),
  v.check(
    (value) => value.timestamp === undefined || /^\d{1,12}$/.test(textOf(value.timestamp)),
    '"timestamp" must be unix seconds',
  ),
);

/** `POST /_sandbox/inbound`: one message or several in one delivery. */
export const inboundSchema = v.pipe(
  v.strictObject({
    from: who,
    name: v.optional(name),
    message: v.optional(item),
    messages: v.optional(v.pipe(v.array(item), v.minLength(1), v.maxLength(1000))),
    phoneNumberId: v.optional(v.string()),
    copies: v.optional(v.pipe(count, v.maxValue(100))),
    silent: v.optional(v.boolean()),
  }),
  v.check(
    (body) => (body.message === undefined) !== (body.messages === undefined),
    'give either "message" or "messages"',
  ),
);

/** `POST /_sandbox/customers`: makes a customer or changes what is named. */
export const customerSchema = v.strictObject({
  from: who,
  name: v.optional(name),
  username: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
  phoneHidden: v.optional(v.boolean()),
  online: v.optional(v.boolean()),
  sharesRead: v.optional(v.boolean()),
});

/** `POST /_sandbox/customers/number`: the customer takes another phone number. */
export const numberSchema = v.strictObject({
  from: who,
  to: v.pipe(who, v.regex(/^\d+$/, 'must be a phone number')),
});

const bytes = v.pipe(
  v.string(),
  v.transform((base64) => ({ base64, bytes: new Uint8Array(Buffer.from(base64, 'base64')) })),
  v.check(
    (value) => Buffer.from(value.bytes.buffer).toString('base64') === value.base64,
    'must be base64',
  ),
  v.transform((value) => value.bytes),
  v.check((value) => value.byteLength <= LARGEST_FROM_CUSTOMER, 'has more than 100 MB'),
);

/** `POST /_sandbox/media`: a file on its way from a customer. */
export const mediaSchema = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.regex(/^\d{5,20}$/, 'must be digits'))),
  mimeType: v.pipe(
    v.string(),
    v.regex(/^[\w.+-]+\/[\w.+-]+(; *\w+="?[\w.+-]+"?)*$/, 'is no MIME type'),
  ),
  base64: bytes,
  filename: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(255))),
  phoneNumberId: v.optional(v.string()),
});

/** `POST /_sandbox/read`: the customer opens the chat and puts it away again. */
export const readSchema = v.strictObject({ from: who, phoneNumberId: v.optional(v.string()) });

/** `POST /_sandbox/faults`. */
export const faultSchema = v.strictObject({
  op: v.picklist(['messages', 'media', 'download', 'webhook']),
  mode: v.picklist(['error', 'timeout', 'timeout-after-accept', 'slow', 'fail-later', 'off']),
  code: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  httpStatus: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  times: v.optional(count),
  delay: v.optional(ms),
});

/** `POST /_sandbox/settings`: any part of the settings. */
export const settingsSchema = v.strictObject({
  webhookUrl: v.optional(v.pipe(v.string(), v.url())),
  appSecret: v.optional(v.pipe(v.string(), v.minLength(1))),
  pairLimit: v.optional(v.boolean()),
  statusDelays: v.optional(
    v.strictObject({
      sent: v.optional(ms),
      delivered: v.optional(ms),
      read: v.optional(ms),
    }),
  ),
  batchWindow: v.optional(ms),
  batchMax: v.optional(v.pipe(count, v.maxValue(1000))),
  hold: v.optional(v.boolean()),
  duplicates: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  duplicateInBody: v.optional(v.boolean()),
  disorder: v.optional(v.boolean()),
  retryBase: v.optional(ms),
  retryMax: v.optional(ms),
  webhookTimeout: v.optional(v.pipe(ms, v.minValue(1))),
});

/** `POST /_sandbox/deliveries/redeliver`. */
export const redeliverSchema = v.strictObject({ id: count });

const keysOf = <T extends object>(value: T): (keyof T & string)[] =>
  Object.keys(value) as (keyof T & string)[];
const words = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));
const limit = v.picklist(['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED']);

/** `POST /_sandbox/templates/status`: what became of a template. */
export const templateStatusSchema = v.strictObject({
  name: words,
  language: words,
  event: v.picklist(keysOf(TEMPLATE_EVENTS)),
  reason: v.optional(words),
  phoneNumberId: v.optional(v.string()),
});

/** `POST /_sandbox/quality`: what became of a number. */
export const qualitySchema = v.strictObject({
  event: v.picklist([
    'ONBOARDING',
    'UPGRADE',
    'DOWNGRADE',
    'FLAGGED',
    'UNFLAGGED',
    'THROUGHPUT_UPGRADE',
  ]),
  quality: v.optional(v.picklist(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])),
  limit: v.optional(limit),
  phoneNumberId: v.optional(v.string()),
});

/** `POST /_sandbox/account`: what became of the account. */
export const accountSchema = v.strictObject({
  event: v.picklist(keysOf(ACCOUNT_EVENTS)),
  detail: v.optional(words),
  phoneNumberId: v.optional(v.string()),
});

/** `POST /_sandbox/alert`: what Meta has to say about the account. */
export const alertSchema = v.strictObject({
  type: v.optional(words),
  severity: v.optional(v.picklist(['CRITICAL', 'WARNING', 'INFORMATIONAL'])),
  status: v.optional(v.picklist(['ACTIVE', 'NONE'])),
  description: v.optional(words),
  phoneNumberId: v.optional(v.string()),
});

/** `POST /_sandbox/errors`: an error of the number as a whole. */
export const errorSchema = v.strictObject({
  code: v.pipe(v.number(), v.integer(), v.minValue(1)),
  details: v.optional(words),
  phoneNumberId: v.optional(v.string()),
});

/** `POST /phone/api/send`: what the customer's phone sends. */
export const phoneSendSchema = v.strictObject({
  from: who,
  message: item,
  copies: v.optional(v.pipe(count, v.maxValue(5))),
  swap: v.optional(v.boolean()),
});

/** `POST /phone/api/visible`: a page came to the front or left it. */
export const visibleSchema = v.strictObject({ page: v.string(), visible: v.boolean() });

type Parsed<T> = { ok: true; value: T } | { ok: false; sentence: string };

/** Parses a request body; the sentence says which field is wrong and how. */
export function parseBody<S extends v.GenericSchema>(
  schema: S,
  body: unknown,
): Parsed<v.InferOutput<S>> {
  const result = v.safeParse(schema, body);
  if (result.success) return { ok: true, value: result.output };
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  return { ok: false, sentence: path === null ? issue.message : `"${path}": ${issue.message}` };
}
