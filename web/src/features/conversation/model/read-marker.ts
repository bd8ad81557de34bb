import { may, unreadCount, type Conversation, type Person } from '@switchboard/domain';

/** True where opening the thread reads it for the team: something is unread, and it is this person's to read. */
export const shouldMarkRead = (
  conversation: Conversation,
  person: Person,
  visible: boolean,
  now: number,
): boolean =>
  visible &&
  unreadCount(conversation) > 0 &&
  may('conversation.markRead', person, conversation, now);
