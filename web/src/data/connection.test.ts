import { describe, expect, it } from 'vitest';
import { OFFLINE_AFTER, truthOf } from './connection.ts';

const now = 1_000_000;

describe('The truth light', () => {
  it('is live only while the server confirms what is shown', () => {
    expect(truthOf({ online: true, unprovenSince: null }, now)).toBe('live');
    expect(truthOf({ online: true, unprovenSince: now }, now)).toBe('behind');
  });

  it('calls a silence offline after ten seconds', () => {
    expect(truthOf({ online: true, unprovenSince: now - OFFLINE_AFTER + 1 }, now)).toBe('behind');
    expect(truthOf({ online: true, unprovenSince: now - OFFLINE_AFTER }, now)).toBe('offline');
  });

  it('believes the device that it has no connection, never that it has one', () => {
    expect(truthOf({ online: false, unprovenSince: null }, now)).toBe('offline');
    expect(truthOf({ online: true, unprovenSince: 0 }, now)).toBe('offline');
  });
});
