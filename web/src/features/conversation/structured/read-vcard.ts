import { emptyForm, type Form } from './forms.ts';

/** A line of a vCard. */
interface Line {
  readonly name: string;
  /** Values of its parameters by their names, both in capitals. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly value: string;
}

/** Long lines are broken, and go on after a space or a tab; quoted-printable ones after `=`. */
function unfolded(text: string): readonly string[] {
  const lines: string[] = [];
  for (const line of text
    .replace(/\r\n|\r/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')) {
    const last = lines.at(-1) ?? '';
    const goesOn = last.endsWith('=') && /QUOTED-PRINTABLE/i.test(last);
    if (goesOn) lines[lines.length - 1] = last.slice(0, -1) + line;
    else lines.push(line);
  }
  return lines;
}

function lineOf(text: string): Line | null {
  const [, head = '', value] = /^((?:[^":]|"[^"]*")*):(.*)$/su.exec(text) ?? [];
  if (value === undefined) return null;
  const [first = '', ...rest] = head.split(';');
  const parameters = rest.map((part): [string, string] => {
    // Version 2.1 says `TEL;CELL`, the later ones `TEL;TYPE=CELL`.
    const [name = '', given] = part.split('=', 2);
    const stated = (given ?? name).replaceAll('"', '').toUpperCase();
    return [given === undefined ? 'TYPE' : name.toUpperCase(), stated];
  });
  const encoded = parameters.some(([, stated]) => stated === 'QUOTED-PRINTABLE');
  return {
    // `item1.TEL` belongs to a group.
    name: first.replace(/^.*\./, '').toUpperCase(),
    parameters,
    value: encoded ? unquoted(value) : value,
  };
}

/** Text in the quoted-printable encoding of version 2.1, as UTF-8. */
function unquoted(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('%', '%25').replace(/=([0-9A-F]{2})/gi, '%$1'));
  } catch {
    return text;
  }
}

/** Parts of a value, which semicolons divide, with what is escaped in them. */
const parts = (value: string): readonly string[] =>
  value.split(/(?<=(?<!\\)(?:\\\\)*);/).map(plain);

const plain = (value: string): string =>
  value.replace(/\\(.)/gs, (_, escaped: string) => (/n/i.test(escaped) ? ' ' : escaped)).trim();

/** Kinds that say nothing of whose number it is. */
const PLAIN_TYPES = new Set(['VOICE', 'PREF', 'INTERNET', 'TEXT', 'MSG', '']);

/** The first kind that a phone book gives. */
const typeOf = ({ parameters }: Line): string =>
  parameters
    .filter(([name]) => name === 'TYPE')
    .flatMap(([, value]) => value.split(','))
    .find((type) => !PLAIN_TYPES.has(type)) ?? '';

const phoneOf = (line: Line) => {
  const phone = plain(line.value).replace(/^tel:/i, '').replace(/;.*$/, '');
  // WhatsApp's own cards name the number by which it knows somebody.
  const known = line.parameters.some(([name]) => name === 'WAID');
  return { phone, type: typeOf(line), onWhatsApp: known && phone.startsWith('+') };
};

const nameOf = (lines: readonly Line[]): Pick<Form<'card'>, 'firstName' | 'lastName'> => {
  const value = (name: string) => lines.find((line) => line.name === name)?.value ?? '';
  const [lastName = '', firstName = ''] = parts(value('N'));
  if (firstName !== '' || lastName !== '') return { firstName, lastName };
  const [first = '', ...rest] = plain(value('FN')).split(/\s+/);
  return { firstName: first, lastName: rest.join(' ') };
};

function cardOf(text: string): Form<'card'> {
  const lines = unfolded(text)
    .map(lineOf)
    .filter((line) => line !== null);
  const of = (name: string): readonly Line[] =>
    lines.filter((line) => line.name === name && line.value.trim() !== '');
  const empty = emptyForm('card');
  const phones = of('TEL').map(phoneOf);
  const emails = of('EMAIL').map((line) => ({ email: plain(line.value), type: typeOf(line) }));
  return {
    ...nameOf(lines),
    company: parts(of('ORG')[0]?.value ?? '')[0] ?? '',
    phones: phones.length > 0 ? phones : empty.phones,
    emails: emails.length > 0 ? emails : empty.emails,
  };
}

/** True where a text holds the card of a phone book. */
export const isVcard = (text: string): boolean => /^\s*BEGIN:VCARD/im.test(text);

/**
 * The contacts in a text of a phone book: vCard 2.1, 3.0 (RFC 2426) or 4.0 (RFC 6350). What a card has
 * beside names, organisation, phones and addresses of mail is left out.
 */
export const readVcards = (text: string): readonly Form<'card'>[] =>
  text
    .split(/^\s*BEGIN:VCARD\s*$/im)
    .slice(1)
    .map((card) => cardOf(card.split(/^\s*END:VCARD\s*$/im)[0] ?? ''));
