import { createHash } from 'node:crypto';

/** Calling codes with the country that a business-scoped user id starts with; `1` is ambiguous. */
const COUNTRIES: Record<string, string> = {
  1: 'US',
  20: 'EG',
  27: 'ZA',
  30: 'GR',
  31: 'NL',
  32: 'BE',
  33: 'FR',
  34: 'ES',
  39: 'IT',
  40: 'RO',
  41: 'CH',
  43: 'AT',
  44: 'GB',
  45: 'DK',
  46: 'SE',
  47: 'NO',
  48: 'PL',
  49: 'DE',
  51: 'PE',
  52: 'MX',
  54: 'AR',
  55: 'BR',
  56: 'CL',
  57: 'CO',
  61: 'AU',
  62: 'ID',
  65: 'SG',
  81: 'JP',
  90: 'TR',
  91: 'IN',
  92: 'PK',
  212: 'MA',
  233: 'GH',
  234: 'NG',
  254: 'KE',
  351: 'PT',
  353: 'IE',
  380: 'UA',
  420: 'CZ',
  966: 'SA',
  971: 'AE',
  972: 'IL',
};

/** The calling code that the digits start with, or '' when this machine does not know it. */
export function callingCodeOf(digits: string): string {
  const known = [3, 2, 1].map((length) => digits.slice(0, length));
  return known.find((prefix) => prefix in COUNTRIES) ?? '';
}

/**
 * The business-scoped user id of a customer: country, a dot, twenty digits (Meta,
 * "Business-scoped user IDs"). Derived from the number, so that a restarted sandbox knows the
 * same people.
 */
export function userIdOf(wabaId: string, digits: string): string {
  const country = COUNTRIES[callingCodeOf(digits)] ?? 'US';
  const hash = createHash('sha256').update(`${wabaId}:${digits}`).digest('hex').slice(0, 20);
  const number = BigInt(`0x${hash}`) % 10n ** 20n;
  return `${country}.${number.toString().padStart(20, '1')}`;
}

/**
 * A message id built like Meta's: `wamid.` and base64 of the counterpart's id and twenty hex
 * digits, so that ids share a prefix and may hold `+`, `/` and `=`. `entropy` is ten random bytes.
 */
export function wamidOf(counterpart: string, direction: 'in' | 'out', entropy: Uint8Array): string {
  const who = Buffer.from(counterpart, 'latin1');
  const unique = Buffer.from(Buffer.from(entropy).toString('hex').toUpperCase(), 'latin1');
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, who.length]),
    who,
    Buffer.from([0x15, 0x02, 0x00, direction === 'out' ? 0x11 : 0x12, 0x18, unique.length]),
    unique,
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString('base64')}`;
}

/** A media id as Meta's look: sixteen digits. `entropy` is eight random bytes or more. */
export function mediaIdOf(entropy: Uint8Array): string {
  const number = Buffer.from(entropy).readBigUInt64BE();
  return String(10n ** 15n + (number % (9n * 10n ** 15n)));
}

const NAMES = [
  'Alex Moreau',
  'Bea Lindqvist',
  'Chidi Okafor',
  'Dalia Haddad',
  'Elif Aydin',
  'Finn Brandt',
  'Gala Ferrer',
  'Hana Sato',
  'Iker Etxeberria',
  'Joana Prates',
  'Kofi Mensah',
  'Lena Vogt',
  'Mateo Rivas',
  'Nika Horvat',
  'Oona Laine',
  'Petra Novak',
];

/** A profile name for a customer who gave none; the same number always gets the same one. */
export function profileNameOf(digits: string): string {
  const index = createHash('sha256').update(digits).digest()[0] ?? 0;
  return NAMES[index % NAMES.length] ?? 'Customer';
}
