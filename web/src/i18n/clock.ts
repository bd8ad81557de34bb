/** Whose clock and words a time is told in. The zone is the reader's own; a test names one. */
export interface Reading {
  readonly locale: string;
  readonly timeZone?: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Tells a time (epoch ms). Building a formatter costs more than using it a hundred times, so each is kept. */
export function tell(at: number, reading: Reading, options: Intl.DateTimeFormatOptions): string {
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
  tell(at, reading, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });
