import { graphError, type GraphError } from '../graph/errors.ts';
import { canBeSent } from '../graph/media-rules.ts';
import { namedMedia, unknownMedia } from '../graph/named-media.ts';
import { fullBucket, takeToken, type PairBucket } from '../graph/pair-limit.ts';
import { templateProblem } from '../graph/template-send.ts';
import type { Template } from '../graph/template.ts';
import { dialledNumber, type SendRequest } from '../graph/validate.ts';
import { refusalOf, type SendFacts } from '../graph/window.ts';
import { callingCodeOf, wamidOf } from '../ids.ts';
import {
  isObject,
  textOf,
  type BusinessMessage,
  type BusinessNumber,
  type Chat,
  type Customer,
  type JsonObject,
  type Settings,
} from '../model.ts';
import { chatKey, typeOf, type Directory } from './directory.ts';
import type { Accounts } from './accounts.ts';
import type { MediaStore } from './media-store.ts';
import type { Statuses } from './statuses.ts';
import type { TemplateStore } from './templates.ts';
import type { Timers } from './timers.ts';

/** What the business's side needs from around it. */
export interface BusinessSidePorts {
  directory: Directory;
  media: MediaStore;
  templates: TemplateStore;
  accounts: Accounts;
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
    const problem = this.contentProblem(number, request);
    if (problem !== null) return { ok: false, error: problem };
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

  /** What is wrong with a message by what Meta knows of its account, its template and its media. */
  private contentProblem(number: BusinessNumber, request: SendRequest): GraphError | null {
    const { accounts, media } = this.ports;
    if (accounts.account(number.wabaId).canSend === 'BLOCKED') return graphError(131031);
    const content = request.body.template;
    const problem =
      request.type === 'template' && isObject(content)
        ? templateProblem(this.templateOf(number, request) ?? undefined, content)
        : null;
    if (problem !== null) return problem;
    const unknown = namedMedia(request.type, request.body).find(
      ({ id }) => media.find(id, number.phoneNumberId) === undefined,
    );
    return unknown === undefined ? null : unknownMedia(unknown);
  }

  private templateOf(number: BusinessNumber, { type, body }: SendRequest): Template | null {
    const content = type === 'template' && isObject(body.template) ? body.template : {};
    const language = isObject(content.language) ? textOf(content.language.code) : '';
    return this.ports.templates.find(number.wabaId, textOf(content.name), language) ?? null;
  }

  private messageFor(chat: Chat, request: SendRequest, failLater: number | null): BusinessMessage {
    const byUserId = request.recipient.kind === 'userId';
    const { customer } = chat;
    const who = customer.phoneHidden || byUserId ? customer.userId : customer.phone;
    return {
      side: 'business',
      wamid: wamidOf(who, 'out', this.ports.entropy()),
      at: this.ports.now(),
      request: request.body,
      type: request.type,
      template: this.templateOf(chat.number, request),
      state: 'accepted',
      refusal: failLater ?? refusalOf(this.factsOf(chat, request)),
      addressedByUserId: byUserId,
      callbackData: request.callbackData,
      reactions: {},
    };
  }

  private factsOf(chat: Chat, { type, body, reactionTarget }: SendRequest): SendFacts {
    const { directory, media, now } = this.ports;
    const found = reactionTarget === null ? null : directory.find(chat.number, reactionTarget);
    const target = found?.chat === chat ? found.message : null;
    return {
      type,
      lastInboundAt: chat.lastInboundAt,
      now: now(),
      reactionTarget: target && { type: typeOf(target), at: target.at },
      mediaFit: namedMedia(type, body).every(({ id, kind, voice }) =>
        canBeSent(media.find(id)?.mimeType ?? '', kind, voice),
      ),
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
