import { asObjects, asText, type Json } from '../shared/read.ts';
import { lineText, type MessageType } from '../whatsapp/content.ts';
import { plainText } from './format.ts';
import { previewText } from './preview.ts';

/** What these texts are made of: a message or a note as its entry has it. */
export interface Worded {
  readonly type: string;
  readonly text?: string | undefined;
  readonly content?: Json | undefined;
}

/**
 * What a notification says of a message: one line, without the markers of its formatting, never empty.
 * A text says itself; any other kind what it is and what it says. `nameOf` answers what a kind is called
 * in the reader's language.
 */
export function pushText(entry: Worded, nameOf: (type: string) => string): string {
  const line = previewText(lineText(entry.type, entry));
  if (entry.type === 'text' && line !== '') return line;
  const name = nameOf(entry.content?.['voice'] === true ? 'voice' : entry.type);
  return line === '' ? name : `${name} · ${line}`;
}

/** Most of a text that search looks at, UTF-16 units. */
const SEARCH_LIMIT = 20_000;

const texts = (json: Json, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => asText(json[name]) ?? []);

const none = (): readonly string[] => [];
const named =
  (...names: readonly string[]) =>
  (content: Json): readonly string[] =>
    texts(content, names);

/**
 * What a person may look for in a message beside its text, by its type. Never a number or an id of
 * somebody: search is asked by people who may not know them.
 */
const FOUND_BY: Readonly<Record<MessageType, (content: Json) => readonly string[]>> = {
  text: none,
  image: none,
  video: none,
  audio: none,
  voice: none,
  document: named('filename'),
  sticker: none,
  location: named('name', 'address'),
  contacts: ({ cards }) => asObjects(cards).flatMap((card) => texts(card, ['name', 'company'])),
  interactive: named('description', 'response'),
  button: none,
  reaction: named('emoji'),
  order: ({ items }) => asObjects(items).flatMap((item) => texts(item, ['productId'])),
  system: none,
  unsupported: none,
  unknown: none,
  request_welcome: none,
  edit: none,
  revoke: none,
  media_placeholder: none,
  call: none,
  group_update: none,
};

/**
 * What a message is found by: its text and, by its type, a file's name, a place, a card, a product.
 * Plain, its parts on lines of their own; empty where there is nothing to look for.
 */
export function searchText({ type, text, content = {} }: Worded): string {
  const found = Object.hasOwn(FOUND_BY, type) ? FOUND_BY[type as MessageType](content) : [];
  // WhatsApp words a notice with whole numbers.
  const own = type === 'system' || text === undefined ? [] : [plainText(text)];
  return [...own, ...found].join('\n').slice(0, SEARCH_LIMIT).toWellFormed().trim();
}
