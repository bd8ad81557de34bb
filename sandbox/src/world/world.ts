import {
  takeFault,
  withFault,
  withoutFault,
  type Fault,
  type FaultOp,
  type FaultTable,
} from '../control/faults.ts';
import type {
  BusinessMessage,
  BusinessNumber,
  Chat,
  Customer,
  JsonObject,
  Settings,
} from '../model.ts';
import type { PhoneHub } from '../phone/hub.ts';
import type { Update } from '../webhook/bodies.ts';
import type { Outcome } from '../webhook/deliverer.ts';
import { Accounts } from './accounts.ts';
import { BusinessSide } from './business-side.ts';
import { CustomerSide } from './customer-side.ts';
import { MediaStore } from './media-store.ts';
import { Directory, type CustomerPatch } from './directory.ts';
import { News } from './news.ts';
import { Statuses } from './statuses.ts';
import { TemplateStore } from './templates.ts';
import { Timers } from './timers.ts';

/** What the world needs from around it. */
export interface WorldPorts {
  now: () => number;
  /** Ten random bytes for a message id. */
  entropy: () => Uint8Array;
  hub: PhoneHub;
  /** Hands updates to the webhook; `copies` repeats the whole POST. */
  submit: (updates: Update[], copies?: number) => Promise<Outcome>;
}

/**
 * Everything that is true on this machine's WhatsApp, in memory: who exists, what was said, the
 * settings and the faults in force.
 */
export class World {
  readonly directory: Directory;
  readonly media: MediaStore;
  readonly templates: TemplateStore;
  readonly accounts: Accounts;
  readonly news: News;
  readonly customers: CustomerSide;
  readonly business: BusinessSide;
  settings: Settings;
  private readonly initial: Settings;
  private readonly statuses: Statuses;
  private readonly timers = new Timers();
  private faults: FaultTable = {};

  constructor(numbers: BusinessNumber[], settings: Settings, ports: WorldPorts) {
    this.initial = settings;
    this.settings = structuredClone(settings);
    this.directory = new Directory(numbers, ports.hub, ports.now);
    this.media = new MediaStore(ports);
    this.templates = new TemplateStore(numbers);
    this.accounts = new Accounts(numbers);
    const shared = {
      ...ports,
      directory: this.directory,
      media: this.media,
      templates: this.templates,
      accounts: this.accounts,
      timers: this.timers,
      settings: () => this.settings,
      submit: (updates: Update[], copies?: number) => this.submit(updates, copies, ports.submit),
    };
    this.news = new News(shared);
    this.statuses = new Statuses(shared);
    this.customers = new CustomerSide(shared);
    this.business = new BusinessSide({ ...shared, statuses: this.statuses });
  }

  /** Who is not subscribed to an account hears nothing of it (Meta, "Webhooks"). */
  private async submit(
    updates: Update[],
    copies: number | undefined,
    submit: WorldPorts['submit'],
  ): Promise<Outcome> {
    const heard = updates.filter(({ number }) => this.accounts.account(number.wabaId).subscribed);
    return heard.length === 0 ? { status: null, held: false } : submit(heard, copies);
  }

  /** Back to the first moment: nobody, nothing said, no faults, the settings of the start. */
  reset(): void {
    this.timers.stop();
    this.faults = {};
    this.settings = structuredClone(this.initial);
    this.customers.clear();
    this.business.clear();
    this.directory.clear();
    this.media.clear();
    this.templates.clear();
    this.accounts.clear();
  }

  /** Ends all timers. */
  stop(): void {
    this.timers.stop();
  }

  /** Changes a customer; what waited for a phone that comes online moves on. */
  changeCustomer(customer: Customer, patch: CustomerPatch): void {
    const cameOnline = patch.online === true && !customer.online;
    Object.assign(customer, patch);
    if (customer.phoneHidden) customer.username ??= usernameOf(customer.name);
    for (const chat of this.directory.chatsOf(customer)) {
      this.directory.publishChat(chat);
      this.statuses.advanceChat(chat);
    }
    this.directory.publishCustomers();
    if (cameOnline) void this.customers.cameOnline(customer);
  }

  /**
   * A customer takes another number, which must be nobody's, and the business is told in every chat.
   * Resolves after the webhook's first answers.
   */
  async changeNumber(customer: Customer, phone: string): Promise<void> {
    const before = { phone: customer.phone, userId: customer.userId };
    this.directory.renumber(customer, phone);
    const chats = this.directory.chatsOf(customer);
    await Promise.all(chats.map((chat) => this.customers.changedNumber(chat, before)));
  }

  /** A page of this chat came to the front: what is on the screen gets read. */
  chatOnScreen(key: string): void {
    const chat = this.directory.chatAt(key);
    if (chat) this.statuses.advanceChat(chat);
  }

  /** The customer reads what has arrived, without a page; answers how many messages that were. */
  readAll(chat: Chat): number {
    return this.statuses.readAll(chat);
  }

  /** The business read a customer's message, and may be typing; false for an unknown id. */
  markRead(number: BusinessNumber, wamid: string, typing: boolean): boolean {
    const chat = this.customers.markRead(number, wamid);
    if (chat !== null && typing) this.business.startTyping(chat);
    return chat !== null;
  }

  /** What the business sent, in order of acceptance, to one customer or to all. */
  outbound(customer: Customer | null): JsonObject[] {
    return this.directory
      .chatsOf(customer)
      .flatMap((chat) =>
        chat.messages
          .filter((message) => message.side === 'business')
          .map((message) => outboundRow(chat, message)),
      )
      .sort((a, b) => Number(a.at) - Number(b.at));
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

  /** Whether a fault of this operation is in force. */
  hasFault(op: FaultOp): boolean {
    return this.faults[op] !== undefined;
  }

  /** The faults in force. */
  currentFaults(): FaultTable {
    return this.faults;
  }
}

function usernameOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
  return `@${plain.replace(/^\.+|\.+$/g, '') || 'customer'}`;
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
