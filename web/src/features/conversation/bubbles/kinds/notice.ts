import {
  asNumber,
  asObject,
  asText,
  GROUP_UPDATES,
  type GroupUpdate,
  type Json,
} from '@switchboard/domain';

/** The sentences of notices, by their key under `conversation.kinds.notice`. */
export type Notice =
  | 'number'
  | 'userId'
  | 'identity'
  | 'welcome'
  | 'missedCall'
  | 'takenCall'
  | `group.${GroupUpdate}`;

/** Kinds of `system` messages (Meta, "System messages webhook"); the `customer_` ones are older. */
const KINDS: ReadonlyMap<string, Notice> = new Map([
  ['user_changed_number', 'number'],
  ['customer_changed_number', 'number'],
  ['user_changed_user_id', 'userId'],
  ['customer_identity_changed', 'identity'],
]);

/** The sentence of a notice; `null` where only WhatsApp's own words say what it
 * is: they are English and not for everybody's eyes, so its type alone is said. */
export function noticeOf(type: string, content: Json | undefined): Notice | null {
  const kind = asText(content?.['kind']);
  switch (type) {
    case 'request_welcome':
      return 'welcome';
    case 'call':
      return kind === 'taken' ? 'takenCall' : 'missedCall';
    case 'group_update':
      return `group.${GROUP_UPDATES.find((one) => one === kind) ?? 'other'}`;
    default:
      return KINDS.get(kind ?? '') ?? null;
  }
}

/** What a notice's sentence names: who came or left, by masked numbers, and how long a call was, ms. */
export function noticeParts(content: Json | undefined): { who: string; length: number } {
  const who = asObject(content)?.['who'];
  return {
    who: Array.isArray(who) ? who.join(', ') : '',
    length: (asNumber(content?.['seconds']) ?? 0) * 1_000,
  };
}
