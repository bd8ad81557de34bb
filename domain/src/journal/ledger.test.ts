import { describe, expect, it } from 'vitest';
import { journalPath } from '../paths.ts';
import { aPerson, NOW } from '../testing/index.ts';
import { decideDismissal, refusesLedger } from './ledger-command.ts';
import { judgeHour, type LedgerHour } from './ledger.ts';

const HOUR = 3_600_000;

const anHour = (over: Partial<LedgerHour> = {}): LedgerHour => ({
  at: NOW,
  received: 10,
  repeated: 2,
  shown: 5,
  ignored: 1,
  parked: 2,
  waiting: 0,
  ...over,
});

describe('an hour of the ledger', () => {
  it('is balanced where everything that came is accounted for', () => {
    expect(judgeHour(anHour(), NOW)).toBe('balanced');
    expect(
      judgeHour(anHour({ received: 0, repeated: 0, shown: 0, ignored: 0, parked: 0 }), NOW),
    ).toBe('balanced');
  });

  it('misses something where the sums differ, in either direction', () => {
    const later = NOW + HOUR + 6 * 60_000;
    expect(judgeHour(anHour({ shown: 4 }), later)).toBe('missing');
    expect(judgeHour(anHour({ shown: 6 }), later)).toBe('missing');
  });

  it('does not cry while it runs: what moves between two counts is counted twice or not at all', () => {
    expect(judgeHour(anHour({ shown: 4 }), NOW + HOUR / 2)).toBe('waiting');
  });

  it('waits while something is being processed, and is late when it still is long after', () => {
    const waiting = anHour({ shown: 4, waiting: 1 });
    expect(judgeHour(waiting, NOW + HOUR)).toBe('waiting');
    expect(judgeHour(waiting, NOW + HOUR + 6 * 60_000)).toBe('late');
  });
});

describe('the ledger', () => {
  it('is for admins who are active', () => {
    expect(refusesLedger(aPerson({ role: 'admin' }))).toBeNull();
    expect(refusesLedger(aPerson({ role: 'supervisor', everyTeam: true }))).toBe('not-permitted');
    expect(refusesLedger(aPerson({ role: 'admin', active: false }))).toBe('deactivated');
  });
});

describe('an item that is dismissed', () => {
  const words = { by: 'ravi', note: 'A test of ours', now: NOW };

  it('is ignored from then on, and keeps who said so and why', () => {
    expect(decideDismissal('i1', { fate: 'parked' }, words)).toMatchObject([
      {
        path: journalPath('i1'),
        data: {
          fate: 'ignored',
          reason: 'dismissed',
          dismissal: { by: 'ravi', note: 'A test of ours', at: NOW },
        },
      },
    ]);
  });

  it.each(['new', 'done', 'ignored', 'retry'] as const)(
    'was parked; one that is %s stays',
    (fate) => {
      expect(decideDismissal('i1', { fate }, words)).toEqual([]);
    },
  );
});
