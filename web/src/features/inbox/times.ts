/** Times of rows. The zone is the reader's own; a test names one. */
export interface Reading {
  readonly locale: string;
  readonly timeZone?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs more than using it a hundred times. */
function format(at: number, reading: Reading, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([reading, options]);
  let formatter = formatters.get(key);
  if (!formatter) {
    const zone = reading.timeZone === undefined ? {} : { timeZone: reading.timeZone };
    formatter = new Intl.DateTimeFormat(reading.locale, { ...options, ...zone });
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

/** The time of day: `14:03`. */
export const clock = (at: number, reading: Reading): string =>
  format(at, reading, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const day = (at: number, reading: Reading): string =>
  format(at, reading, { year: 'numeric', month: '2-digit', day: '2-digit' });

/** When a row last moved: the clock today, the weekday in the last six days, else the date. */
export function rowTime(at: number, now: number, reading: Reading): string {
  if (day(at, reading) === day(now, reading)) return clock(at, reading);
  if (at < now && now - at < 6 * DAY) return format(at, reading, { weekday: 'short' });
  return format(at, reading, { day: 'numeric', month: 'short' });
}

/** A duration in whole parts, the two largest of days, hours and minutes. */
export interface Duration {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** The parts of a number of milliseconds; below 0 is 0. Beyond a day minutes say nothing any more. */
export function durationOf(ms: number): Duration {
  const whole = Math.max(0, Math.floor(ms / MINUTE)) * MINUTE;
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = days > 0 ? 0 : Math.floor((whole % HOUR) / MINUTE);
  return { days, hours, minutes };
}
