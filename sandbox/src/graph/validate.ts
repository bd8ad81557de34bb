import { digitsOf, isObject, textOf, type Json, type JsonObject } from '../model.ts';
import { CONTENT_RULES, contactsProblem } from './content-rules.ts';
import { graphError, invalidParameter, type GraphError } from './errors.ts';

/** Whom a message is for: a phone number as written, or a business-scoped user id. */
export type Recipient = { kind: 'phone'; input: string } | { kind: 'userId'; input: string };

/** A message to send; `body` is the request as it came. */
export interface SendRequest {
  kind: 'send';
  recipient: Recipient;
  type: string;
  callbackData: string | null;
  reactionTarget: string | null;
  body: JsonObject;
}

/** A read receipt for a customer's message, with the typing indicator or without. */
export interface ReadRequest {
  kind: 'read';
  messageId: string;
  typing: boolean;
}

/** What a POST to `/messages` asks for, once it has passed Meta's checks. */
export type GraphRequest = SendRequest | ReadRequest;

/** What a request asks for, or the Graph error that refuses it (Meta, "Error codes"). */
export type Judged = { ok: true; request: GraphRequest } | { ok: false; error: GraphError };

const TYPES = [...Object.keys(CONTENT_RULES), 'contacts'].sort();
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

const refuse = (error: GraphError): Judged => ({ ok: false, error });
const required = (name: string): Judged =>
  refuse(invalidParameter(`The parameter ${name} is required.`));

/**
 * Judges the body of `POST /{phone-number-id}/messages` as Meta does before accepting it: the
 * product, then read receipts, recipient, type and the content of that type. A body that is not a
 * JSON object is judged as an empty one, which is how Graph treats what it cannot parse.
 */
export function judgeRequest(raw: unknown): Judged {
  const body = isObject(raw) ? raw : {};
  if (body.messaging_product === undefined) return required('messaging_product');
  if (textOf(body.messaging_product).toLowerCase() !== 'whatsapp')
    return refuse(oneOf('messaging_product', ['WHATSAPP'], body.messaging_product));
  return body.status === undefined ? judgeSend(body) : judgeRead(body);
}

function judgeRead(body: JsonObject): Judged {
  if (body.status !== 'read') return refuse(oneOf('status', ['READ'], body.status));
  if (typeof body.message_id !== 'string' || body.message_id === '') return required('message_id');
  const typing = body.typing_indicator;
  if (typing !== undefined && !(isObject(typing) && typing.type === 'text'))
    return refuse(graphError(131009, "typing_indicator['type'] must be 'text'."));
  return {
    ok: true,
    request: { kind: 'read', messageId: body.message_id, typing: typing !== undefined },
  };
}

function judgeSend(body: JsonObject): Judged {
  const recipient = recipientOf(body);
  if ('error' in recipient) return refuse(recipient.error);
  const type = textOf(body.type ?? 'text').toLowerCase();
  if (!TYPES.includes(type)) return refuse(oneOf('type', TYPES, body.type));
  const problem = contentProblem(body, type) ?? extrasProblem(body);
  if (problem) return refuse(problem);
  const reaction = type === 'reaction' && isObject(body.reaction) ? body.reaction.message_id : null;
  return {
    ok: true,
    request: {
      kind: 'send',
      recipient: recipient.recipient,
      type,
      callbackData: asString(body.biz_opaque_callback_data),
      reactionTarget: asString(reaction),
      body,
    },
  };
}

function recipientOf(body: JsonObject): { recipient: Recipient } | { error: GraphError } {
  const recipientType = body.recipient_type ?? 'individual';
  if (recipientType !== 'individual')
    return {
      error: graphError(131009, 'This number has no groups: use recipient_type individual.'),
    };
  // Both may be given: the phone number wins (Meta, "Business-scoped user IDs").
  if (body.to !== undefined) {
    const input = typeof body.to === 'number' ? String(body.to) : body.to;
    if (typeof input === 'string' && /^\+?[\d\s().-]+$/.test(input)) {
      const digits = digitsOf(input).length;
      if (digits >= 5 && digits <= 15) return { recipient: { kind: 'phone', input } };
    }
    return { error: graphError(131009, 'The phone number is malformed.') };
  }
  if (body.recipient === undefined)
    return { error: invalidParameter('The parameter to is required.') };
  if (typeof body.recipient === 'string' && USER_ID.test(body.recipient))
    return { recipient: { kind: 'userId', input: body.recipient } };
  return { error: graphError(131009, 'The recipient is not a business-scoped user ID.') };
}

function contentProblem(body: JsonObject, type: string): GraphError | null {
  if (type === 'contacts') return contactsProblem(body.contacts);
  const content = body[type];
  if (content === undefined) return invalidParameter(`The parameter ${type} is required.`);
  if (!isObject(content)) return invalidParameter(`Param ${type} must be a JSON object.`);
  return CONTENT_RULES[type]?.(content) ?? null;
}

function extrasProblem(body: JsonObject): GraphError | null {
  const { context, biz_opaque_callback_data: data } = body;
  if (context !== undefined && !(isObject(context) && typeof context.message_id === 'string'))
    return invalidParameter("The parameter context['message_id'] is required.");
  if (data !== undefined && (typeof data !== 'string' || data.length > 512))
    return invalidParameter('Param biz_opaque_callback_data must be at most 512 characters long.');
  return null;
}

function oneOf(name: string, allowed: string[], got: Json | undefined): GraphError {
  const list = allowed.map((value) => value.toUpperCase()).join(', ');
  return invalidParameter(`Param ${name} must be one of {${list}} - got "${textOf(got)}".`);
}

function asString(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * The digits that `to` names. Without a plus sign Meta prepends the calling code of the business
 * number ("Send messages"); a number that is a known customer as written stays as it is.
 */
export function dialledNumber(
  input: string,
  callingCode: string,
  isKnown: (digits: string) => boolean,
): string {
  const digits = digitsOf(input);
  if (input.trim().startsWith('+') || isKnown(digits)) return digits;
  return callingCode + digits;
}
