import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, countsAsAnswer, OUTBOUND_STATES, OUTBOUND_TRANSITIONS } from './delivery.ts';
import type { OutboundState } from './delivery.ts';

/** What the Graph API and WhatsApp can report about a message that was handed over, least first. */
const REPORTS = ['unknown', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played'] as const;
const KEPT = { seed: 20_261_122, numRuns: 500 };

const after = (from: OutboundState, reports: readonly OutboundState[]) =>
  reports.reduce(advance, from);

describe('the states of a message to the customer', () => {
  const pairs = OUTBOUND_STATES.flatMap((from) => OUTBOUND_STATES.map((to) => [from, to] as const));

  it.each(pairs)('from %s, news of %s leads where the table says', (from, to) => {
    const allowed = OUTBOUND_TRANSITIONS[from].includes(to);
    expect(advance(from, to)).toBe(allowed ? to : from);
  });

  it('never lead back: no state is reachable from one that is reachable from it', () => {
    const reach = (from: OutboundState, seen = new Set<OutboundState>()): Set<OutboundState> => {
      for (const next of OUTBOUND_TRANSITIONS[from])
        if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    for (const state of OUTBOUND_STATES) expect(reach(state).has(state), state).toBe(false);
  });

  it('end the same after any order and repetition of the same reports', () => {
    const reports = fc.array(fc.constantFrom(...REPORTS), { maxLength: 8 });
    const shuffledTwice = reports.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffledTwice, ([list, again]) => {
        expect(after('sending', again)).toBe(after('sending', list));
      }),
      KEPT,
    );
  });

  it('end with the furthest of the reports', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...REPORTS), { minLength: 1 }), (list) => {
        const furthest = REPORTS.findLast((state) => list.includes(state));
        expect(after('sending', list)).toBe(furthest);
      }),
      KEPT,
    );
  });

  it('keep a message that never left where it is, whatever is reported of it', () => {
    for (const state of REPORTS) {
      expect(advance('queued', state)).toBe('queued');
      expect(advance('refused', state)).toBe('refused');
    }
  });

  it('give way from failed to proof of delivery only', () => {
    expect(after('sending', ['failed', 'sent'])).toBe('failed');
    expect(after('sending', ['failed', 'delivered'])).toBe('delivered');
    expect(after('sending', ['delivered', 'failed'])).toBe('delivered');
  });

  it('count as an answer from accepted on, unless they failed', () => {
    expect(OUTBOUND_STATES.filter(countsAsAnswer)).toEqual([
      'accepted',
      'sent',
      'delivered',
      'read',
      'played',
    ]);
  });
});
