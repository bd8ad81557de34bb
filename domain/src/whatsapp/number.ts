import { asNumber, asText, type Json } from '../shared/read.ts';

/** What Meta says of a number; `null` where it does not say. */
export interface NumberFacts {
  /** Meta's word: `GREEN`, `YELLOW`, `RED`; `UNKNOWN` while there is no score. */
  readonly quality: string | null;
  /** Customers that may be written to first in a rolling day; {@link NO_LIMIT} where all may. */
  readonly messagingLimit: number | null;
}

/** The limit of a business that has none. */
export const NO_LIMIT: number = Number.MAX_SAFE_INTEGER;

/** Fields of `GET /{phone-number-id}` from which {@link readNumber} reads (Meta, "Business phone numbers"). */
export const NUMBER_FIELDS = 'id,quality_rating,whatsapp_business_manager_messaging_limit';

/** Reads Meta's answer about a number. */
export const readNumber = (node: Json): NumberFacts => ({
  quality: asText(node['quality_rating']) ?? null,
  messagingLimit: readLimit(node['whatsapp_business_manager_messaging_limit']),
});

/** `TIER_2K`, `TIER_UNLIMITED` or a number; -1 is without a limit; `null` where it can't be read. */
export function readLimit(value: unknown): number | null {
  const number = asNumber(value);
  if (number !== undefined) return number < 0 ? NO_LIMIT : number;
  const text = asText(value) ?? '';
  if (text === 'TIER_UNLIMITED') return NO_LIMIT;
  const [, digits, thousand] = /^TIER_(\d+)(K?)$/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits) * (thousand === 'K' ? 1_000 : 1);
}
