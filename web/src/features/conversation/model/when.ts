import { clock, tell, type Reading } from '../../../i18n/clock.ts';

/** The calendar day as `2026-11-22`: equal for two times of one day. */
export const dayKey = (at: number, timeZone?: string): string =>
  timeZone === undefined
    ? localDay(new Date(at))
    : tell(
        at,
        { locale: 'en-CA', timeZone },
        { year: 'numeric', month: '2-digit', day: '2-digit' },
      );

/** The same in the device's own zone, for thousands of entries at once: ten times as fast. */
const localDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

const DAY = 86_400_000;

/** How a day is called: by a word of the dictionary, or by a name of the calendar. */
export type DayName =
  { readonly word: 'today' | 'yesterday' } | { readonly word: null; readonly name: string };

/** Today, yesterday, a weekday of the last week, else the date (with its year where it is not this year's). */
export function dayName(at: number, now: number, reading: Reading): DayName {
  const key = (time: number) => dayKey(time, reading.timeZone);
  if (key(at) === key(now)) return { word: 'today' };
  if (key(at) === key(now - DAY)) return { word: 'yesterday' };
  if (at < now && at > now - 6 * DAY)
    return { word: null, name: capitalised(tell(at, reading, { weekday: 'long' })) };
  return { word: null, name: date(at, now, reading) };
}

const date = (at: number, now: number, reading: Reading): string =>
  tell(at, reading, {
    day: 'numeric',
    month: 'long',
    ...(dayKey(at, reading.timeZone).slice(0, 4) === dayKey(now, reading.timeZone).slice(0, 4)
      ? {}
      : { year: 'numeric' }),
  });

const capitalised = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** A moment in one piece: the clock today, with the day before it otherwise. `14:03`, `Mon 9:12`, `12 Aug 9:12`. */
export function moment(at: number, now: number, reading: Reading): string {
  if (dayKey(at, reading.timeZone) === dayKey(now, reading.timeZone)) return clock(at, reading);
  const near = Math.abs(now - at) < 6 * DAY;
  const day = tell(at, reading, near ? { weekday: 'short' } : { day: 'numeric', month: 'short' });
  return `${day} ${clock(at, reading)}`;
}
