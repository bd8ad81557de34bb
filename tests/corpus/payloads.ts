import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asObject, asObjects, asText, type Json } from '@switchboard/domain';

/**
 * Real webhook bodies lie outside the repository, where `SWITCHBOARD_PAYLOADS` points or in a folder
 * beside it; they are read there and never copied into it.
 */
export const PAYLOADS = resolve(
  process.env['SWITCHBOARD_PAYLOADS'] ??
    resolve(import.meta.dirname, '../../../shared/whatsapp/payloads'),
);
export const PAYLOADS_ARE_HERE = existsSync(PAYLOADS);

/** One body of the corpus. */
export interface Payload {
  readonly file: string;
  readonly body: unknown;
}

/** Every body as it lies there. */
export const readPayloads = (): readonly Payload[] =>
  readdirSync(PAYLOADS)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      file,
      body: JSON.parse(readFileSync(join(PAYLOADS, file), 'utf8')) as unknown,
    }));

/** A `messages[]` item of a body with the number it came to. */
export interface Message {
  readonly number: string;
  readonly id: string;
  readonly item: Json;
}

const values = (body: unknown): readonly Json[] =>
  asObjects(asObject(body)?.['entry'])
    .flatMap((entry) => asObjects(entry['changes']))
    .map((change) => asObject(change['value']))
    .filter((value) => value !== undefined);

/** The number of a value, where it names one. */
const numberOf = (value: Json): string | undefined =>
  asText(asObject(value['metadata'])?.['phone_number_id']);

/** Every number that a body names. */
export const numbersOf = (body: unknown): readonly string[] =>
  values(body).flatMap((value) => numberOf(value) ?? []);

/** What customers wrote before a number was ours: the messages of threads that are from their customer. */
const pastOf = (value: Json): readonly Json[] =>
  asObjects(value['history'])
    .flatMap((chunk) => asObjects(chunk['threads']))
    .flatMap((thread) => asObjects(thread['messages']).filter(({ from }) => from === thread['id']));

/** These items with their ids, where they came to a number. */
const withIds = (
  value: Json,
  items: readonly Json[],
  idOf: (item: Json) => string | undefined,
): readonly Message[] => {
  const number = numberOf(value);
  return items.flatMap((item) => {
    const id = idOf(item);
    return number === undefined || id === undefined ? [] : { number, id, item };
  });
};

/** Every message of a customer with an id that came to a number. */
export const messagesOf = (body: unknown): readonly Message[] =>
  values(body).flatMap((value) =>
    withIds(value, [...asObjects(value['messages']), ...pastOf(value)], ({ id }) => asText(id)),
  );

/** Every notice that stands in a thread: a customer's call that is over, and news about a group. */
export const noticesOf = (body: unknown): readonly (Message & { readonly type: string })[] =>
  values(body).flatMap((value) => [
    ...withIds(
      value,
      asObjects(value['calls']).filter(
        ({ event, direction }) => event === 'terminate' && direction === 'USER_INITIATED',
      ),
      ({ id }) => asText(id),
    ).map((one) => ({ ...one, type: 'call' })),
    ...withIds(value, asObjects(value['groups']), (group) =>
      [group['group_id'], group['type'], group['timestamp'], group['request_id'] ?? ''].join(' '),
    ).map((one) => ({ ...one, type: 'group_update' })),
  ]);

/**
 * The body with its message ids made its own: id + short hash of the file's name, wherever the id
 * occurs in it. Samples that reuse one id stay apart; duplicates inside a body stay duplicates.
 */
export function withOwnIds({ file, body }: Payload): Payload {
  const tag = createHash('sha256').update(file).digest('hex').slice(0, 8);
  const ids = new Set(messagesOf(body).map(({ id }) => id));
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return ids.has(value) ? `${value}${tag}` : value;
    if (Array.isArray(value)) return value.map(rename);
    const object = asObject(value);
    return object
      ? Object.fromEntries(Object.entries(object).map(([name, member]) => [name, rename(member)]))
      : value;
  };
  return { file, body: rename(body) };
}
