import type { BusinessMessage, Chat, SendState, Settings } from '../model.ts';
import { nextStatus } from '../phone/status-steps.ts';
import { isShown } from '../phone/view.ts';
import { statusUpdate, type Update } from '../webhook/bodies.ts';
import type { Directory } from './directory.ts';
import { applyReaction } from './reactions.ts';
import type { Timers } from './timers.ts';

/** What the course of business messages needs from around it. */
export interface StatusesPorts {
  directory: Directory;
  timers: Timers;
  settings: () => Settings;
  now: () => number;
  submit: (updates: Update[]) => Promise<unknown>;
}

type Status = Exclude<SendState, 'accepted'>;

/** Moves business messages on as the customer's phone receives and shows them, and reports it. */
export class Statuses {
  private readonly ports: StatusesPorts;

  constructor(ports: StatusesPorts) {
    this.ports = ports;
  }

  /** Looks at every message of a chat again: the phone came online or opened the chat. */
  advanceChat(chat: Chat): void {
    for (const message of chat.messages)
      if (message.side === 'business') this.advance(chat, message);
  }

  /** Schedules a message's next status, which is decided again when its time comes. */
  advance(chat: Chat, message: BusinessMessage): void {
    const name = `status ${message.wamid}`;
    const next = this.next(chat, message);
    if (next === null || this.ports.timers.has(name)) return;
    const { sent, delivered, read } = this.ports.settings().statusDelays;
    const delay = { sent, failed: sent, delivered, read }[next];
    this.ports.timers.start(name, delay, () => {
      const due = this.next(chat, message);
      if (due === null) return;
      this.reach(chat, message, due);
      this.advance(chat, message);
    });
  }

  /** Reads what has arrived without a page being open; answers how many messages that were. */
  readAll(chat: Chat): number {
    if (!chat.customer.sharesRead) return 0;
    const arrived = chat.messages.filter(
      (one): one is BusinessMessage => one.side === 'business' && one.state === 'delivered',
    );
    for (const message of arrived) this.reach(chat, message, 'read');
    return arrived.length;
  }

  private next(chat: Chat, message: BusinessMessage): Status | null {
    return nextStatus(message.state, {
      refused: message.refusal !== null,
      reaction: message.type === 'reaction',
      online: chat.customer.online,
      visible: this.ports.directory.isVisible(chat),
      sharesRead: chat.customer.sharesRead,
    });
  }

  private reach(chat: Chat, message: BusinessMessage, state: Status): void {
    const { directory, now, submit } = this.ports;
    message.state = state;
    void submit([statusUpdate(chat.number, chat.customer, message, state, now())]);
    const reacted = state === 'sent' && message.type === 'reaction';
    const target = reacted ? applyReaction(chat, message.request.reaction, 'business') : null;
    if (target !== null) directory.publishMessage(chat, target);
    if (!isShown(message)) return;
    directory.publishMessage(chat, message);
    directory.publishCustomers();
  }
}
