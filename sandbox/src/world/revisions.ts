import { isObject, textOf, type Chat, type JsonObject, type Message } from '../model.ts';

/**
 * Puts an `edit` or a `revoke` on the customer's message it names. Answers the message that changed;
 * null for any other item, and when the customer has no such message.
 */
export function applyRevision(chat: Chat, item: JsonObject): Message | null {
  const { type } = item;
  if (type !== 'edit' && type !== 'revoke') return null;
  const body = item[type];
  const id = isObject(body) ? textOf(body.original_message_id) : '';
  const target = chat.messages.find((message) => message.wamid === id);
  if (!isObject(body) || target?.side !== 'customer') return null;
  if (type === 'revoke') target.revoked = true;
  else if (isObject(body.message)) target.edit = body.message;
  return target;
}
