import { clock, tell, type Reading } from '../../i18n/clock.ts';
import { useI18n } from '../../i18n/index.ts';
import type { Line } from './figures.ts';

const CLOCK = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' } as const;

/** Numbers and times of the ledger, in the reader's language and zone. */
export function useLedgerWords() {
  const { language } = useI18n();
  const reading = (): Reading => ({ locale: language.value });
  const day = (at: number) => tell(at, reading(), { dateStyle: 'short' });

  return {
    number: (value: number): string => new Intl.NumberFormat(language.value).format(value),
    /** The time of day: `14:03`. */
    time: (at: number): string => clock(at, reading()),
    /** A time that may be weeks ago. */
    dayAndTime: (at: number): string =>
      tell(at, reading(), { day: 'numeric', month: 'short', ...CLOCK }),
    /** A line's hours, `13:00–14:00`; with the weekday where they began on another day than `today`. */
    span({ from, until }: Pick<Line, 'from' | 'until'>, today: number): string {
      const begun =
        day(from) === day(today)
          ? clock(from, reading())
          : tell(from, reading(), { weekday: 'short', ...CLOCK });
      return `${begun}–${clock(until, reading())}`;
    },
  };
}
