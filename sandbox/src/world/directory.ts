import { profileNameOf, userIdOf } from '../ids.ts';
import {
  textOf,
  type BusinessNumber,
  type Chat,
  type Customer,
  type JsonObject,
  type Message,
} from '../model.ts';
import type { PhoneHub } from '../phone/hub.ts';
import { chatView, customerRow, isShown, messageView, snapshotView } from '../phone/view.ts';

/** A customer as named by whoever sets one up; the number alone is enough. */
export interface CustomerPatch {
  name?: string;
  username?: string | null;
  phoneHidden?: boolean;
  online?: boolean;
  sharesRead?: boolean;
}

/** The key under which a chat and its open pages are known. */
export function chatKey(number: BusinessNumber, phone: string): string {
  return `${number.phoneNumberId} ${phone}`;
}

/** The type of a message, whoever wrote it. */
export const typeOf = (message: Message): string =>
  message.side === 'business' ? message.type : textOf(message.item.type);

/** Who exists, who talks to whom, and the pages that look on. */
export class Directory {
  readonly numbers: BusinessNumber[];
  private readonly hub: PhoneHub;
  private readonly now: () => number;
  private customers = new Map<string, Customer>();
  private chats = new Map<string, Chat>();
  private messages = new Map<string, { chat: Chat; message: Message }>();

  constructor(numbers: BusinessNumber[], hub: PhoneHub, now: () => number) {
    this.numbers = numbers;
    this.hub = hub;
    this.now = now;
  }

  /** Forgets all customers and chats and tells every page. */
  clear(): void {
    this.customers.clear();
    this.chats.clear();
    this.messages.clear();
    this.hub.broadcast('reset', () => ({}));
  }

  /** The business number with this id, or the first one where none is named. */
  number(phoneNumberId?: string): BusinessNumber | undefined {
    if (phoneNumberId === undefined) return this.numbers[0];
    return this.numbers.find((number) => number.phoneNumberId === phoneNumberId);
  }

  /** The customer with these digits, made when new. */
  customer(phone: string, first: CustomerPatch = {}): Customer {
    const known = this.customers.get(phone);
    if (known) return known;
    const customer = {
      phone,
      userId: this.userIdOf(phone),
      name: profileNameOf(phone),
      username: null,
      phoneHidden: false,
      online: true,
      sharesRead: true,
      ...first,
    };
    this.customers.set(phone, customer);
    this.publishCustomers();
    return customer;
  }

  /** The customer whom digits or a business-scoped user id name, if there is one. */
  findCustomer(who: string): Customer | undefined {
    const byPhone = this.customers.get(who);
    return byPhone ?? [...this.customers.values()].find((customer) => customer.userId === who);
  }

  /**
   * Gives a customer another number, and with it another user id; their chats and open pages come
   * along. The digits must be nobody's.
   */
  renumber(customer: Customer, phone: string): void {
    const chats = this.chatsOf(customer);
    for (const chat of chats) {
      this.hub.publish(keyOf(chat), 'moved', () => ({ phone }));
      this.chats.delete(keyOf(chat));
    }
    this.customers.delete(customer.phone);
    Object.assign(customer, { phone, userId: this.userIdOf(phone) });
    this.customers.set(phone, customer);
    for (const chat of chats) this.chats.set(keyOf(chat), chat);
    this.publishCustomers();
  }

  /** The chat of a number and a customer, made when new. */
  chat(number: BusinessNumber, customer: Customer): Chat {
    const key = chatKey(number, customer.phone);
    const known = this.chats.get(key);
    if (known) return known;
    const chat: Chat = { number, customer, messages: [], lastInboundAt: null, typingUntil: 0 };
    this.chats.set(key, chat);
    return chat;
  }

  /** The chat that a page shows, if anything was ever said in it. */
  chatAt(key: string): Chat | undefined {
    return this.chats.get(key);
  }

  /** All chats, or those of one customer. */
  chatsOf(customer: Customer | null): Chat[] {
    const all = [...this.chats.values()];
    return customer === null ? all : all.filter((chat) => chat.customer === customer);
  }

  /** Adds a message to its chat. */
  add(chat: Chat, message: Message): void {
    chat.messages.push(message);
    this.messages.set(messageKey(chat.number, message.wamid), { chat, message });
  }

  /** The message of a business number with this id, and its chat. */
  find(number: BusinessNumber, wamid: string): { chat: Chat; message: Message } | null {
    return this.messages.get(messageKey(number, wamid)) ?? null;
  }

  /** Whether a page has this chat on the screen. */
  isVisible(chat: Chat): boolean {
    return this.hub.isVisible(keyOf(chat));
  }

  /** Rows of the customer list, as seen from the first number. */
  customerRows(): JsonObject[] {
    const number = this.numbers[0];
    return [...this.customers.values()].map((customer) =>
      customerRow(customer, number && this.chats.get(chatKey(number, customer.phone))),
    );
  }

  /** The whole chat for a page that opens. */
  snapshot(chat: Chat): JsonObject {
    return { ...snapshotView(chat, this.now()), customers: this.customerRows() };
  }

  /** Tells the pages of the chat about a message, unless it is nothing that a phone shows. */
  publishMessage(chat: Chat, message: Message): void {
    if (!isShown(message)) return;
    this.hub.publish(keyOf(chat), 'message', () => messageView(message, chat));
  }

  /** Tells the pages of the chat about its header: customer, typing. */
  publishChat(chat: Chat): void {
    this.hub.publish(keyOf(chat), 'chat', () => chatView(chat, this.now()));
  }

  /** Tells all pages about the customer list. */
  publishCustomers(): void {
    this.hub.broadcast('customers', () => ({ customers: this.customerRows() }));
  }

  private userIdOf(phone: string): string {
    return userIdOf(this.numbers[0]?.wabaId ?? '', phone);
  }
}

function keyOf(chat: Chat): string {
  return chatKey(chat.number, chat.customer.phone);
}

function messageKey(number: BusinessNumber, wamid: string): string {
  return `${number.phoneNumberId} ${wamid}`;
}
