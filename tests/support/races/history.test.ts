import { describe, expect, it } from 'vitest';
import { violations, type Attempt, type History } from './history.ts';

const take = (uid: string, version: number, outcome: Attempt['outcome']): Attempt => ({
  uid,
  kind: 'take',
  version,
  holder: uid,
  outcome,
});
const taken = (uid: string, version: number) => ({ id: `take-${version}`, type: 'taken', uid });

const fair: History = {
  start: { version: 4, holder: null },
  attempts: [take('ana', 5, 'done'), take('jonas', 5, 'denied')],
  replies: [],
  end: { version: 5, holder: 'ana' },
  events: [taken('ana', 5)],
};

describe('a race', () => {
  it('with one winner, on the record, whom the losers lost to, is fair', () => {
    expect(violations(fair)).toEqual([]);
  });

  it('is not, when two were told that they have it', () => {
    const attempts = [take('ana', 5, 'done'), take('jonas', 5, 'done')];
    expect(violations({ ...fair, attempts })).not.toEqual([]);
  });

  it('is not, when somebody takes from a holder', () => {
    const history = {
      ...fair,
      attempts: [take('ana', 5, 'done'), take('jonas', 6, 'done')],
      end: { version: 6, holder: 'jonas' },
      events: [taken('ana', 5), taken('jonas', 6)],
    };
    expect(violations(history)).toEqual(["jonas's take of version 6 was done while ana held"]);
  });

  it('is not, when nobody has it and somebody was denied', () => {
    const history = {
      ...fair,
      attempts: [take('ana', 5, 'denied'), take('jonas', 5, 'denied')],
      end: fair.start,
      events: [],
    };
    expect(violations(history)).toHaveLength(2);
  });

  it('is not, when the database knows another holder than the one who was told', () => {
    expect(violations({ ...fair, end: { version: 5, holder: 'jonas' } })).not.toEqual([]);
  });

  it('is not, when the record lacks a change or has one too many', () => {
    expect(violations({ ...fair, events: [] })).not.toEqual([]);
    expect(violations({ ...fair, events: [...fair.events, taken('jonas', 6)] })).not.toEqual([]);
  });

  it('is not, when a version is left out', () => {
    expect(violations({ ...fair, end: { version: 6, holder: 'ana' } })).not.toEqual([]);
  });

  it('is not, when somebody replied under a fence that was not theirs', () => {
    const reply = { uid: 'jonas', fence: 5, outcome: 'done' } as const;
    expect(violations({ ...fair, replies: [reply] })).toHaveLength(1);
  });

  it('is not, when the holder was not let reply', () => {
    const reply = { uid: 'ana', fence: 5, outcome: 'denied' } as const;
    expect(violations({ ...fair, replies: [reply] })).toHaveLength(1);
  });
});
