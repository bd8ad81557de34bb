import { isObject, type Chat, type Json, type Message } from '../model.ts';

/**
 * Puts a reaction on the message it names, or takes it off when the emoji is empty or absent.
 * Answers the message that changed; null when the chat has no such message.
 */
export function applyReaction(
  chat: Chat,
  reaction: Json | undefined,
  side: 'customer' | 'business',
): Message | null {
  if (!isObject(reaction)) return null;
  const target = chat.messages.find((message) => message.wamid === reaction.message_id);
  if (target === undefined) return null;
  const emoji = typeof reaction.emoji === 'string' ? reaction.emoji : '';
  if (emoji === '') delete target.reactions[side];
  else target.reactions[side] = emoji;
  return target;
}
