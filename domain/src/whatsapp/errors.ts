import type { OwnFailure } from './own-failures.ts';

/**
 * What Meta's error codes mean for a send (Meta, "Error codes"). Logic looks at the code alone:
 * HTTP status and titles are not reliable there.
 */

/** Codes by which the Graph API says that it did not process the request: sending again can't double. */
const REJECTED_BEFORE_PROCESSING: ReadonlySet<number> = new Set([4, 80007, 130429, 131056, 131057]);
/** Codes after which the message may have gone out all the same. */
const OUTCOME_UNKNOWN: ReadonlySet<number> = new Set([1, 2, 131000, 131016, 133004, 2494100]);

/**
 * What to do after a Graph error:
 * - `retry`: it certainly did not leave and may be sent again after a pause.
 * - `unknown`: it may have left; only a person may send it again.
 * - `failed`: it did not leave and sending the same again won't help.
 */
export type SendVerdict = 'retry' | 'unknown' | 'failed';

/** Meta's code (Meta, "Error codes") or one of ours. */
export type FailureCode = number | OwnFailure;

/** Judges a Graph answer by its error code and HTTP status. A 5xx without a code is `unknown`. */
export function judgeSendError(httpStatus: number, code: number | null): SendVerdict {
  if (code !== null && REJECTED_BEFORE_PROCESSING.has(code)) return 'retry';
  if (httpStatus >= 500 || (code !== null && OUTCOME_UNKNOWN.has(code))) return 'unknown';
  return 'failed';
}

/** Milliseconds to wait before try number `attempt` (1, 2, …): Meta asks for 4^X seconds on a pair limit. */
export const retryDelay = (attempt: number): number => 4 ** Math.min(attempt, 4) * 1000;

/** Tries of one send before a `retry` verdict becomes a failure. */
export const SEND_ATTEMPTS = 4;

/**
 * The sentence that a person reads for a code, as a key of the screens' dictionaries; `other`
 * where none is written yet (the code and Meta's own words then stand under "Details").
 */
export const FAILURE_SENTENCES = {
  131047: 'windowClosed',
  131056: 'tooFast',
  130429: 'tooFast',
  131026: 'cannotReceive',
  131049: 'withheld',
  131050: 'optedOut',
  131053: 'mediaRejected',
  131042: 'paymentMissing',
  131031: 'accountLocked',
  368: 'accountLocked',
  190: 'tokenDead',
  0: 'tokenDead',
  10: 'noPermission',
  131005: 'noPermission',
  131048: 'spamLimit',
  131021: 'ownNumber',
  130497: 'countryBlocked',
  131045: 'notRegistered',
  133010: 'notRegistered',
  100: 'badParameter',
  131008: 'badParameter',
  131009: 'badParameter',
  131000: 'whatsappTrouble',
  131016: 'whatsappTrouble',
  'no-recipient': 'noRecipient',
  unreachable: 'unreachable',
  'no-token': 'tokenUnread',
  'no-code': 'other',
  'no-media': 'noMedia',
  'bad-file': 'mediaRejected',
  'no-target': 'noTarget',
  'template-unavailable': 'templateUnavailable',
  'bad-content': 'badParameter',
} as const satisfies Readonly<Record<number, string>> & Readonly<Record<OwnFailure, string>>;

/** A key of the screens' dictionaries; one of {@link FAILURE_SENTENCES}, or `other`. */
export type FailureSentence = (typeof FAILURE_SENTENCES)[keyof typeof FAILURE_SENTENCES] | 'other';

/** The {@link FailureSentence} of a code. */
export const failureSentence = (code: FailureCode): FailureSentence =>
  (FAILURE_SENTENCES as Readonly<Record<FailureCode, FailureSentence>>)[code] ?? 'other';
