/**
 * - `new`: stored, not yet processed.
 * - `done`: became what it is (an entry, a delivery state).
 * - `ignored`: understood, and nothing to do; the reason says why.
 * - `retry`: processing was refused by contention or failed; the sweep tries again.
 * - `parked`: a person must look; the reason says why.
 */
export const FATES = ['new', 'done', 'ignored', 'retry', 'parked'] as const;
/** One of the {@link FATES}; {@link FATE_TRANSITIONS} has what may follow it. */
export type Fate = (typeof FATES)[number];

/**
 * What may become of an item. `done` and `ignored` are final; a `parked` one is processed again once
 * the number, app or message that it lacked is known, and then never left to the sweep.
 */
export const FATE_TRANSITIONS: Readonly<Record<Fate, readonly Fate[]>> = {
  new: ['done', 'ignored', 'retry', 'parked'],
  retry: ['done', 'ignored', 'retry', 'parked'],
  parked: ['done', 'ignored', 'parked'],
  done: [],
  ignored: [],
};

/** Why an item is parked or ignored. */
export const FATE_REASONS = [
  'unparsable-body',
  'not-a-webhook',
  'no-number-id',
  'unknown-number',
  'foreign-app',
  'no-sender',
  'no-message-id',
  'unknown-message',
  'unsupported-field',
  'unsupported-status',
  'nothing-to-do',
  'processing-failed',
  'dismissed',
  'call-progress',
  'history-declined',
  'nothing-in-it',
  'not-ours',
] as const;
/** One of the {@link FATE_REASONS}; never a sentence, and never anything of the message. */
export type FateReason = (typeof FATE_REASONS)[number];

/** Days that a processed item is kept. */
export const JOURNAL_DAYS = 30;
