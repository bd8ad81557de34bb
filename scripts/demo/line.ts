/** One customer's line to the demo number: what they send, and what becomes of what we send. */
import { createHash } from 'node:crypto';
import type { GraphAnswer, Past, Thread } from '@switchboard/functions/seeding';
import {
  DEMO_NUMBER,
  inboundUpdate,
  statusUpdate,
  userIdOf,
  wamidOf,
  webhookBody,
  type BusinessMessage,
  type Customer,
  type JsonObject,
} from '@switchboard/sandbox';
import type { Person, Reach } from './story.ts';

/** A message as the customer's phone has it. */
export interface Written {
  readonly wamid: string;
  /** Epoch ms, whole seconds. */
  readonly at: number;
  readonly item: JsonObject;
}

/** From acceptance to each report, ms. */
const REPORTS = [
  ['sent', 1_000],
  ['delivered', 2_000],
  ['read', 45_000],
] as const;

/** The Graph API's answer to more than one message per 6 s to one person (Meta, "Error codes"). */
const TOO_FAST: GraphAnswer = {
  kind: 'refused',
  httpStatus: 400,
  code: 131056,
  title: '(Business Account, Consumer Account) pair rate limit hit',
  details:
    'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
};

export class Line {
  readonly customer: Customer;
  readonly written: Written[] = [];
  readonly thread: Thread;
  private readonly start: number;
  private reach: Reach = 'read';
  private sent: BusinessMessage | null = null;
  private wamids = 0;

  /** `start`: until when reports have come in, epoch ms. */
  constructor(past: Past, person: Person, start: number) {
    this.start = start;
    this.customer = {
      phone: person.phone,
      userId: userIdOf(DEMO_NUMBER.wabaId, person.phone),
      name: person.name,
      username: person.username ?? null,
      phoneHidden: person.phoneHidden ?? false,
      online: true,
      sharesRead: true,
    };
    const send = (_: string, body: unknown) => Promise.resolve(this.answer(body as JsonObject));
    this.thread = past.thread(person.phone, { send });
  }

  /** The customer's message arrives; answers its id at WhatsApp. */
  async bring(at: number, item: JsonObject): Promise<string> {
    const wamid = this.newWamid('in');
    const update = inboundUpdate(DEMO_NUMBER, this.customer, { wamid, at, item });
    await this.thread.receive(webhookBody([update]));
    this.written.push({ wamid, at, item });
    return wamid;
  }

  /** Runs what sends one reply, lets it come as far as `reach`, and answers its id where it left. */
  async carry(at: number, reach: Reach, send: () => Promise<void>): Promise<string | null> {
    this.reach = reach;
    this.sent = null;
    await send();
    return this.sent === null ? null : this.report(at, this.sent);
  }

  private async report(at: number, sent: BusinessMessage): Promise<string> {
    const reached = REPORTS.findIndex(([state]) => state === this.reach);
    for (const [state, after] of REPORTS.slice(0, reached + 1)) {
      const when = Math.min(at + after, this.start);
      this.thread.setHour(when);
      const update = statusUpdate(DEMO_NUMBER, this.customer, sent, state, when);
      await this.thread.receive(webhookBody([update]));
    }
    return sent.wamid;
  }

  /** The Graph API's answer to a send. */
  private answer(request: JsonObject): GraphAnswer {
    if (this.reach === 'too-fast') return TOO_FAST;
    const wamid = this.newWamid('out');
    const callback = request['biz_opaque_callback_data'];
    this.sent = {
      side: 'business',
      wamid,
      at: this.thread.ports.clock.now(),
      request,
      type: 'text',
      state: 'accepted',
      refusal: null,
      addressedByUserId: request['recipient'] !== undefined,
      callbackData: typeof callback === 'string' ? callback : null,
      reactions: {},
      template: null,
    };
    return { kind: 'accepted', wamid };
  }

  /** Follows from the customer and the count, so that every run makes the same. */
  private newWamid(direction: 'in' | 'out'): string {
    const { phone, userId, phoneHidden } = this.customer;
    const seed = `${phone} ${(this.wamids += 1)}`;
    const entropy = createHash('sha256').update(seed).digest().subarray(0, 10);
    return wamidOf(phoneHidden ? userId : phone, direction, entropy);
  }
}
