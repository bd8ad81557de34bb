import { describe, expect, it } from 'vitest';
import {
  doubleHolders,
  EVENT_TYPES,
  violations,
  type Attempt,
  type History,
  type Kind,
  type Outcome,
} from './history.ts';

const idOf = (kind: Kind, uid: string, version: number): string =>
  kind === 'take' || kind === 'release' ? `${kind}-${version}` : `cmd-${uid}-${version}`;

const holderAfter = (kind: Kind, uid: string): string | null =>
  kind === 'take' || kind === 'reopen' ? uid : null;

const tried = (
  uid: string,
  kind: Kind,
  version: number,
  outcome: Outcome,
  holder = holderAfter(kind, uid),
): Attempt => ({ uid, kind, version, holder, entryId: idOf(kind, uid, version), outcome });

const take = (uid: string, version: number, outcome: Outcome) =>
  tried(uid, 'take', version, outcome);

/** The events of attempts that were done, or may have been. */
const recordOf = (...attempts: readonly Attempt[]): History['events'] =>
  attempts
    .filter(({ outcome }) => outcome !== 'denied')
    .map(({ kind, uid, version, entryId }) => ({
      id: entryId,
      type: EVENT_TYPES[kind],
      uid,
      version,
    }));

const held = (version: number, holder: string | null) => ({ version, holder, resolved: false });
const resolved = (version: number) => ({ version, holder: null, resolved: true });

const none = { supervisors: new Set(['carmen']), replies: [] };

const fair: History = {
  ...none,
  start: held(4, null),
  attempts: [take('ana', 5, 'done'), take('jonas', 5, 'denied')],
  end: held(5, 'ana'),
  events: recordOf(take('ana', 5, 'done')),
};

/** A history in which each attempt led where it wanted, and is on the record. */
function story(start: History['start'], end: History['end'], ...attempts: Attempt[]): History {
  return { ...none, start, end, attempts, events: recordOf(...attempts) };
}

describe('a race', () => {
  it('with one winner, on the record, whom the losers lost to, is fair', () => {
    expect(violations(fair)).toEqual([]);
    expect(doubleHolders(fair)).toBe(0);
  });

  it('is not, when two were told that they have it', () => {
    const attempts = [take('ana', 5, 'done'), take('jonas', 5, 'done')];
    expect(violations({ ...fair, attempts })).not.toEqual([]);
    expect(doubleHolders({ ...fair, attempts })).toBe(1);
  });

  it('is not, when somebody takes from a holder', () => {
    const history = story(
      held(4, null),
      held(6, 'jonas'),
      take('ana', 5, 'done'),
      take('jonas', 6, 'done'),
    );
    expect(violations(history)).toEqual(["jonas's take of version 6 was done while ana held"]);
    expect(doubleHolders(history)).toBe(1);
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
    expect(violations({ ...fair, end: held(5, 'jonas') })).not.toEqual([]);
  });

  it('is not, when the record lacks a change or has one too many', () => {
    expect(violations({ ...fair, events: [] })).not.toEqual([]);
    const another = recordOf(take('jonas', 6, 'done'));
    expect(violations({ ...fair, events: [...fair.events, ...another] })).not.toEqual([]);
  });

  it('is not, when a change is on the record under another version', () => {
    const events = fair.events.map((event) => ({ ...event, version: 6 }));
    expect(violations({ ...fair, events })).toHaveLength(1);
  });

  it('is not, when a version is left out', () => {
    expect(violations({ ...fair, end: held(6, 'ana') })).not.toEqual([]);
    const skipped = story(held(4, null), held(6, 'ana'), take('ana', 6, 'done'));
    expect(violations(skipped)).toContain(
      "ana's take of version 6 was done on a version that never was",
    );
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

describe('a longer story', () => {
  const day = [
    take('ana', 1, 'done'),
    tried('ana', 'release', 2, 'done'),
    tried('carmen', 'assign', 3, 'done', 'jonas'),
    tried('jonas', 'resolve', 4, 'done'),
    tried('ana', 'reopen', 5, 'done'),
    tried('carmen', 'resolve', 6, 'done'),
  ];

  it('of takes, releases, assignments and reopens is fair where each follows on the one before', () => {
    expect(violations(story(held(0, null), resolved(6), ...day))).toEqual([]);
  });

  it.each([
    ['a release by somebody else', held(0, 'ana'), tried('jonas', 'release', 1, 'done')],
    ['an assignment by an agent', held(0, null), tried('jonas', 'assign', 1, 'done', 'ana')],
    ['one to the holder', held(0, 'ana'), tried('carmen', 'assign', 1, 'done', 'ana')],
    ['one of a resolved case', resolved(0), tried('carmen', 'assign', 1, 'done', 'ana')],
    ['a take of a resolved case', resolved(0), take('ana', 1, 'done')],
    ['a resolution by a bystander', held(0, 'ana'), tried('jonas', 'resolve', 1, 'done')],
    ['a second resolution', resolved(0), tried('carmen', 'resolve', 1, 'done')],
    ['a reopen of an open case', held(0, null), tried('ana', 'reopen', 1, 'done')],
  ])('is not fair with %s', (_, start, attempt) => {
    const end = { version: 1, holder: attempt.holder, resolved: attempt.kind === 'resolve' };
    expect(violations(story(start, end, attempt))).toEqual([
      `${attempt.uid}'s ${attempt.kind} of version 1 was done while ${
        start.resolved ? 'it was resolved' : `${start.holder ?? 'nobody'} held`
      }`,
    ]);
  });
});

describe('an unknown outcome', () => {
  const start = held(0, null);
  const unknown = take('ana', 1, 'unknown');

  it('counts as done where the record has it, so that losing against it is fair', () => {
    const attempts = [unknown, take('jonas', 1, 'denied')];
    const events = recordOf(unknown);
    expect(violations({ ...none, start, attempts, events, end: held(1, 'ana') })).toEqual([]);
  });

  it('counts as never tried where the record has it not', () => {
    const history = { ...none, start, attempts: [unknown], events: [], end: start };
    expect(violations(history)).toEqual([]);
  });

  it('is no excuse: a denial without a faster one stays wrong', () => {
    const attempts = [unknown, take('jonas', 1, 'denied')];
    expect(violations({ ...none, start, attempts, events: [], end: start })).toHaveLength(1);
  });

  it('does not count again what the same person was told of', () => {
    const attempts = [take('ana', 1, 'done'), unknown, unknown];
    const events = recordOf(unknown);
    expect(violations({ ...none, start, attempts, events, end: held(1, 'ana') })).toEqual([]);
  });

  it('that happened beside another is a double holder all the same', () => {
    const attempts = [unknown, take('jonas', 1, 'done')];
    const events = recordOf(unknown, take('jonas', 1, 'done'));
    const history = { ...none, start, attempts, events, end: held(1, 'jonas') };
    expect(violations(history)).not.toEqual([]);
    expect(doubleHolders(history)).toBe(1);
  });
});
