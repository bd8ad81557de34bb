import { opensWindow } from '../graph/window.ts';
import { wamidOf } from '../ids.ts';
import {
  isObject,
  textOf,
  type BusinessNumber,
  type Chat,
  type Customer,
  type CustomerMessage,
  type JsonObject,
  type Tick,
} from '../model.ts';
import { inboundUpdate, noticeUpdate, numberChange, type Update } from '../webhook/bodies.ts';
import type { Outcome } from '../webhook/deliverer.ts';
import type { Directory } from './directory.ts';
import { withMediaFacts, type MediaStore } from './media-store.ts';
import { applyReaction } from './reactions.ts';
import { applyRevision } from './revisions.ts';

/** How a customer's messages leave the phone. */
export interface InboundOptions {
  /** Post the same body so many times in all. */
  copies?: number;
  /** Keep the messages here and tell nobody: history that the business knows already. */
  silent?: boolean;
  /** Wait for the next message and arrive after it. */
  swap?: boolean;
  /** The phone itself sends: while it is offline, messages wait on it. */
  fromPhone?: boolean;
}

/** What the customers' side needs from around it. */
export interface CustomerSidePorts {
  directory: Directory;
  media: MediaStore;
  now: () => number;
  /** Ten random bytes for a message id. */
  entropy: () => Uint8Array;
  submit: (updates: Update[], copies?: number) => Promise<Outcome>;
}

type Send = () => Promise<Outcome>;

const NOT_SENT: Outcome = { status: null, held: true };

/** What customers do: write, and see whether it was taken and read. */
export class CustomerSide {
  private readonly ports: CustomerSidePorts;
  private offline: { customer: Customer; send: Send }[] = [];
  private swapped = new Map<Chat, Send>();

  constructor(ports: CustomerSidePorts) {
    this.ports = ports;
  }

  /** Forgets what waits on phones. */
  clear(): void {
    this.offline = [];
    this.swapped.clear();
  }

  /**
   * A customer sends items (webhook `messages[]` items; `id` and `timestamp` only where given).
   * Resolves with their ids after the webhook's first answer.
   */
  async receive(
    number: BusinessNumber,
    customer: Customer,
    items: JsonObject[],
    options: InboundOptions = {},
  ): Promise<{ wamids: string[]; outcome: Outcome }> {
    const chat = this.ports.directory.chat(number, customer);
    const messages = items.map((item) => this.note(chat, item));
    const wamids = messages.map((message) => message.wamid);
    if (options.silent) {
      for (const message of messages) this.setTick(chat, message, 'sent');
      return { wamids, outcome: NOT_SENT };
    }
    const send: Send = () => {
      const updates = messages.map((message) => inboundUpdate(number, customer, message));
      return this.ports.submit(updates, options.copies ?? 1);
    };
    if (options.fromPhone && !customer.online) {
      this.offline.push({ customer, send });
      return { wamids, outcome: NOT_SENT };
    }
    return { wamids, outcome: await this.sendSwapped(chat, send, options.swap ?? false) };
  }

  /** The phone is back: what waited on it leaves in order. */
  async cameOnline(customer: Customer): Promise<void> {
    const due = this.offline.filter((entry) => entry.customer === customer);
    this.offline = this.offline.filter((entry) => entry.customer !== customer);
    for (const { send } of due) await send();
  }

  /** WhatsApp tells the business of a chat that its customer has another number and user id. */
  async changedNumber(chat: Chat, before: Pick<Customer, 'phone' | 'userId'>): Promise<Outcome> {
    const message = this.note(chat, numberChange(chat.customer, before));
    return this.ports.submit([noticeUpdate(chat.number, message)]);
  }

  /** The webhook answered 200: these messages have their first tick. */
  delivered(updates: Update[]): void {
    for (const { kind, number, item } of updates) {
      const found = kind === 'message' ? this.ports.directory.find(number, textOf(item.id)) : null;
      if (found?.message.side === 'customer' && found.message.tick === 'waiting')
        this.setTick(found.chat, found.message, 'sent');
    }
  }

  /**
   * The business read a message and, with it, all before it (Meta, "Mark messages as read").
   * Answers the chat; null when the number has no such message.
   */
  markRead(number: BusinessNumber, wamid: string): Chat | null {
    const found = this.ports.directory.find(number, wamid);
    if (found?.message.side !== 'customer') return null;
    const { chat, message } = found;
    for (const earlier of chat.messages.slice(0, chat.messages.indexOf(message) + 1))
      if (earlier.side === 'customer' && earlier.tick !== 'read')
        this.setTick(chat, earlier, 'read');
    return chat;
  }

  /** A message held for swapping goes after the next one, whichever way that one leaves. */
  private async sendSwapped(chat: Chat, send: Send, swap: boolean): Promise<Outcome> {
    const held = this.swapped.get(chat);
    if (held === undefined && swap) {
      this.swapped.set(chat, send);
      return NOT_SENT;
    }
    this.swapped.delete(chat);
    const outcome = await send();
    if (held !== undefined) await held();
    return outcome;
  }

  /** Keeps the item as a message of the chat; an id that is there already stays one message. */
  private note(chat: Chat, given: JsonObject): CustomerMessage {
    const { id, timestamp, ...item } = given;
    const { directory, media, now, entropy } = this.ports;
    const who = chat.customer.phoneHidden ? chat.customer.userId : chat.customer.phone;
    const wamid = typeof id === 'string' ? id : wamidOf(who, 'in', entropy());
    const known = directory.find(chat.number, wamid)?.message;
    if (known?.side === 'customer') return known;
    const at = timestamp === undefined ? now() : Number(timestamp) * 1000;
    const message: CustomerMessage = {
      side: 'customer',
      wamid,
      at,
      item: withMediaFacts(withOwnNumber(withContextSender(item, chat), chat.customer), (id) =>
        media.find(id),
      ),
      edit: null,
      revoked: false,
      tick: 'waiting',
      reactions: {},
    };
    if (opensWindow(textOf(item.type)))
      chat.lastInboundAt = Math.max(chat.lastInboundAt ?? 0, Math.min(at, now()));
    directory.add(chat, message);
    const reacted = item.type === 'reaction';
    const target = reacted
      ? applyReaction(chat, item.reaction, 'customer')
      : applyRevision(chat, message.item);
    directory.publishMessage(chat, target ?? message);
    directory.publishCustomers();
    return message;
  }

  private setTick(chat: Chat, message: CustomerMessage, tick: Tick): void {
    message.tick = tick;
    this.ports.directory.publishMessage(chat, message);
  }
}

/** A reply names the author of what it quotes (Meta, "Text messages webhook reference"). */
function withContextSender(item: JsonObject, chat: Chat): JsonObject {
  const { context } = item;
  if (!isObject(context) || context.id === undefined || context.from !== undefined) return item;
  const quoted = chat.messages.find((message) => message.wamid === context.id);
  const own = quoted?.side === 'customer';
  if (own && chat.customer.phoneHidden) return item;
  const from = own ? chat.customer.phone : chat.number.displayPhoneNumber;
  return { ...item, context: { from, ...context } };
}

/** A customer who is asked for the number shares it, without a card (Meta, "Business-scoped user IDs"). */
function withOwnNumber(item: JsonObject, { phone }: Customer): JsonObject {
  const [shared] = Array.isArray(item.contacts) ? item.contacts : [];
  if (!isObject(shared) || shared.origin !== 'contact_request' || shared.phones !== undefined)
    return item;
  return { ...item, contacts: [{ ...shared, phones: [{ phone: `+${phone}`, wa_id: phone }] }] };
}
