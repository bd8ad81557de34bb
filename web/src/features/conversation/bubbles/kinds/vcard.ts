import type { Card, Reach } from './cards.ts';

/**
 * A contact as a phone book takes it: vCard 3.0 (RFC 2426), with its line ends. A card without a name is
 * called by its first number or address, since the format asks for a name.
 */
export function vCard(card: Card): string {
  const name = cardName(card) ?? '';
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    ...optional('ORG', card.company),
    ...optional('TITLE', card.title),
    ...optional('BDAY', card.birthday),
    ...card.phones.map((one) => typed('TEL', one)),
    ...card.emails.map((one) => typed('EMAIL', one)),
    ...card.urls.map((one) => typed('URL', one)),
    ...card.addresses.map((address) => `ADR:;;${escaped(address)};;;;`),
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** What a card is called: its name, else the first number or address on it. */
export const cardName = ({ name, company, phones, emails }: Card): string | undefined =>
  name ?? company ?? (phones[0] ?? emails[0])?.value;

/** Without control characters, which could begin a line of their own. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, String.raw`\$&`)
    .replace(/\r\n|\r|\n/g, String.raw`\n`)
    .replace(/[\u0000-\u001f\u007f]/g, ' ');

const optional = (property: string, text: string | undefined): readonly string[] =>
  text === undefined ? [] : [`${property}:${escaped(text)}`];

/** A type that the format can't write is left out. */
const typed = (property: string, { value, type }: Reach): string =>
  type !== undefined && /^[a-z0-9-]{1,30}$/i.test(type)
    ? `${property};TYPE=${type.toUpperCase()}:${escaped(value)}`
    : `${property}:${escaped(value)}`;

/** In lines of at most 75 characters, none of them broken in two; the next begins with a space. */
const folded = (line: string): string => line.match(/.{1,74}/gu)?.join('\r\n ') ?? line;
