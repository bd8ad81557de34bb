import { isObject, type Json, type JsonObject } from '../model.ts';
import { graphError, type GraphError } from './errors.ts';

/** Judges the content object of one message type; null means Meta would accept it. */
export type Rule = (content: JsonObject) => GraphError | null;

/** Something that must be there is not (131008). */
export const missing = (details: string): GraphError => graphError(131008, details);
/** Something that is there is wrong (131009). */
export const invalid = (details: string): GraphError => graphError(131009, details);

/** Whether there is a text, and not an empty one. */
export const text = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length > 0;

/** Whether a text has more than `max` UTF-16 units. */
export const tooLong = (value: Json | undefined, max: number): boolean =>
  typeof value === 'string' && value.length > max;

/** Whether it is an address that WhatsApp opens or fetches. */
export const isUrl = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^https?:\/\/[^\s/]/.test(value);

/** An object as it is, anything else as an empty one. */
export const obj = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The objects of an array, in their places: what is none counts as empty. */
export const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map(obj) : [];

/** Whether a value is there twice. */
export const repeats = (values: readonly (Json | undefined)[]): boolean =>
  new Set(values).size !== values.length;

/** The first problem of several. */
export function first(...checks: (GraphError | null | false)[]): GraphError | null {
  return checks.find((check): check is GraphError => Boolean(check)) ?? null;
}
