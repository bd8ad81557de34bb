import {
  asFlag,
  asNumber,
  asObject,
  asObjects,
  asText,
  compact,
  cutText,
  type Json,
} from '../shared/read.ts';
import { maskPhone } from '../text/masks.ts';
import type { FailureCode } from './errors.ts';

/** Message types of the Cloud API that have a reader here; any other type is kept as `json`. */
export const MESSAGE_TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'interactive',
  'button',
  'reaction',
  'order',
  'system',
  'unsupported',
  'unknown',
  'request_welcome',
  'edit',
  'revoke',
  'media_placeholder',
  'call',
  'group_update',
] as const;
/**
 * One of the {@link MESSAGE_TYPES}. A `type` that was read from a webhook is a string: Meta adds
 * others.
 */
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Longest text that an entry holds, in UTF-16 units; beyond it the journal alone has the whole. */
export const ENTRY_TEXT_LIMIT = 100_000;
/** Longest text inside typed content, UTF-16 units. */
const FIELD_LIMIT = 20_000;
/** Longest list inside typed content (Meta allows 257 contact cards). */
const LIST_LIMIT = 300;
/** Largest typed content as JSON text, UTF-16 units: with the text it stays under Firestore's 1 MiB. */
const CONTENT_LIMIT = 150_000;

/** What a message says: `text` where there is one, and the rest by type, safe for Firestore. */
export interface Content {
  readonly text?: string;
  readonly truncated?: true;
  readonly content?: Json;
}

const media = (body: Json): Content =>
  withText(asText(body['caption']), {
    mediaId: asText(body['id']),
    mimeType: asText(body['mime_type']),
    sha256: asText(body['sha256']),
    url: asText(body['url']),
    filename: asText(body['filename']),
    voice: asFlag(body['voice']),
    animated: asFlag(body['animated']),
  });

const location = (body: Json): Content => ({
  content: compact({
    latitude: asNumber(body['latitude']),
    longitude: asNumber(body['longitude']),
    name: asText(body['name']),
    address: asText(body['address']),
    url: asText(body['url']),
  }),
});

/** The parts of a postal address, in the order in which Meta lists them. */
const ADDRESS = ['street', 'city', 'state', 'zip', 'country'] as const;

/** A card; `origin` also stands beside the cards ("Business-scoped user IDs"). */
const card = (value: Json, origin: string | undefined): Json => {
  const name = asObject(value['name']);
  const org = asObject(value['org']);
  return compact({
    name: asText(name?.['formatted_name']) ?? asText(name?.['first_name']),
    company: asText(org?.['company']),
    title: asText(org?.['title']),
    birthday: asText(value['birthday']),
    origin: asText(value['origin']) ?? origin,
    phones: asObjects(value['phones']).map((phone) =>
      compact({
        phone: asText(phone['phone']),
        type: asText(phone['type']),
        waId: asText(phone['wa_id']),
      }),
    ),
    emails: asObjects(value['emails']).map((email) =>
      compact({ email: asText(email['email']), type: asText(email['type']) }),
    ),
    urls: asObjects(value['urls']).map((url) =>
      compact({ url: asText(url['url']), type: asText(url['type']) }),
    ),
    addresses: asObjects(value['addresses']).map((address) =>
      ADDRESS.flatMap((part) => asText(address[part]) ?? []).join(', '),
    ),
  });
};

/** The first second that Firestore stores no more (Firestore, "Data types": the year 9999 is the last). */
const END_OF_TIME = 253_402_300_800;

/** Meta's unix seconds in epoch ms; `undefined` for what is no time that can be stored. */
const timeOf = (seconds: number | undefined): number | undefined =>
  seconds !== undefined && seconds >= 0 && seconds < END_OF_TIME
    ? Math.floor(seconds * 1000)
    : undefined;

function interactive(body: Json): Content {
  const kind = asText(body['type']);
  const reply = asObject(kind === undefined ? undefined : body[kind]) ?? {};
  const flow = kind === 'nfm_reply';
  // What another service sent has the words of the question itself.
  const asked = asText(asObject(body['body'])?.['text']);
  return withText(asText(reply['title']) ?? (flow ? asText(reply['body']) : asked), {
    kind,
    id: asText(reply['id']),
    description: asText(reply['description']),
    name: asText(reply['name']),
    // A JSON text chosen by the customer's app, possibly invalid: kept as text, never as a structure.
    responseJson: asText(reply['response_json']),
    response: asText(reply['response']),
    expiresAt: timeOf(asNumber(reply['expiration_timestamp'])),
  });
}

const order = (body: Json): Content =>
  withText(asText(body['text']), {
    catalogId: asText(body['catalog_id']),
    items: asObjects(body['product_items']).map((item) =>
      compact({
        productId: asText(item['product_retailer_id']),
        quantity: asNumber(item['quantity']),
        price: asNumber(item['item_price']),
        currency: asText(item['currency']),
      }),
    ),
  });

/** WhatsApp words a notice with whole numbers and ids; an entry is read by more people than may know them. */
const system = (body: Json): Content =>
  withText(
    asText(body['body'])
      ?.replace(/\b[A-Z]{2}\.[A-Za-z0-9.]{5,}/g, '•••')
      .replace(/\+?(\d{7,20})/g, (_, digits: string) => maskPhone(digits)),
    { kind: asText(body['type']) },
  );

const READERS: Readonly<Partial<Record<MessageType, (body: Json) => Content>>> = {
  text: (body) => withText(asText(body['body'])),
  image: media,
  video: media,
  audio: media,
  voice: media,
  document: media,
  sticker: media,
  location,
  interactive,
  button: (body) => withText(asText(body['text']), { payload: asText(body['payload']) }),
  reaction: (body) => ({
    content: compact({ wamid: asText(body['message_id']), emoji: asText(body['emoji']) }),
  }),
  order,
  system,
  unsupported: (body) => ({ content: compact({ kind: asText(body['type']) }) }),
  unknown: () => ({}),
  media_placeholder: () => ({}),
  request_welcome: () => ({}),
  revoke: (body) => ({ content: compact({ wamid: asText(body['original_message_id']) }) }),
};

/**
 * Reads what a `messages[]` item says (Meta, "Messages webhook reference"). A type without a reader,
 * and a type whose body says nothing to its reader, keep their JSON text, so that nothing becomes a
 * blank bubble. What is too much for one document is cut and marked; the journal keeps the whole.
 */
export function readContent(type: string, item: Json): Content {
  const found = read(type, item);
  const errors = readErrors(item['errors']);
  const referral = asObject(item['referral']);
  const product = asObject(asObject(item['context'])?.['referred_product']);
  const extra = compact({
    errors: errors.length > 0 ? errors : undefined,
    referral: referral && readReferral(referral),
    product: product && readProduct(product),
  });
  return bounded({ ...found, content: { ...found.content, ...extra } });
}

function read(type: string, item: Json): Content {
  if (type === 'contacts') return readCards(item);
  if (type === 'edit') return readEdit(asObject(item['edit']));
  const reader = Object.hasOwn(READERS, type) ? READERS[type as MessageType] : undefined;
  const body = Object.hasOwn(item, type) ? asObject(item[type]) : undefined;
  const known = reader && (body || BODILESS.has(type)) ? reader(body ?? {}) : NOTHING;
  const says = known.text !== undefined || Object.keys(known.content ?? {}).length > 0;
  return says || BODILESS.has(type)
    ? known
    : { content: { json: JSON.stringify(item).toWellFormed() } };
}

const NOTHING: Content = {};

/** Types that Meta sends without an object of their own name. */
const BODILESS: ReadonlySet<string> = new Set([
  'unsupported',
  'unknown',
  'request_welcome',
  'media_placeholder',
]);

function readCards(item: Json): Content {
  const origin = asText(item['origin']);
  return { content: { cards: asObjects(item['contacts']).map((value) => card(value, origin)) } };
}

function readEdit(body: Json | undefined): Content {
  const message = asObject(body?.['message']) ?? {};
  const type = asText(message['type']) ?? 'unknown';
  // An edit of an edit does not exist; reading it as one would let a body choose how deep we go.
  const { text, ...inner } = read(type === 'edit' ? 'unknown' : type, message);
  return withText(text, {
    wamid: asText(body?.['original_message_id']),
    type: asText(message['type']),
    message: inner.content,
  });
}

const readReferral = (referral: Json): Json =>
  compact({
    url: asText(referral['source_url']),
    id: asText(referral['source_id']),
    type: asText(referral['source_type']),
    headline: asText(referral['headline']),
    body: asText(referral['body']),
    mediaType: asText(referral['media_type']),
  });

/** The product that a question is about. */
const readProduct = (product: Json): Json =>
  compact({
    catalogId: asText(product['catalog_id']),
    productId: asText(product['product_retailer_id']),
  });

/** An error as Meta reports it in `errors[]`; `details` also in the place where older versions put it. */
export interface WireError {
  readonly code: FailureCode;
  readonly title: string;
  readonly details: string;
}

/** Reads an `errors[]` array of a message, a status or a value (Meta, "Error codes"). */
export const readErrors = (value: unknown): readonly WireError[] =>
  asObjects(value).map((error) => ({
    code: asNumber(error['code']) ?? 'no-code',
    title: cutText(asText(error['title']) ?? asText(error['message']) ?? '', FIELD_LIMIT),
    details: cutText(
      asText(asObject(error['error_data'])?.['details']) ?? asText(error['details']) ?? '',
      FIELD_LIMIT,
    ),
  }));

const withText = (text: string | undefined, content: Json = {}): Content => ({
  ...(text === undefined ? {} : { text }),
  content: compact(content),
});

/** Content as one document can hold it: no empty one, nothing too long, marked where something was cut. */
function bounded({ text, content = {} }: Content): Content {
  const kept = trimmed(content) as Json;
  const size = JSON.stringify(kept).length;
  const fits = size <= CONTENT_LIMIT;
  const cut = !fits || size < JSON.stringify(content).length;
  const shortened = (text?.length ?? 0) > ENTRY_TEXT_LIMIT;
  return {
    ...(text === undefined ? {} : { text: cutText(text, ENTRY_TEXT_LIMIT) }),
    ...(cut || shortened ? { truncated: true as const } : {}),
    ...(size > 2 ? { content: fits ? kept : withoutDetail(kept) } : {}),
  };
}

/** Texts and lists cut to their limits, all the way down. */
function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return cutText(value, FIELD_LIMIT);
  if (Array.isArray(value)) return value.slice(0, LIST_LIMIT).map(trimmed);
  const object = asObject(value);
  return object
    ? Object.fromEntries(Object.entries(object).map(([name, member]) => [name, trimmed(member)]))
    : value;
}

/** What is still too much keeps the beginning of its JSON text. */
const withoutDetail = (content: Json): Json => ({
  json: cutText(JSON.stringify(content), FIELD_LIMIT),
});

/**
 * What a message says on one line beside the name of its type: its text, else the one fact that names
 * it (a place, a file, a card, an emoji). A notice says nothing there: WhatsApp words it in English,
 * with whole numbers.
 */
export function lineText(
  type: string,
  { text, content = {} }: { [Part in 'text' | 'content']?: Content[Part] | undefined },
): string | undefined {
  if (type === 'system') return undefined;
  return text ?? nameIn(type, content);
}

function nameIn(type: string, content: Json): string | undefined {
  switch (type) {
    case 'location':
      return asText(content['name']) ?? asText(content['address']);
    case 'document':
      return asText(content['filename']);
    case 'reaction':
      return asText(content['emoji']);
    case 'contacts': {
      const [first] = asObjects(content['cards']);
      return asText(first?.['name']);
    }
    default:
      return undefined;
  }
}

/** Types that open no case, start no clock and raise no unread: comments on what is there, and notices. */
const COMMENTARY: ReadonlySet<string> = new Set([
  'reaction',
  'edit',
  'revoke',
  'system',
  'call',
  'group_update',
]);

/**
 * True where a live message of this type is a word of its own: a customer's is owed an answer, and one
 * of ours may be that answer.
 */
export const owesAnswer = (type: string): boolean => !COMMENTARY.has(type);

/** Forwarded marks and the quoted message of a `context` object. */
export function readContext(
  value: unknown,
): { wamid?: string; forwarded?: 'once' | 'often' } | undefined {
  const context = asObject(value);
  if (!context) return undefined;
  const forwarded =
    asFlag(context['frequently_forwarded']) === true
      ? ('often' as const)
      : asFlag(context['forwarded']) === true
        ? ('once' as const)
        : undefined;
  const found = compact({ wamid: cutText(asText(context['id']), FIELD_LIMIT), forwarded });
  return Object.keys(found).length > 0 ? found : undefined;
}
