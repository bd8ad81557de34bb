import { Timestamp } from 'firebase-admin/firestore';
import { isTimeField, type DocumentData } from '@switchboard/domain';

/** Epoch ms to Timestamps by the naming rule of `isTimeField`, all the way down. */
export const toFirestore = (data: DocumentData): Record<string, unknown> =>
  mapMembers(data, (name, value) =>
    isTimeField(name) && typeof value === 'number' ? Timestamp.fromMillis(value) : value,
  );

/** Timestamps to epoch ms, all the way down. */
export const fromFirestore = (data: DocumentData): DocumentData =>
  mapMembers(data, (_, value) => (value instanceof Timestamp ? value.toMillis() : value));

/** One value to compare a field with. */
export const toFieldValue = (name: string, value: unknown): unknown =>
  isTimeField(name) && typeof value === 'number' ? Timestamp.fromMillis(value) : value;

type Convert = (name: string, value: unknown) => unknown;

const mapMembers = (data: DocumentData, convert: Convert): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, mapValue(name, value, convert)]),
  );

function mapValue(name: string, value: unknown, convert: Convert): unknown {
  if (Array.isArray(value)) return value.map((member) => mapValue('', member, convert));
  const isPlain =
    typeof value === 'object' &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
  return isPlain ? mapMembers(value as DocumentData, convert) : convert(name, value);
}
