import { asNumber, asObject, asObjects, asText, type Json } from '@switchboard/domain';
import { typeName, type TypeName } from '../../../i18n/type-name.ts';
import type { MessageEntry } from './rows.ts';

/** What a message says in plain words, until its kind has a bubble of its own. */
export interface PlainContent {
  readonly name: TypeName;
  /** The type as WhatsApp calls it. */
  readonly type: string;
  /** Its caption or text, where there is one. */
  readonly text: string | null;
  /** Facts that come without words: a file's name, a place, cards, an emoji. */
  readonly facts: readonly string[];
  /** Number of things in an order. */
  readonly items: number | null;
  /**
   * - `whole`: the words are all there is to it.
   * - `part`: there is more, and it is not shown yet.
   * - `never`: WhatsApp does not hand it over; only the customer can send it another way.
   */
  readonly shown: 'whole' | 'part' | 'never';
}

const SHOWN: Readonly<Record<TypeName, PlainContent['shown']>> = {
  text: 'whole',
  image: 'part',
  video: 'part',
  audio: 'part',
  voice: 'part',
  document: 'part',
  sticker: 'part',
  location: 'whole',
  contacts: 'part',
  interactive: 'whole',
  button: 'whole',
  reaction: 'whole',
  order: 'part',
  system: 'whole',
  unsupported: 'never',
  unknown: 'never',
  request_welcome: 'whole',
  edit: 'whole',
  revoke: 'whole',
  template: 'part',
  other: 'part',
};

/** Reads a message of any type, with whatever its content turns out to be. */
export function plainContent(entry: Pick<MessageEntry, 'type' | 'text' | 'content'>): PlainContent {
  const content = entry.content ?? {};
  const name = nameOf(entry.type, content);
  const unread = content['json'] !== undefined && name !== 'other';
  return {
    name,
    type: entry.type,
    text: entry.text ?? null,
    facts: FACTS[name](content).filter((fact) => fact !== entry.text),
    items: name === 'order' ? asObjects(content['items']).length : null,
    shown: unread ? 'part' : SHOWN[name],
  };
}

const nameOf = (type: string, content: Json): TypeName =>
  type === 'audio' && content['voice'] === true ? 'voice' : typeName(type);

const texts = (...values: unknown[]): readonly string[] =>
  values.map(asText).filter((text) => text !== undefined);

type Facts = (content: Json) => readonly string[];

/** A message that came from an advertisement says so. */
const advertised: Facts = (content) => texts(asObject(content['referral'])?.['headline']);

const cards: Facts = (content) =>
  asObjects(content['cards']).map(
    (card) =>
      texts(card['name'], ...asObjects(card['phones']).map(({ phone }) => phone)).join(' · ') ||
      '…',
  );

const FACTS: Readonly<Record<TypeName, Facts>> = {
  document: (content) => texts(content['filename']),
  location: place,
  contacts: cards,
  reaction: (content) => texts(content['emoji']),
  interactive: (content) => texts(content['description']),
  text: advertised,
  image: advertised,
  video: advertised,
  audio: advertised,
  voice: advertised,
  sticker: advertised,
  button: advertised,
  order: advertised,
  system: advertised,
  unsupported: advertised,
  unknown: advertised,
  request_welcome: advertised,
  edit: advertised,
  revoke: advertised,
  template: advertised,
  other: advertised,
};

function place(content: Json): readonly string[] {
  const named = texts(content['name'], content['address']);
  const [latitude, longitude] = [asNumber(content['latitude']), asNumber(content['longitude'])];
  return named.length === 0 && latitude !== undefined && longitude !== undefined
    ? [`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`]
    : named;
}
