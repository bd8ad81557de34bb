import { takeFault, withFault, withoutFault, type Fault, type FaultOp } from './control/faults.ts';
import type { FaultTable } from './control/faults.ts';
import { graphError, type GraphError } from './graph/errors.ts';
import { fullBucket, takeToken, type PairBucket } from './graph/pair-limit.ts';
import { dialledNumber, type GraphRequest } from './graph/validate.ts';
import { opensWindow, refusalOf } from './graph/window.ts';
import { callingCodeOf, profileNameOf, userIdOf, wamidOf } from './ids.ts';
import {
  isObject,
  type BusinessMessage,
  type BusinessNumber,
  type Chat,
  type Customer,
  type CustomerMessage,
  type JsonObject,
  type Message,
  type SendState,
  type Settings,
} from './model.ts';
import { nextStatus } from './phone/status-steps.ts';
import type { PhoneHub } from './phone/hub.ts';
import { chatView, customerRow, isShown, messageView, snapshotView } from './phone/view.ts';
import { inboundUpdate, statusUpdate, type Update } from './webhook/bodies.ts';
import type { Outcome } from './webhook/deliverer.ts';

/** What the world needs from around it. */
export interface WorldPorts {
  now: () => number;
  /** Ten random bytes for a message id. */
  entropy: () => Uint8Array;
  hub: PhoneHub;
  /** Hands updates to the webhook; `copies` repeats the whole POST. */
  submit: (updates: Update[], copies?: number) => Promise<Outcome>;
}

/** A customer as named by whoever sets one up; the number alone is enough. */
export interface CustomerPatch {
  name?: string;
  username?: string | null;
  phoneHidden?: boolean;
  online?: boolean;
  sharesRead?: boolean;
}

/** How a customer's messages leave the phone. */
export interface InboundOptions {
  copies?: number;
  /** Keep the messages here, tell nobody: history that the business knows already. */
  silent?: boolean;
  /** Wait for the next message and arrive after it. */
  swap?: boolean;
  /** The phone itself sends: while it is offline, messages wait on it. */
  fromPhone?: boolean;
}

type Accepted = { ok: true; message: BusinessMessage; contact: JsonObject };
type Refused = { ok: false; error: GraphError };

const TYPING_MS = 25_000;

/**
 * Everything that is true on this machine's WhatsApp: numbers, customers, chats, faults and
 * settings, all in memory. Its methods are what customers and the business can do.
 */
export class World {
  readonly numbers: BusinessNumber[];
  settings: Settings;
  private readonly ports: WorldPorts;
  private readonly initial: Settings;
  private customers = new Map<string, Customer>();
  private chats = new Map<string, Chat>();
  private buckets = new Map<string, PairBucket>();
  private faults: FaultTable = {};
  private offline: { phone: string; send: () => Promise<Outcome> }[] = [];
  private swapped = new Map<string, () => Promise<Outcome>>();
  private timers = new Map<string, NodeJS.Timeout>();

  constructor(numbers: BusinessNumber[], settings: Settings, ports: WorldPorts) {
    this.numbers = numbers;
    this.initial = settings;
    this.settings = structuredClone(settings);
    this.ports = ports;
  }

  /** Back to the first moment: no customers, chats or faults, the settings as at the start. */
  reset(): void {
    this.stop();
    this.customers.clear();
    this.chats.clear();
    this.buckets.clear();
    this.swapped.clear();
    this.faults = {};
    this.offline = [];
    this.settings = structuredClone(this.initial);
    this.ports.hub.broadcast({ event: 'reset', data: {} });
  }

  /** Ends all timers. */
  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** The business number with this id, or the first one where none is named. */
  number(phoneNumberId?: string): BusinessNumber | undefined {
    if (phoneNumberId === undefined) return this.numbers[0];
    return this.numbers.find((number) => number.phoneNumberId === phoneNumberId);
  }

  /** Puts a fault in force, or ends the operation's fault. */
  setFault(op: FaultOp, fault: Fault | null): void {
    this.faults = fault ? withFault(this.faults, fault) : withoutFault(this.faults, op);
  }

  /** The fault that this call meets, counted as used. */
  takeFault(op: FaultOp): Fault | null {
    const { fault, table } = takeFault(this.faults, op);
    this.faults = table;
    return fault;
  }

  /** The faults in force. */
  currentFaults(): FaultTable {
    return this.faults;
  }

  // ---- customers -------------------------------------------------------------------------------

  /** The customer with these digits, made when new; a patch changes what it names. */
  customer(phone: string, patch: CustomerPatch = {}): Customer {
    const known = this.customers.get(phone);
    const customer: Customer = known ?? {
      phone,
      userId: userIdOf(this.numbers[0]?.wabaId ?? '', phone),
      name: profileNameOf(phone),
      username: null,
      phoneHidden: false,
      online: true,
      sharesRead: true,
    };
    const cameOnline = patch.online === true && !customer.online;
    Object.assign(customer, patch);
    if (customer.phoneHidden && customer.username === null)
      customer.username = usernameOf(customer.name);
    this.customers.set(phone, customer);
    if (known === undefined || Object.keys(patch).length > 0) this.customerChanged(customer);
    if (cameOnline) void this.sendOffline(phone);
    return customer;
  }

  /** The customer whom digits or a business-scoped user id name, if the sandbox knows them. */
  findCustomer(who: string): Customer | undefined {
    const byPhone = this.customers.get(who);
    return byPhone ?? [...this.customers.values()].find((customer) => customer.userId === who);
  }

  /** Rows for the customer list of one number's phones. */
  customerRows(number: BusinessNumber): JsonObject[] {
    return [...this.customers.values()].map((customer) =>
      customerRow(customer, this.chats.get(chatKey(number, customer.phone))),
    );
  }

  private customerChanged(customer: Customer): void {
    for (const chat of this.chats.values()) {
      if (chat.customer !== customer) continue;
      this.publishChat(chat);
      this.advanceChat(chat);
    }
    this.publishCustomers();
  }

  private async sendOffline(phone: string): Promise<void> {
    const due = this.offline.filter((entry) => entry.phone === phone);
    this.offline = this.offline.filter((entry) => entry.phone !== phone);
    for (const { send } of due) await send();
  }

  // ---- chats -----------------------------------------------------------------------------------

  /** The chat of a number and a customer, made when new. */
  chat(number: BusinessNumber, customer: Customer): Chat {
    const key = chatKey(number, customer.phone);
    const known = this.chats.get(key);
    if (known) return known;
    const chat: Chat = { number, customer, messages: [], lastInboundAt: null, typingUntil: 0 };
    this.chats.set(key, chat);
    return chat;
  }

  /** The whole chat for a page that opens. */
  snapshot(chat: Chat): JsonObject {
    return { ...snapshotView(chat, this.ports.now()), customers: this.customerRows(chat.number) };
  }

  /** A page of this chat came to the front: what is on the screen gets read. */
  lookAgain(key: string): void {
    const chat = this.chats.get(key);
    if (chat) this.advanceChat(chat);
  }

  /** What the business sent, in order of acceptance, to one customer or to all. */
  outbound(customer: Customer | null): JsonObject[] {
    return [...this.chats.values()]
      .filter((chat) => customer === null || chat.customer === customer)
      .flatMap((chat) =>
        chat.messages.flatMap((message) =>
          message.side === 'business' ? [outboundRow(chat, message)] : [],
        ),
      )
      .sort((a, b) => Number(a.at) - Number(b.at));
  }

  private find(number: BusinessNumber, wamid: string): { chat: Chat; message: Message } | null {
    for (const chat of this.chats.values()) {
      if (chat.number !== number) continue;
      const message = chat.messages.find((known) => known.wamid === wamid);
      if (message) return { chat, message };
    }
    return null;
  }

  // ---- the customer writes ---------------------------------------------------------------------

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
    const chat = this.chat(number, customer);
    const messages = items.map((item) => this.note(chat, item));
    const wamids = messages.map((message) => message.wamid);
    if (options.silent) {
      for (const message of messages) this.tick(chat, message, 'sent');
      return { wamids, outcome: { status: null, held: true } };
    }
    const send = (): Promise<Outcome> => {
      const updates = messages.map((message) => inboundUpdate(number, customer, message));
      return this.ports.submit(updates, options.copies ?? 1);
    };
    if (options.fromPhone && !customer.online) {
      this.offline.push({ phone: customer.phone, send });
      return { wamids, outcome: { status: null, held: true } };
    }
    return { wamids, outcome: await this.sendSwapped(chat, send, options.swap ?? false) };
  }

  /** A held message goes after the next one, whichever way that one leaves. */
  private async sendSwapped(
    chat: Chat,
    send: () => Promise<Outcome>,
    swap: boolean,
  ): Promise<Outcome> {
    const key = chatKey(chat.number, chat.customer.phone);
    const held = this.swapped.get(key);
    if (held === undefined && swap) {
      this.swapped.set(key, send);
      return { status: null, held: true };
    }
    this.swapped.delete(key);
    const outcome = await send();
    if (held !== undefined) await held();
    return outcome;
  }

  /** Keeps the item as a message of the chat; an id that is there already stays one message. */
  private note(chat: Chat, given: JsonObject): CustomerMessage {
    const { id, timestamp, ...item } = given;
    const now = this.ports.now();
    const at = timestamp === undefined ? now : Number(timestamp) * 1000;
    const who = chat.customer.phoneHidden ? chat.customer.userId : chat.customer.phone;
    const wamid = typeof id === 'string' ? id : wamidOf(who, 'in', this.ports.entropy());
    const known = chat.messages.find((message) => message.wamid === wamid);
    if (known?.side === 'customer') return known;
    const message: CustomerMessage = {
      side: 'customer',
      wamid,
      at: Math.floor(at / 1000) * 1000,
      item: withContextSender(item, chat),
      tick: 'waiting',
      reactions: {},
    };
    if (opensWindow(String(item.type)))
      chat.lastInboundAt = Math.max(chat.lastInboundAt ?? 0, Math.min(at, now));
    chat.messages.push(message);
    if (item.type === 'reaction') this.react(chat, item.reaction, 'customer');
    else this.publishMessage(chat, message);
    this.publishCustomers();
    return message;
  }

  /** The webhook answered 200: these messages have their first tick. */
  delivered(updates: Update[]): void {
    for (const { kind, number, item } of updates) {
      const found = kind === 'message' ? this.find(number, String(item.id)) : null;
      if (found?.message.side === 'customer' && found.message.tick === 'waiting')
        this.tick(found.chat, found.message, 'sent');
    }
  }

  private tick(chat: Chat, message: CustomerMessage, tick: CustomerMessage['tick']): void {
    message.tick = tick;
    this.publishMessage(chat, message);
  }

  private react(chat: Chat, reaction: unknown, side: 'customer' | 'business'): void {
    if (!isObject(reaction)) return;
    const target = chat.messages.find((message) => message.wamid === reaction.message_id);
    if (target === undefined) return;
    const emoji = typeof reaction.emoji === 'string' ? reaction.emoji : '';
    if (emoji === '') delete target.reactions[side];
    else target.reactions[side] = emoji;
    this.publishMessage(chat, target);
  }

  // ---- the business writes ---------------------------------------------------------------------

  /**
   * Accepts a message for sending, or refuses it as Meta does before acceptance. What only fails
   * later (window closed, fault `fail-later`) is accepted here and reported by webhook.
   */
  accept(
    number: BusinessNumber,
    request: Extract<GraphRequest, { kind: 'send' }>,
    failLater: number | null,
  ): Accepted | Refused {
    const customer = this.recipient(number, request);
    if ('error' in customer) return { ok: false, error: customer.error };
    if (!this.withinPairLimit(number, customer)) return { ok: false, error: graphError(131056) };
    const chat = this.chat(number, customer);
    const byUserId = request.recipient.kind === 'userId';
    const who = customer.phoneHidden || byUserId ? customer.userId : customer.phone;
    const message: BusinessMessage = {
      side: 'business',
      wamid: wamidOf(who, 'out', this.ports.entropy()),
      at: this.ports.now(),
      request: request.body,
      type: request.type,
      state: 'accepted',
      refusal: failLater ?? this.refusal(chat, request),
      addressedByUserId: byUserId,
      callbackData: request.callbackData,
      reactions: {},
    };
    chat.messages.push(message);
    this.endTyping(chat);
    this.advance(chat, message);
    const id = byUserId ? { user_id: customer.userId } : { wa_id: customer.phone };
    return { ok: true, message, contact: { input: request.recipient.input, ...id } };
  }

  private recipient(
    number: BusinessNumber,
    request: Extract<GraphRequest, { kind: 'send' }>,
  ): Customer | { error: GraphError } {
    const { kind, input } = request.recipient;
    if (kind === 'userId') {
      const known = this.findCustomer(input);
      return known ?? { error: graphError(131009, 'This business-scoped user ID is not known.') };
    }
    const code = callingCodeOf(number.displayPhoneNumber);
    const digits = dialledNumber(input, code, (known) => this.customers.has(known));
    if (digits === number.displayPhoneNumber) return { error: graphError(131021) };
    return this.customer(digits);
  }

  private withinPairLimit(number: BusinessNumber, customer: Customer): boolean {
    if (!this.settings.pairLimit) return true;
    const key = chatKey(number, customer.phone);
    const now = this.ports.now();
    const { bucket, allowed } = takeToken(this.buckets.get(key) ?? fullBucket(now), now);
    this.buckets.set(key, bucket);
    return allowed;
  }

  private refusal(chat: Chat, request: Extract<GraphRequest, { kind: 'send' }>): number | null {
    return refusalOf({
      type: request.type,
      lastInboundAt: chat.lastInboundAt,
      now: this.ports.now(),
      reactionTargetExists: chat.messages.some((one) => one.wamid === request.reactionTarget),
    });
  }

  /** Marks a customer's message and all before it as read; false when there is no such message. */
  markRead(number: BusinessNumber, wamid: string, typing: boolean): boolean {
    const found = this.find(number, wamid);
    if (found?.message.side !== 'customer') return false;
    const { chat, message } = found;
    const upTo = chat.messages.indexOf(message);
    for (const earlier of chat.messages.slice(0, upTo + 1))
      if (earlier.side === 'customer' && earlier.tick !== 'read') this.tick(chat, earlier, 'read');
    if (typing) this.startTyping(chat);
    return true;
  }

  private startTyping(chat: Chat): void {
    chat.typingUntil = this.ports.now() + TYPING_MS;
    this.publishChat(chat);
    this.later(`typing ${chatKey(chat.number, chat.customer.phone)}`, TYPING_MS, () => {
      this.endTyping(chat);
    });
  }

  private endTyping(chat: Chat): void {
    if (chat.typingUntil === 0) return;
    chat.typingUntil = 0;
    this.publishChat(chat);
  }

  // ---- statuses --------------------------------------------------------------------------------

  private advanceChat(chat: Chat): void {
    for (const message of chat.messages)
      if (message.side === 'business') this.advance(chat, message);
  }

  private nextState(chat: Chat, message: BusinessMessage): Exclude<SendState, 'accepted'> | null {
    const { customer, number } = chat;
    return nextStatus(message.state, {
      refused: message.refusal !== null,
      reaction: message.type === 'reaction',
      online: customer.online,
      visible: this.ports.hub.isVisible(chatKey(number, customer.phone)),
      sharesRead: customer.sharesRead,
    });
  }

  /** Schedules the next status, which is decided again when its time comes. */
  private advance(chat: Chat, message: BusinessMessage): void {
    const next = this.nextState(chat, message);
    const key = `status ${message.wamid}`;
    if (next === null || this.timers.has(key)) return;
    const { sent, delivered, read } = this.settings.statusDelays;
    const delay = { sent, failed: sent, delivered, read }[next];
    this.later(key, delay, () => {
      const due = this.nextState(chat, message);
      if (due === null) return;
      message.state = due;
      this.stateReached(chat, message, due);
      this.advance(chat, message);
    });
  }

  private stateReached(
    chat: Chat,
    message: BusinessMessage,
    state: Exclude<SendState, 'accepted'>,
  ): void {
    const { number, customer } = chat;
    void this.ports.submit([statusUpdate(number, customer, message, state, this.ports.now())]);
    if (state === 'sent' && message.type === 'reaction')
      this.react(chat, message.request.reaction, 'business');
    if (isShown(message)) {
      this.publishMessage(chat, message);
      this.publishCustomers();
    }
  }

  /** Reads everything that has arrived on the customer's phone, without a page being open. */
  readAll(chat: Chat): number {
    const arrived = chat.messages.filter(
      (one): one is BusinessMessage => one.side === 'business' && one.state === 'delivered',
    );
    if (!chat.customer.sharesRead) return 0;
    for (const message of arrived) {
      message.state = 'read';
      this.stateReached(chat, message, 'read');
    }
    return arrived.length;
  }

  // ---- telling the pages -----------------------------------------------------------------------

  private publishMessage(chat: Chat, message: Message): void {
    if (!isShown(message)) return;
    const data = messageView(message, chat);
    this.ports.hub.publish(chatKey(chat.number, chat.customer.phone), { event: 'message', data });
  }

  private publishChat(chat: Chat): void {
    const data = chatView(chat, this.ports.now());
    this.ports.hub.publish(chatKey(chat.number, chat.customer.phone), { event: 'chat', data });
  }

  private publishCustomers(): void {
    const number = this.numbers[0];
    if (number === undefined) return;
    const customers = this.customerRows(number);
    this.ports.hub.broadcast({ event: 'customers', data: { customers } });
  }

  private later(key: string, delay: number, act: () => void): void {
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      act();
    }, delay);
    this.timers.set(key, timer);
  }
}

/** The key under which a chat and its open pages are known. */
export function chatKey(number: BusinessNumber, phone: string): string {
  return `${number.phoneNumberId} ${phone}`;
}

function usernameOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
  return `@${plain.replace(/^\.+|\.+$/g, '') || 'customer'}`;
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

function outboundRow(chat: Chat, message: BusinessMessage): JsonObject {
  return {
    wamid: message.wamid,
    phoneNumberId: chat.number.phoneNumberId,
    to: chat.customer.phone,
    at: message.at,
    type: message.type,
    state: message.state,
    request: message.request,
  };
}
