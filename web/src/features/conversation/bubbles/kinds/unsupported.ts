import { asNumber, asObjects, asText, type Json } from '@switchboard/domain';

/** What was lost, as far as it has a sentence and an advice of its own. */
export type Lost = (typeof LOST)[keyof typeof LOST] | 'unavailable' | 'other';

/** Kinds that WhatsApp names and does not hand over (seen in `unsupported.type`), by their sentence. */
const LOST = {
  poll_creation: 'poll',
  poll_update: 'poll',
  poll: 'poll',
  pool: 'poll',
  edit: 'edit',
  pin: 'mark',
  keep_in_chat: 'mark',
  reaction: 'mark',
  group_invite: 'group',
  gif: 'media',
  image: 'media',
  media_placeholder: 'media',
  view_once: 'viewOnce',
  location: 'location',
  product: 'product',
  order: 'product',
  list: 'choice',
  interactive: 'choice',
  hsm: 'choice',
  link_preview: 'link',
} as const;

/** WhatsApp had the message and could not hand it over just now (Meta, "Error codes"). */
const UNAVAILABLE = 131060;

/** What a message was that WhatsApp does not hand over, and the error that it gives for it. */
export interface Unsupported {
  readonly lost: Lost;
  /** WhatsApp's own word, where it gives one that has no sentence here. */
  readonly kind: string | undefined;
  readonly error: { readonly code: number; readonly words: string } | null;
}

/** Reads an `unsupported` message, or one of the older type `unknown`. */
export function unsupportedOf(content: Json): Unsupported {
  const kind = asText(content['kind']);
  const error = errorOf(content);
  const known = Object.hasOwn(LOST, kind ?? '') ? LOST[kind as keyof typeof LOST] : undefined;
  return {
    lost: known ?? (error?.code === UNAVAILABLE ? 'unavailable' : 'other'),
    kind: known === undefined ? kind : undefined,
    error,
  };
}

/** The first error of a message that has a code. */
export function errorOf(content: Json): Unsupported['error'] {
  const [error] = asObjects(content['errors']);
  const code = asNumber(error?.['code']);
  const words = asText(error?.['details']) ?? asText(error?.['title']) ?? '';
  return code === undefined ? null : { code, words };
}
