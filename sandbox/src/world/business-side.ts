import { graphError, type GraphError } from '../graph/errors.ts';
import { fullBucket, takeToken, type PairBucket } from '../graph/pair-limit.ts';
import { dialledNumber, type SendRequest } from '../graph/validate.ts';
import { refusalOf } from '../graph/window.ts';
import { callingCodeOf, wamidOf } from '../ids.ts';
import type {
  BusinessMessage,
  BusinessNumber,
  Chat,
  Customer,
  JsonObject,
  Settings,
} from '../model.ts';
import { chatKey, type Directory } from './directory.ts';
import { mediaIdIn, type MediaStore } from './media-store.ts';
import type { Statuses } from './statuses.ts';
import type { Timers } from './timers.ts';

/** What the business's side needs from around it. */
export interface BusinessSidePorts {
  directory: Directory;
  media: MediaStore;
  statuses: Statuses;
  timers: Timers;
  settings: () => Settings;
  now: () => number;
  /** Ten random bytes for a message id. */
  entropy: () => Uint8Array;
}

/** `contact` is the element of `contacts` in Meta's answer. */
export type Acceptance =
  { ok: true; message: BusinessMessage; contact: JsonObject } | { ok: false; error: GraphError };

/** The typing indicator ends by itself after 25 s (Meta, "Typing indicators"). */
const TYPING_MS = 25_000;

/** What the business does through the Graph API: send, and show that it types. */
export class BusinessSide {
  private readonly ports: BusinessSidePorts;
  private buckets = new Map<string, PairBucket>();

  constructor(ports: BusinessSidePorts) {
    this.ports = ports;
  }

  /** Forgets what the pair limit counted. */
  clear(): void {
    this.buckets.clear();
  }

  /**
   * Accepts a message for sending, or refuses it as Meta does before acceptance. What fails only
   * later (window closed, or `failLater` with its code) is accepted and reported by webhook.
   */
  accept(number: BusinessNumber, request: SendRequest, failLater: number | null): Acceptance {
    const found = this.recipient(number, request);
    if ('error' in found) return { ok: false, error: found.error };
    const { customer } = found;
    if (!this.withinPairLimit(number, customer)) return { ok: false, error: graphError(131056) };
    const chat = this.ports.directory.chat(number, customer);
    const message = this.messageFor(chat, request, failLater);
    this.ports.directory.add(chat, message);
    this.endTyping(chat);
    this.ports.statuses.advance(chat, message);
    const id = message.addressedByUserId ? { user_id: customer.userId } : { wa_id: customer.phone };
    return { ok: true, message, contact: { input: request.recipient.input, ...id } };
  }

  /** Shows the customer that the business types, until a message or 25 s. */
  startTyping(chat: Chat): void {
    const { directory, timers, now } = this.ports;
    chat.typingUntil = now() + TYPING_MS;
    directory.publishChat(chat);
    timers.start(`typing ${chatKey(chat.number, chat.customer.phone)}`, TYPING_MS, () => {
      this.endTyping(chat);
    });
  }

  private endTyping(chat: Chat): void {
    if (chat.typingUntil === 0) return;
    chat.typingUntil = 0;
    this.ports.directory.publishChat(chat);
  }

  private messageFor(chat: Chat, request: SendRequest, failLater: number | null): BusinessMessage {
    const byUserId = request.recipient.kind === 'userId';
    const { customer } = chat;
    const who = customer.phoneHidden || byUserId ? customer.userId : customer.phone;
    const now = this.ports.now();
    const target = request.reactionTarget;
    const mediaId = mediaIdIn(request.type, request.body);
    const refusal = refusalOf({
      type: request.type,
      lastInboundAt: chat.lastInboundAt,
      now,
      reactionTargetExists:
        target !== null && this.ports.directory.find(chat.number, target)?.chat === chat,
      mediaExists:
        mediaId === null || this.ports.media.find(mediaId, chat.number.phoneNumberId) !== undefined,
    });
    return {
      side: 'business',
      wamid: wamidOf(who, 'out', this.ports.entropy()),
      at: now,
      request: request.body,
      type: request.type,
      state: 'accepted',
      refusal: failLater ?? refusal,
      addressedByUserId: byUserId,
      callbackData: request.callbackData,
      reactions: {},
    };
  }

  private recipient(
    number: BusinessNumber,
    request: SendRequest,
  ): { customer: Customer } | { error: GraphError } {
    const { directory } = this.ports;
    const { kind, input } = request.recipient;
    const known = directory.findCustomer(input);
    if (kind === 'userId') {
      if (known !== undefined) return { customer: known };
      return { error: graphError(131009, 'This business-scoped user ID is not known.') };
    }
    const code = callingCodeOf(number.displayPhoneNumber);
    const digits = dialledNumber(input, code, (one) => directory.findCustomer(one) !== undefined);
    if (digits === number.displayPhoneNumber) return { error: graphError(131021) };
    return { customer: directory.customer(digits) };
  }

  private withinPairLimit(number: BusinessNumber, customer: Customer): boolean {
    if (!this.ports.settings().pairLimit) return true;
    const key = chatKey(number, customer.phone);
    const now = this.ports.now();
    const { bucket, allowed } = takeToken(this.buckets.get(key) ?? fullBucket(now), now);
    this.buckets.set(key, bucket);
    return allowed;
  }
}
