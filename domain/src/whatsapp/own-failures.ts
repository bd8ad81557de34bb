/**
 * Failures of a send that Meta has no code for:
 * - `no-recipient`: the contact has no number and no user id that the Graph API takes.
 * - `unreachable`: the Graph API could not be reached.
 * - `no-token`: our own token for the number could not be read.
 * - `no-code`: the Graph API or a status said no without a code.
 * - `no-media`: the file that the message carries is not there.
 * - `bad-file`: WhatsApp does not take a file of its kind or size as this message.
 * - `no-target`: the message that a reaction belongs to has no id at WhatsApp.
 * - `template-unavailable`: the template is gone, paused, or not approved any more.
 * - `bad-content`: WhatsApp would refuse what is in it.
 */
export const OWN_FAILURES = [
  'no-recipient',
  'unreachable',
  'no-token',
  'no-code',
  'no-media',
  'bad-file',
  'no-target',
  'template-unavailable',
  'bad-content',
] as const;
/** One of the {@link OWN_FAILURES}. */
export type OwnFailure = (typeof OWN_FAILURES)[number];
