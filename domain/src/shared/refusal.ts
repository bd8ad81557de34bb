/**
 * Why something was refused, as one closed list. The code says what happened; `retryable` whether
 * doing the same again can help; the screen turns it into a sentence (`web/src/i18n`).
 */
export const REFUSALS = {
  'bad-input': { retryable: false },
  'not-signed-in': { retryable: false },
  /** The person's account has been switched off. */
  deactivated: { retryable: false },
  /** The person's role or teams don't allow it. */
  'not-permitted': { retryable: false },
  'not-found': { retryable: false },
  /** Somebody holds the conversation already. */
  'already-held': { retryable: false },
  /** Only the holder may do this. */
  'not-holder': { retryable: false },
  /** The holder changed since the caller looked. */
  stale: { retryable: false },
  'already-resolved': { retryable: false },
  'not-resolved': { retryable: false },
  /** The 24-hour customer service window has closed; only a template may be sent. */
  'window-closed': { retryable: false },
  /** It is a group's conversation, which can be read here and not answered. */
  group: { retryable: false },
  /** The colleague chosen is switched off or does not work in this team. */
  'not-assignable': { retryable: false },
  /** Refused so that the workspace keeps one active admin. */
  'last-admin': { retryable: false },
  /** Too many people changed the same thing in the same moment. */
  busy: { retryable: true },
  offline: { retryable: true },
  internal: { retryable: true },
} as const satisfies Record<string, { readonly retryable: boolean }>;

/** One of the {@link REFUSALS}. */
export type RefusalCode = keyof typeof REFUSALS;

/** A refusal as it travels: callables answer it, screens show it. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly retryable: boolean;
}

/** Builds the {@link Refusal} of a code. */
export const refusal = (code: RefusalCode): Refusal => ({
  code,
  retryable: REFUSALS[code].retryable,
});
