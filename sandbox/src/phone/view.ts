import {
  isObject,
  type BusinessMessage,
  type Chat,
  type Customer,
  type Json,
  type JsonObject,
  type Message,
} from '../model.ts';
import { ANSWERABLE_MS } from '../graph/window.ts';
import { contentView, plainContent, type ContentView } from './content.ts';

const str = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const obj = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const bodyOf = (message: Message): JsonObject =>
  message.side === 'customer' ? (message.edit ?? message.item) : message.request;
const typeOf = (message: Message): string =>
  message.side === 'customer' ? str(bodyOf(message).type) : message.type;

/** What changes another bubble, or happens without one. */
const NO_BUBBLE = new Set(['reaction', 'edit', 'revoke', 'system', 'request_welcome']);

/** Whether the message is a bubble on the customer's phone: arrived there, and one of its own. */
export function isShown(message: Message): boolean {
  if (NO_BUBBLE.has(typeOf(message))) return false;
  return message.side === 'customer' || hasArrived(message);
}

function hasArrived(message: BusinessMessage): boolean {
  return message.state === 'delivered' || message.state === 'read';
}

function contentOf(message: Message): ContentView {
  if (message.side === 'customer' && message.revoked)
    return plainContent({ label: 'You deleted this message' });
  const template = message.side === 'business' ? message.template : null;
  return contentView(typeOf(message), bodyOf(message), template);
}

/** The words of a message that its customer can change: a text or a caption; null where none. */
function editable(message: Message): string | null {
  if (message.side === 'business' || message.revoked) return null;
  const body = bodyOf(message);
  const type = typeOf(message);
  if (type === 'text') return str(obj(body.text).body);
  return ['image', 'video', 'document'].includes(type) ? str(obj(body[type]).caption) : null;
}

/** A message in one line: its words, or what it is. */
const summary = ({ text, media, label }: ContentView): string => text || media?.name || label;

function quoteOf(message: Message, chat: Chat): JsonObject | null {
  const context = obj(bodyOf(message).context);
  const id = str(context.message_id) || str(context.id);
  if (id === '') return null;
  const quoted = chat.messages.find((known) => known.wamid === id);
  if (message.side === 'business' && !isQuoted(message, quoted)) return null;
  if (quoted === undefined) return { id, who: '', text: 'A message that is not on this phone' };
  const who = quoted.side === 'customer' ? 'You' : chat.number.name;
  return { id, who, text: summary(contentOf(quoted)) };
}

/**
 * Whether WhatsApp shows what a business message answers: not what is gone or older than 30 days, and
 * never above a template (Meta, "Contextual replies").
 */
function isQuoted(message: BusinessMessage, quoted: Message | undefined): quoted is Message {
  if (quoted === undefined || message.type === 'template') return false;
  if (quoted.side === 'customer' && quoted.revoked) return false;
  return message.at - quoted.at < ANSWERABLE_MS;
}

/** One bubble, as the page receives it. */
export function messageView(message: Message, chat: Chat): JsonObject {
  return {
    id: message.wamid,
    side: message.side,
    at: message.at,
    tick: message.side === 'customer' ? message.tick : null,
    type: typeOf(message),
    content: { ...contentOf(message) } as unknown as JsonObject,
    editable: editable(message),
    edited: message.side === 'customer' && message.edit !== null && !message.revoked,
    deleted: message.side === 'customer' && message.revoked,
    quote: quoteOf(message, chat),
    reactions: { ...message.reactions },
    group: str(bodyOf(message).group_id),
  };
}

/** The header of a chat: whose phone it is, whom it shows, and whether they type. */
export function chatView(chat: Chat, now: number): JsonObject {
  return {
    customer: { ...chat.customer },
    business: { name: chat.number.name, phone: chat.number.displayPhoneNumber },
    typing: chat.customer.online && chat.typingUntil > now,
  };
}

/** The whole chat in the order of its times, for a page that opens. */
export function snapshotView(chat: Chat, now: number): JsonObject {
  const shown = chat.messages.filter(isShown).sort((a, b) => a.at - b.at);
  return { ...chatView(chat, now), messages: shown.map((message) => messageView(message, chat)) };
}

/** A row of the customer list. */
export function customerRow(customer: Customer, chat: Chat | undefined): JsonObject {
  const shown = (chat?.messages ?? []).filter(isShown);
  const last = shown.reduce<Message | null>(
    (newest, message) => (newest === null || message.at >= newest.at ? message : newest),
    null,
  );
  return {
    ...customer,
    unread: shown.filter((one) => one.side === 'business' && one.state === 'delivered').length,
    preview: last === null ? '' : summary(contentOf(last)),
    at: last === null ? 0 : last.at,
  };
}
