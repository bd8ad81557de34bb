import { judgeHour, type Balance, type LedgerHour, type LedgerSent } from '@switchboard/domain';
import type { LedgerBook } from '../../data/ledger.ts';

/** What an hour's receipts are made up of, in the order in which it is read. */
export const PARTS = ['shown', 'ignored', 'parked', 'waiting', 'repeated'] as const;
/** What the messages of these hours are made up of. */
export const SENT_PARTS = ['delivered', 'failed', 'waiting', 'unknown'] as const;

const HOUR_MS = 3_600_000;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Items that came and are recorded nowhere; negative where more are recorded than came. */
export const missingOf = (hour: LedgerHour): number =>
  hour.received - sum(PARTS.map((part) => hour[part]));

/** Whether every message written is accounted for. */
export const sentAddsUp = (sent: LedgerSent): boolean =>
  sent.written === sum(SENT_PARTS.map((part) => sent[part]));

/** An hour's balance; where its sums differ, in which direction. */
export type Mark = Balance | 'surplus';

/** Judges an hour as it stood at `at`, epoch ms; `count`: items that the mark is about. */
export function markOf(
  hour: LedgerHour,
  at: number,
): { readonly mark: Mark; readonly count: number } {
  const missing = missingOf(hour);
  const mark = judgeHour(hour, at);
  if (mark !== 'missing') return { mark, count: Math.max(hour.waiting, Math.abs(missing)) };
  return { mark: missing < 0 ? 'surplus' : mark, count: Math.abs(missing) };
}

/** What the whole ledger comes to, by the worst that is in it. */
export interface Verdict {
  readonly kind: Mark | 'parked' | 'empty';
  /** Items that it is about; 0 for `balanced` and `empty`. */
  readonly count: number;
}

/** Worst first. What waits for a person comes before what mends itself. */
const WORST = ['missing', 'surplus', 'late'] as const;

/** Judges a ledger as it stood when it was read. */
export function verdictOf({ hours, at, parkedCount }: LedgerBook): Verdict {
  const marks = hours.map((hour) => markOf(hour, at));
  const count = (kind: Mark) =>
    sum(marks.filter(({ mark }) => mark === kind).map((each) => each.count));
  for (const kind of WORST) if (count(kind) > 0) return { kind, count: count(kind) };
  if (parkedCount > 0) return { kind: 'parked', count: parkedCount };
  if (count('waiting') > 0) return { kind: 'waiting', count: count('waiting') };
  return { kind: hours.every(isEmpty) ? 'empty' : 'balanced', count: 0 };
}

const isEmpty = (hour: LedgerHour): boolean =>
  hour.received === 0 && PARTS.every((part) => hour[part] === 0);

/** A line of the table: an hour, or hours in a row in which nothing came. `until` is its end, epoch ms. */
export interface Line {
  readonly from: number;
  readonly until: number;
  /** `null` where nothing came. */
  readonly hour: LedgerHour | null;
}

/** The hours newest first; hours without anything become one line with those beside them. */
export function linesOf(hours: readonly LedgerHour[]): readonly Line[] {
  const lines: Line[] = [];
  for (const hour of hours.toSorted((a, b) => b.at - a.at)) {
    const line = { from: hour.at, until: hour.at + HOUR_MS, hour: isEmpty(hour) ? null : hour };
    const above = lines.at(-1);
    const joins = above?.hour === null && line.hour === null && above.from === line.until;
    if (joins) lines[lines.length - 1] = { ...line, until: above.until };
    else lines.push(line);
  }
  return lines;
}
