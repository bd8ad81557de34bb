import { describe, expect, it } from 'vitest';
import { clock } from '../../../i18n/clock.ts';
import { dayKey, dayName, moment } from './when.ts';

const reading = { locale: 'en-GB', timeZone: 'UTC' };
const NOW = Date.UTC(2026, 10, 22, 14, 3);
const DAY = 86_400_000;

describe('times as a person reads them', () => {
  it('reads the clock in 24 hours', () => {
    expect(clock(NOW, reading)).toBe('14:03');
    expect(clock(Date.UTC(2026, 10, 22, 0, 5), reading)).toMatch(/^0?0:05$/);
  });

  it('tells days apart in the zone of the reader', () => {
    const at = Date.UTC(2026, 10, 22, 23, 30);
    expect(dayKey(at, 'UTC')).toBe('2026-11-22');
    expect(dayKey(at, 'Europe/Madrid')).toBe('2026-11-23');
  });

  it('is the same in the zone of the device, said or not', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    for (let at = NOW; at < NOW + 2 * DAY; at += DAY / 8)
      expect(dayKey(at)).toBe(dayKey(at, timeZone));
  });

  it('calls a day by the shortest name that is clear', () => {
    expect(dayName(NOW - 1000, NOW, reading)).toEqual({ word: 'today' });
    expect(dayName(NOW - DAY, NOW, reading)).toEqual({ word: 'yesterday' });
    expect(dayName(NOW - 3 * DAY, NOW, reading)).toEqual({ word: null, name: 'Thursday' });
    expect(dayName(NOW - 30 * DAY, NOW, reading)).toEqual({ word: null, name: '23 October' });
    expect(dayName(NOW - 400 * DAY, NOW, reading)).toEqual({ word: null, name: '18 October 2025' });
  });

  it('puts the day before the clock where it is not today', () => {
    expect(moment(NOW, NOW, reading)).toBe('14:03');
    expect(moment(NOW - 2 * DAY, NOW, reading)).toBe('Fri 14:03');
    expect(moment(NOW + DAY, NOW, reading)).toBe('Mon 14:03');
    expect(moment(NOW - 60 * DAY, NOW, reading)).toBe('23 Sept 14:03');
  });
});
