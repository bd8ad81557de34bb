/**
 * Readers for data whose shape is somebody else's (webhooks). Each answers `undefined` where the
 * value is not what was hoped for, so that an unknown shape costs a field and never the message.
 */

/** A JSON object, whatever is in it. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object, or `undefined`. */
export const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;

/** The value as a list; anything else is an empty one. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The members of a list that are objects. */
export const asObjects = (value: unknown): readonly Json[] =>
  asList(value)
    .map(asObject)
    .filter((item) => item !== undefined);

/**
 * The digits of a number that was kept as the text it came in (ECMAScript, `JSON.rawJSON`), since a
 * JavaScript number can't hold it; anything else as it is.
 */
function plain(value: unknown): unknown {
  const { isRawJSON } = JSON as { isRawJSON?: (value: unknown) => boolean };
  return isRawJSON?.(value) === true ? asObject(value)?.['rawJSON'] : value;
}

/** A non-empty string, made well-formed (Firestore refuses lone surrogates); numbers become their digits. */
export function asText(value: unknown): string | undefined {
  const text = plain(value);
  if (typeof text === 'number' && Number.isFinite(text)) return String(text);
  return typeof text === 'string' && text !== '' ? text.toWellFormed() : undefined;
}

/** A finite number, also when it came as a string of digits. */
export function asNumber(value: unknown): number | undefined {
  const text = plain(value);
  const number = typeof text === 'string' && text.trim() !== '' ? Number(text) : text;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The beginning of a well-formed text, at most `limit` UTF-16 units; no half of a character at its end. */
export const cutText = <T extends string | undefined>(text: T, limit: number): T =>
  (text !== undefined && text.length > limit
    ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')
    : text) as T;

/** `true` or `false`, or `undefined` for anything else. */
export const asFlag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** The object without its `undefined` members: Firestore stores no `undefined`. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
