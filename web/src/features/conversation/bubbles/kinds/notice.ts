/** What a notice tells, where it has a sentence of its own. */
export type Notice = 'number' | 'userId' | 'identity' | 'welcome';

/** Kinds of `system` messages (Meta, "System messages webhook"); the `customer_` ones are older. */
const KINDS: ReadonlyMap<string, Notice> = new Map([
  ['user_changed_number', 'number'],
  ['customer_changed_number', 'number'],
  ['user_changed_user_id', 'userId'],
  ['customer_identity_changed', 'identity'],
]);

/** The sentence of a notice; `null` where only WhatsApp's own words say what it
 * is: they are English and not for everybody's eyes, so its type alone is said. */
export const noticeOf = (type: string, kind: string | undefined): Notice | null =>
  type === 'request_welcome' ? 'welcome' : (KINDS.get(kind ?? '') ?? null);
