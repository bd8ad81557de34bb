/**
 * What may be said of a conversation after many people wanted it at once. Pure: the tests feed it
 * what they tried, what came of it, and what the database holds.
 */

/** Somebody's try to change the holder. */
export interface Attempt {
  readonly uid: string;
  readonly kind: 'take' | 'release' | 'assign';
  /** `assignment.version` that it would have made. */
  readonly version: number;
  /** Who would have held after it. */
  readonly holder: string | null;
  readonly outcome: 'done' | 'denied';
}

/** Somebody's try to reply. */
export interface ReplyAttempt {
  readonly uid: string;
  readonly fence: number;
  readonly outcome: 'done' | 'denied';
}

export interface Point {
  readonly version: number;
  readonly holder: string | null;
}

export interface History {
  readonly start: Point;
  readonly attempts: readonly Attempt[];
  readonly replies: readonly ReplyAttempt[];
  /** What the database says in the end. */
  readonly end: Point;
  /** Events of the timeline: id, type, and whose. */
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly uid: string;
  }[];
}

const said = ({ uid, kind, version }: Attempt): string => `${uid}'s ${kind} of version ${version}`;
const who = (holder: string | null): string => holder ?? 'nobody';

/** Everything that is wrong with it, as sentences; empty where nothing is. */
export function violations(history: History): readonly string[] {
  const done = history.attempts
    .filter(({ outcome }) => outcome === 'done')
    .sort((a, b) => a.version - b.version);
  const holders = holdersByVersion(history.start, done);
  return [
    ...oneChangePerVersion(history, done),
    ...eachFromAStateThatAllowsIt(done, holders),
    ...endAsTold(history, holders),
    ...eachOnTheRecord(history, done),
    ...everyDenialHasAReason(history, done, holders),
    ...onlyHoldersReplied(history, holders),
  ];
}

type Holders = ReadonlyMap<number, string | null>;

const holdersByVersion = (start: Point, done: readonly Attempt[]): Holders =>
  new Map([
    [start.version, start.holder],
    ...done.map(({ version, holder }) => [version, holder] as const),
  ]);

function oneChangePerVersion({ start, end }: History, done: readonly Attempt[]): readonly string[] {
  const made = done.map(({ version }) => version);
  const expected = Array.from(
    { length: end.version - start.version },
    (_, i) => start.version + 1 + i,
  );
  return made.join() === expected.join()
    ? []
    : [`versions ${made.join(', ')} were made, where ${expected.join(', ')} should have been`];
}

function eachFromAStateThatAllowsIt(done: readonly Attempt[], holders: Holders): readonly string[] {
  return done
    .filter((attempt) => !possible(attempt, holders.get(attempt.version - 1)))
    .map(
      (attempt) =>
        `${said(attempt)} was done while ${who(holders.get(attempt.version - 1) ?? null)} held`,
    );
}

/** Whether an attempt may follow on a holder; `undefined` is a version that never was. */
function possible({ kind, uid, holder }: Attempt, before: string | null | undefined): boolean {
  if (before === undefined) return false;
  if (kind === 'take') return before === null;
  return kind === 'assign' ? before !== holder : before === uid;
}

function endAsTold({ end }: History, holders: Holders): readonly string[] {
  const told = holders.get(end.version) ?? null;
  return told === end.holder ? [] : [`${who(end.holder)} holds, but ${who(told)} was told so`];
}

const EVENT_TYPES = { take: 'taken', release: 'released', assign: 'assigned' } as const;

function eachOnTheRecord({ events }: History, done: readonly Attempt[]): readonly string[] {
  const line = (type: string, uid: string, id: string): string =>
    type === 'assigned' ? `${type} by ${uid}` : `${type} by ${uid} as ${id}`;
  const expected = done
    .map(({ kind, uid, version }) => line(EVENT_TYPES[kind], uid, `${kind}-${version}`))
    .sort();
  const found = events.map(({ type, uid, id }) => line(type, uid, id)).sort();
  return expected.join() === found.join()
    ? []
    : [`the record says [${found.join(', ')}], where it should say [${expected.join(', ')}]`];
}

function everyDenialHasAReason(
  { attempts }: History,
  done: readonly Attempt[],
  holders: Holders,
): readonly string[] {
  const taken = new Set(done.map(({ version }) => version));
  return attempts
    .filter(({ outcome }) => outcome === 'denied')
    .filter((attempt) => !taken.has(attempt.version))
    .filter((attempt) => possible(attempt, holders.get(attempt.version - 1)))
    .map((attempt) => `${said(attempt)} was denied, and nobody was faster`);
}

function onlyHoldersReplied({ replies, end }: History, holders: Holders): readonly string[] {
  return replies.flatMap(({ uid, fence, outcome }) => {
    const held = holders.get(fence) === uid;
    if (outcome === 'done' && !held) return [`${uid} replied under ${fence} without holding`];
    if (outcome === 'denied' && held && end.version === fence) {
      return [`${uid}'s reply under ${fence} was denied to its holder`];
    }
    return [];
  });
}
