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

/** A non-empty string, made well-formed (Firestore refuses lone surrogates); numbers become their digits. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value.toWellFormed() : undefined;
}

/** A finite number, also when it came as a string of digits. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** `true` or `false`, or `undefined` for anything else. */
export const asFlag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** The object without its `undefined` members: Firestore stores no `undefined`. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
