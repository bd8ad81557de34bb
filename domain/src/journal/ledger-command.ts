import * as v from 'valibot';
import type { JournalItem } from '../documents/journal.ts';
import { journalExpiry } from '../conversation/ingest.ts';
import { journalPath } from '../paths.ts';
import type { Person } from '../permissions/permissions.ts';
import { update, type Write } from '../shared/plan.ts';
import type { RefusalCode } from '../shared/refusal.ts';
import { NOTE_LIMIT } from './ledger.ts';

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** What the callable `ledger` takes: an admin looks, and does something about what is parked. */
export const ledgerCommandSchema = v.variant('type', [
  v.object({ type: v.literal('read') }),
  v.object({ type: v.literal('open'), itemId: id }),
  v.object({ type: v.literal('retry'), itemId: id }),
  v.object({
    type: v.literal('dismiss'),
    itemId: id,
    note: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NOTE_LIMIT)),
  }),
]);
/** A command that fits {@link ledgerCommandSchema}. */
export type LedgerCommand = v.InferOutput<typeof ledgerCommandSchema>;

/** Why this person may not; `null` where they may: the ledger is an admin's. */
export const refusesLedger = (person: Person): RefusalCode | null =>
  person.role !== 'admin' ? 'not-permitted' : person.active ? null : 'deactivated';

/**
 * Dismisses a parked item: it is not processed any more, and who said so stays on it. Nothing for an
 * item that is not parked (any more).
 */
export const decideDismissal = (
  itemId: string,
  item: Pick<JournalItem, 'fate'>,
  { by, note, now }: { readonly by: string; readonly note: string; readonly now: number },
): readonly Write[] =>
  item.fate === 'parked'
    ? [
        update(journalPath(itemId), {
          fate: 'ignored',
          reason: 'dismissed',
          expireAt: journalExpiry(now),
          dismissal: { by, note, at: now },
        }),
      ]
    : [];
