import { asObject, asText, compact, cutText, type Json } from '../shared/read.ts';
import type { Identifier } from '../documents/channel.ts';
import { maskPhone } from '../text/masks.ts';

/** Longest name of a message type, a person or a user that documents keep, UTF-16 units. */
export const NAME_LIMIT = 200;

/** Who wrote a message, as far as the webhook says. */
export interface Sender {
  readonly identifiers: readonly Identifier[];
  /** What they go by from this message on, where it tells of a change. */
  readonly becomes?: readonly Identifier[];
  readonly name: string | null;
  readonly username: string | null;
}

/** A member of a group as everybody who reads the thread may know them: the number is masked. */
export interface Participant {
  readonly name?: string;
  readonly phone?: string;
}

const PHONE = /^\+?(\d{5,20})$/;
const BSUID = /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/;

/** An id that may be a phone number or a business-scoped user id: captures show either in either place. */
function identifier(value: string | undefined): Identifier | null {
  if (value === undefined) return null;
  const digits = PHONE.exec(value)?.[1];
  if (digits !== undefined) return { kind: 'phone', value: digits };
  return { kind: BSUID.test(value) ? 'bsuid' : 'other', value };
}

/**
 * Who wrote a message or a call: the group where there is one, else the person under all ids that the
 * webhook gives. `contact` is their member of `contacts[]`. `null` where nothing names anybody.
 */
export function readSender(message: Json, contact: Json | undefined): Sender | null {
  const group = asText(message['group_id']);
  const parent = asText(message['from_parent_user_id']) ?? asText(contact?.['parent_user_id']);
  const found = identifiersIn([
    message['from_user_id'],
    message['from'],
    contact?.['user_id'],
    contact?.['wa_id'],
  ]);
  const change = readIdChange(asObject(message['system']));
  const person = [
    ...change.before,
    ...found,
    ...(parent ? [{ kind: 'parent', value: parent } as const] : []),
  ];
  const identifiers: readonly Identifier[] = group
    ? [{ kind: 'group', value: group }]
    : unique(person.length > 0 ? person : change.after);
  if (identifiers.length === 0) return null;
  const profile = group ? undefined : asObject(contact?.['profile']);
  return {
    identifiers,
    ...(group || change.after.length === 0 ? {} : { becomes: unique(change.after) }),
    name: cutText(asText(profile?.['name']), NAME_LIMIT) ?? null,
    username: cutText(asText(profile?.['username']), NAME_LIMIT) ?? null,
  };
}

/** Notices that somebody goes by another id (Meta, "System messages webhook reference"), old and new words. */
const CHANGES: ReadonlySet<string> = new Set([
  'user_changed_number',
  'user_changed_user_id',
  'customer_changed_number',
]);

/**
 * Who somebody was and who they are from now on. Before August 2026 the id that was is only in the
 * words "User X changed from A to B".
 */
function readIdChange(system: Json | undefined) {
  if (!CHANGES.has(asText(system?.['type']) ?? '')) return { before: [], after: [] };
  const said = / changed from (\S+) to \S+$/.exec(asText(system?.['body']) ?? '')?.[1];
  const parents = (name: string): readonly Identifier[] => {
    const value = asText(system?.[name]);
    return value === undefined ? [] : [{ kind: 'parent', value }];
  };
  return {
    before: [
      ...identifiersIn([system?.['previous_user_id'], said]),
      ...parents('previous_parent_user_id'),
    ],
    after: [
      ...identifiersIn([system?.['user_id'], system?.['wa_id'], system?.['new_wa_id']]),
      ...parents('parent_user_id'),
    ],
  };
}

const identifiersIn = (values: readonly unknown[]): readonly Identifier[] =>
  values.map((value) => identifier(asText(value))).filter((id) => id !== null);

/** First of each kind: a message names one number and one user id of its writer. */
const unique = (ids: readonly Identifier[]): readonly Identifier[] =>
  ids.filter((id, index) => ids.findIndex((other) => other.kind === id.kind) === index);

/** Who of a group wrote a message: its thread is the group's. */
export function participantOf(
  message: Json,
  contact: Json | undefined,
): { participant?: Participant } {
  if (asText(message['group_id']) === undefined) return {};
  const profile = asObject(contact?.['profile']);
  const name = asText(profile?.['name']) ?? asText(profile?.['username']);
  const phone = identifiersIn([message['from'], contact?.['wa_id']]).find(
    ({ kind }) => kind === 'phone',
  );
  return {
    participant: compact({
      name: cutText(name, NAME_LIMIT),
      phone: phone && maskPhone(phone.value),
    }),
  };
}
