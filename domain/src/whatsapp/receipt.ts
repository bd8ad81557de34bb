import type { Json } from '../shared/read.ts';

/**
 * When a customer sees that a message was read: as soon as whoever holds the conversation opens it,
 * with the first reply, or never. WhatsApp's "typing" says it too, so it follows the first alone.
 */
export const RECEIPT_POLICIES = ['open', 'reply', 'never'] as const;
/** One of the {@link RECEIPT_POLICIES}. */
export type ReceiptPolicy = (typeof RECEIPT_POLICIES)[number];

/** What may betray that somebody read. */
export type ReceiptMoment = 'opened' | 'typing' | 'replied';

const TELLS: Readonly<Record<ReceiptPolicy, readonly ReceiptMoment[]>> = {
  open: ['opened', 'typing', 'replied'],
  reply: ['replied'],
  never: [],
};

/** True where the customer may be told at this moment. */
export const tellsRead = (policy: ReceiptPolicy, moment: ReceiptMoment): boolean =>
  TELLS[policy].includes(moment);

/** How long WhatsApp shows "typing" (Meta, "Typing indicators": 25 s), ms. */
export const TYPING_MS = 25_000;

/** A body of `POST /{phone-number-id}/messages` that marks a message and all before it as read. */
export const receiptBody = (wamid: string, typing: boolean): Json => ({
  messaging_product: 'whatsapp',
  status: 'read',
  message_id: wamid,
  ...(typing ? { typing_indicator: { type: 'text' } } : {}),
});
