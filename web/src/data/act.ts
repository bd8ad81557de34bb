import type { Assignee, Operation, RefusalCode } from '@switchboard/domain';
import type { StoreWrite } from './store.ts';

/**
 * What an act came to. `unknown`: no answer came and the server could not be asked; doing the same
 * again with the same id is safe. `holder`: who holds the conversation now, where that was read.
 */
export type ActionResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: RefusalCode | 'unknown';
      readonly holder?: Assignee | null;
    };

/** It happened. */
export const DONE: ActionResult = { ok: true };
/** It did not, and why. */
export const no = (code: RefusalCode | 'unknown', holder?: Assignee | null): ActionResult =>
  holder === undefined ? { ok: false, code } : { ok: false, code, holder };

/** An act that the rules judge: its writes, and the entry by which its outcome is known. */
export interface Act {
  readonly operation: Operation;
  readonly conversationId: string;
  readonly entryId: string;
  readonly writes: readonly StoreWrite[];
  /** `assignment.version` that the writes were made for. */
  readonly version: number;
}
