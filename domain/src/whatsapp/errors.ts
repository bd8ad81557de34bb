import type { OwnFailure } from './own-failures.ts';

/**
 * What Meta's error codes mean for a send (Meta, "Error codes"). Logic looks at the code alone:
 * HTTP status and titles are not reliable there.
 */

/** Codes by which the Graph API says that it did not process the request: sending again can't double. */
const REJECTED_BEFORE_PROCESSING: ReadonlySet<number> = new Set([4, 80007, 130429, 131056, 131057]);
/** Codes after which the message may have gone out all the same. */
const OUTCOME_UNKNOWN: ReadonlySet<number> = new Set([1, 2, 131000, 131016, 133004, 2494100]);

/** Codes by which Meta turns the token away, and those by which it misses a permission. */
const TOKEN_REFUSED: ReadonlySet<FailureCode> = new Set([0, 190]);
const PERMISSION_MISSING: ReadonlySet<FailureCode> = new Set([3, 10, 131005]);

/** True where the token is good and a permission of it is missing or was taken away (3, 10, 200–299, 131005). */
export const lacksPermission = (code: FailureCode): boolean =>
  PERMISSION_MISSING.has(code) || (typeof code === 'number' && code >= 200 && code < 300);

/** True where nothing of the number can leave until somebody connects it again. */
export const holdsSends = (code: FailureCode): boolean =>
  TOKEN_REFUSED.has(code) || lacksPermission(code);

/**
 * What to do after a Graph error:
 * - `held`: it certainly did not leave, and nothing will until the number is connected again.
 * - `retry`: it certainly did not leave and may be sent again after a pause.
 * - `unknown`: it may have left; only a person may send it again.
 * - `failed`: it did not leave and sending the same again won't help.
 */
export type SendVerdict = 'held' | 'retry' | 'unknown' | 'failed';

/** Meta's code (Meta, "Error codes") or one of ours. */
export type FailureCode = number | OwnFailure;

/** Judges a Graph answer by its error code and HTTP status. A 5xx without a code is `unknown`. */
export function judgeSendError(httpStatus: number, code: number | null): SendVerdict {
  if (code !== null && holdsSends(code) && httpStatus < 500) return 'held';
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
  470: 'windowClosed',
  3: 'noPermission',
  1: 'whatsappTrouble',
  2: 'whatsappTrouble',
  133004: 'whatsappTrouble',
  2494100: 'whatsappTrouble',
  4: 'tooFast',
  80007: 'tooFast',
  131064: 'templateMisuse',
  131057: 'maintenance',
  130472: 'experiment',
  131062: 'needsNumber',
  131063: 'marketingElsewhere',
  130403: 'blockedByUs',
  137000: 'identityChanged',
  131044: 'paymentMissing',
  131030: 'testOnly',
  131037: 'nameNotApproved',
  33: 'badParameter',
  135000: 'badParameter',
  131051: 'unsupportedType',
  131060: 'notAvailable',
  131052: 'notDownloadable',
  131036: 'notRelayed',
  131035: 'contentLost',
  132000: 'templateValues',
  132012: 'templateValues',
  132001: 'templateMissing',
  132005: 'templateTooLong',
  132007: 'templatePolicy',
  132015: 'templatePaused',
  132016: 'templateDisabled',
  132068: 'flowBlocked',
  132069: 'flowThrottled',
  133000: 'registrationFailed',
  133005: 'registrationFailed',
  133006: 'registrationFailed',
  133008: 'registrationFailed',
  133009: 'registrationFailed',
  133015: 'registrationFailed',
  133016: 'registrationLocked',
  134011: 'paymentTerms',
  139100: 'blockingFailed',
  139101: 'blockingFailed',
  139102: 'blockingFailed',
  139103: 'blockingFailed',
  2593107: 'historyRefused',
  2593108: 'historyRefused',
  2593109: 'historyRefused',
  131059: 'listBroken',
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

/** The {@link FailureSentence} of a code; those of permissions are a range (200–299). */
export const failureSentence = (code: FailureCode): FailureSentence =>
  (FAILURE_SENTENCES as Readonly<Record<FailureCode, FailureSentence>>)[code] ??
  (lacksPermission(code) ? 'noPermission' : 'other');
