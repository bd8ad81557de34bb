import { describe, expect, it } from 'vitest';
import { clock } from '../../i18n/clock.ts';
import { durationOf, rowTime } from './times.ts';

const reading = { locale: 'en', timeZone: 'UTC' };
const now = Date.UTC(2026, 10, 22, 14, 3);
const HOUR = 3_600_000;

describe('When a row last moved', () => {
  it('is the clock today, the weekday this week, the date before', () => {
    expect(rowTime(now - HOUR, now, reading)).toBe('13:03');
    expect(rowTime(now - 15 * HOUR, now, reading)).toBe('Sat');
    expect(rowTime(now - 10 * 24 * HOUR, now, reading)).toBe('Nov 12');
  });

  it('is read in the reader’s zone and on a clock of 24 hours', () => {
    expect(clock(Date.UTC(2026, 10, 22, 0, 5), reading)).toBe('00:05');
    expect(
      rowTime(Date.UTC(2026, 10, 21, 23, 30), now, { locale: 'es', timeZone: 'Europe/Madrid' }),
    ).toBe('0:30');
  });
});

describe('A duration', () => {
  it('is whole minutes, hours and days, and nothing below 0', () => {
    expect(durationOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0 });
    expect(durationOf(59_999)).toEqual({ days: 0, hours: 0, minutes: 0 });
    expect(durationOf(25 * HOUR + 120_000)).toEqual({ days: 1, hours: 1, minutes: 0 });
  });
});
