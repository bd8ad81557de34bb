import type { DeliveryError } from '../documents/entry.ts';
import { judgeSendError } from './errors.ts';
import type { OwnFailure } from './own-failures.ts';

/** What the Graph API answered to a send, or why there is no answer. */
export type GraphAnswer =
  | { readonly kind: 'accepted'; readonly wamid: string }
  | {
      readonly kind: 'refused';
      readonly httpStatus: number;
      /** Meta's code; `null` where the answer has none. */
      readonly code: number | null;
      readonly title: string;
      readonly details: string;
    }
  /** The request never reached Meta. */
  | { readonly kind: 'unreachable' }
  /** Our token could not be read, so nothing was asked. */
  | { readonly kind: 'no-token' }
  /** It may have reached Meta, and no usable answer came. */
  | { readonly kind: 'lost' };

/**
 * What an answer makes of the message; `retry` and `held`: it certainly did not leave and may be sent
 * again, after a pause or once the number is connected again.
 */
export type SendOutcome =
  | { readonly state: 'accepted'; readonly wamid: string }
  | { readonly state: 'unknown'; readonly error?: DeliveryError }
  | { readonly state: 'held' | 'retry' | 'failed'; readonly error: DeliveryError };

/** A failure that Meta has no code for. */
export const ownFailure = (code: OwnFailure): DeliveryError => ({ code, title: '', details: '' });

/** Judges an answer of the Graph API (Meta, "Messages API" and "Error codes"). */
export function judgeAnswer(answer: GraphAnswer): SendOutcome {
  switch (answer.kind) {
    case 'accepted':
      return { state: 'accepted', wamid: answer.wamid };
    case 'lost':
      return { state: 'unknown' };
    case 'unreachable':
    case 'no-token':
      return { state: 'retry', error: ownFailure(answer.kind) };
    case 'refused': {
      const { httpStatus, code, title, details } = answer;
      const error = { code: code ?? ('no-code' as const), title, details };
      return { state: judgeSendError(httpStatus, code), error };
    }
  }
}
