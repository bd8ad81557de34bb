/**
 * Failures of a send that Meta has no code for:
 * - `no-recipient`: the contact has no number and no user id that the Graph API takes.
 * - `unreachable`: the Graph API could not be reached.
 * - `no-token`: our own token for the number could not be read.
 * - `no-code`: the Graph API or a status said no without a code.
 */
export const OWN_FAILURES = ['no-recipient', 'unreachable', 'no-token', 'no-code'] as const;
/** One of the {@link OWN_FAILURES}. */
export type OwnFailure = (typeof OWN_FAILURES)[number];
