import {
  failureSentence,
  isAgent,
  type FailureCode,
  type FailureSentence,
  type OutboundEntry,
} from '@switchboard/domain';
import { againOf } from './again.ts';
import type { Listed } from './rows.ts';

/** What stands under a message that did not simply go out. */
export type FailureCard =
  | {
      readonly kind: 'failed';
      readonly sentence: FailureSentence;
      /** Meta's code and words, or a code of ours, for "Details"; `null` where none came. */
      readonly details: { readonly code: FailureCode; readonly words: string } | null;
      readonly wayOut: WayOut;
    }
  | { readonly kind: 'unknown'; readonly wayOut: WayOut }
  | {
      readonly kind: 'refused';
      readonly reason: 'stale' | 'window-closed';
      /** The reader wrote it. */
      readonly own: boolean;
      readonly wayOut: WayOut;
    };

/**
 * - `retry`: the same once more, as a new message.
 * - `askAgain`: it may have arrived; a person decides.
 * - `draft`: the text goes back into the composer.
 * - `again`: the same went out later, at this time.
 * - `none`: nothing to press; the sentence says what helps.
 */
export type WayOut =
  | { readonly kind: 'retry' | 'askAgain' | 'draft' | 'none' }
  | { readonly kind: 'again'; readonly at: number };

/** Sending the same again cannot help; the sentence names what can. */
const SAME_AGAIN_FAILS: ReadonlySet<FailureSentence> = new Set([
  'windowClosed',
  'optedOut',
  'ownNumber',
  'countryBlocked',
  'experiment',
  'needsNumber',
  'marketingElsewhere',
  'blockedByUs',
  'identityChanged',
  'unsupportedType',
  'templateValues',
  'templateMissing',
  'templateTooLong',
  'templatePolicy',
  'templatePaused',
  'templateDisabled',
  'badParameter',
  'mediaRejected',
  'noMedia',
  'noTarget',
  'templateUnavailable',
]);

/** What {@link failureCard} needs to know beside the message. */
export interface FailureContext {
  /** The reader may send such a message now. */
  readonly mayReply: boolean;
  /** The reader's uid. */
  readonly me: string;
  /** The same written later, where there is one. */
  readonly again: Listed<OutboundEntry> | null;
}

/** The card under a message, or `null` where there is nothing to say. */
export function failureCard(entry: OutboundEntry, context: FailureContext): FailureCard | null {
  switch (entry.state) {
    case 'failed':
      return failed(entry, context);
    case 'unknown':
      return { kind: 'unknown', wayOut: wayOut('askAgain', canRepeat(entry, context), context) };
    case 'refused': {
      const own = isAgent(entry.author, context.me);
      return {
        kind: 'refused',
        reason: entry.refusal ?? 'stale',
        own,
        // Words can be looked at again before they leave; anything else is sent as it was.
        wayOut:
          entry.type === 'text'
            ? wayOut('draft', own && entry.text !== undefined, context)
            : wayOut('retry', own && canRepeat(entry, context), context),
      };
    }
    case 'queued':
    case 'sending':
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'played':
      return null;
  }
}

function failed(entry: OutboundEntry, context: FailureContext): FailureCard {
  const { error } = entry;
  const sentence = error ? failureSentence(error.code) : 'other';
  return {
    kind: 'failed',
    sentence,
    details: error
      ? { code: error.code, words: [error.title, error.details].filter(Boolean).join(' · ') }
      : null,
    wayOut: wayOut('retry', !SAME_AGAIN_FAILS.has(sentence) && canRepeat(entry, context), context),
  };
}

const canRepeat = (entry: OutboundEntry, { mayReply }: FailureContext): boolean =>
  mayReply && againOf(entry) !== null;

const wayOut = (
  kind: 'retry' | 'askAgain' | 'draft',
  offered: boolean,
  { again }: FailureContext,
): WayOut => (again ? { kind: 'again', at: again.at } : { kind: offered ? kind : 'none' });
