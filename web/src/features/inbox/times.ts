import { clock, tell, type Reading } from '../../i18n/clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const day = (at: number, reading: Reading): string =>
  tell(at, reading, { year: 'numeric', month: '2-digit', day: '2-digit' });

/** When a row last moved: the clock today, the weekday in the last six days, else the date. */
export function rowTime(at: number, now: number, reading: Reading): string {
  if (day(at, reading) === day(now, reading)) return clock(at, reading);
  if (at < now && now - at < 6 * DAY) return tell(at, reading, { weekday: 'short' });
  return tell(at, reading, { day: 'numeric', month: 'short' });
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
