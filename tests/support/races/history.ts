/**
 * What may be said of a conversation after many people wanted something of it at once. Pure: the
 * races feed it what was tried, what came of it, and what the database holds.
 */

/** Every change of holder, with the type of the event that records it. */
export const EVENT_TYPES = {
  take: 'taken',
  release: 'released',
  assign: 'assigned',
  resolve: 'resolved',
  reopen: 'reopened',
} as const;
/** One of the {@link EVENT_TYPES}. */
export type Kind = keyof typeof EVENT_TYPES;

/** `unknown`: no answer came, so it happened or it did not. */
export type Outcome = 'done' | 'denied' | 'unknown';

/** Somebody's try to change the holder. */
export interface Attempt {
  readonly uid: string;
  readonly kind: Kind;
  /** `assignment.version` that it would have made: one more than its writer had read. */
  readonly version: number;
  /** Who would have held after it. */
  readonly holder: string | null;
  /** The event that it would have left. */
  readonly entryId: string;
  readonly outcome: Outcome;
}

/** Somebody's try to reply. */
export interface ReplyAttempt {
  readonly uid: string;
  readonly fence: number;
  readonly outcome: Outcome;
}

/** A conversation as far as its holder goes. */
export interface Point {
  readonly version: number;
  readonly holder: string | null;
  readonly resolved: boolean;
}

/** All that is known of one conversation. */
export interface History {
  readonly start: Point;
  /** Who supervises the conversation's team. */
  readonly supervisors: ReadonlySet<string>;
  readonly attempts: readonly Attempt[];
  readonly replies: readonly ReplyAttempt[];
  /** What the database says in the end. */
  readonly end: Point;
  /** The events of the timeline: the log of versions. */
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly uid: string;
    readonly version: number;
  }[];
}

const said = ({ uid, kind, version }: Attempt): string => `${uid}'s ${kind} of version ${version}`;

const where = ({ holder, resolved }: Point): string =>
  resolved ? 'it was resolved' : `${holder ?? 'nobody'} held`;

/** Everything that is wrong with it, as sentences; empty where nothing is. */
export function violations(history: History): readonly string[] {
  const done = doneIn(history);
  const points = pointsOf(history.start, done);
  return [
    ...oneChangePerVersion(history, done),
    ...eachFromAStateThatAllowsIt(history, done, points),
    ...endAsTold(history, points),
    ...eachOnTheRecord(history, done),
    ...everyDenialHasAReason(history, points),
    ...onlyHoldersReplied(history, points),
  ];
}

/** How often somebody was made the holder beside another, or over one. */
export function doubleHolders(history: History): number {
  const made = doneIn(history).filter(({ holder }) => holder !== null);
  const versions = new Set(made.map(({ version }) => version));
  const points = pointsOf(history.start, doneIn(history));
  const over = made.filter(
    ({ kind, version }) => kind === 'take' && (points.get(version - 1)?.holder ?? null) !== null,
  );
  return made.length - versions.size + over.length;
}

/**
 * What happened, by version. An unknown outcome counts as both: as done where the record has its
 * event and nobody else's answer claims it, else as if it had never been tried.
 */
function doneIn({ attempts, events }: History): readonly Attempt[] {
  const recorded = new Set(events.map(({ id, uid }) => `${id} ${uid}`));
  const key = ({ entryId, uid }: Attempt): string => `${entryId} ${uid}`;
  const told = attempts.filter(({ outcome }) => outcome === 'done');
  const claimed = new Set(told.map(key));
  const found: Attempt[] = [];
  for (const attempt of attempts) {
    const proven = recorded.has(key(attempt)) && !claimed.has(key(attempt));
    if (attempt.outcome !== 'unknown' || !proven) continue;
    claimed.add(key(attempt));
    found.push(attempt);
  }
  return [...told, ...found].sort((a, b) => a.version - b.version);
}

type Points = ReadonlyMap<number, Point>;

const pointsOf = (start: Point, done: readonly Attempt[]): Points =>
  new Map([
    [start.version, start],
    ...done.map(
      ({ version, holder, kind }) =>
        [version, { version, holder, resolved: kind === 'resolve' }] as const,
    ),
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

function eachFromAStateThatAllowsIt(
  { supervisors }: History,
  done: readonly Attempt[],
  points: Points,
): readonly string[] {
  return done.flatMap((attempt) => {
    const before = points.get(attempt.version - 1);
    if (before === undefined) return [`${said(attempt)} was done on a version that never was`];
    return possible(attempt, before, supervisors)
      ? []
      : [`${said(attempt)} was done while ${where(before)}`];
  });
}

/** Whether an attempt may follow on a point. */
export function possible(
  { kind, uid, holder }: Pick<Attempt, 'kind' | 'uid' | 'holder'>,
  before: Point,
  supervisors: ReadonlySet<string>,
): boolean {
  switch (kind) {
    case 'take':
      return before.holder === null && !before.resolved;
    case 'release':
      return before.holder === uid;
    case 'assign':
      return supervisors.has(uid) && !before.resolved && before.holder !== holder;
    case 'resolve':
      return !before.resolved && (before.holder === uid || supervisors.has(uid));
    case 'reopen':
      return before.resolved;
  }
}

function endAsTold({ end }: History, points: Points): readonly string[] {
  const told = points.get(end.version);
  return told?.holder === end.holder && told.resolved === end.resolved
    ? []
    : [`in the end ${where(end)}, but ${told ? where(told) : 'nothing'} by what was told`];
}

function eachOnTheRecord({ events }: History, done: readonly Attempt[]): readonly string[] {
  const line = (type: string, uid: string, id: string, version: number): string =>
    `${version} ${type} by ${uid} as ${id}`;
  const expected = done
    .map(({ kind, uid, entryId, version }) => line(EVENT_TYPES[kind], uid, entryId, version))
    .sort();
  const found = events.map(({ type, uid, id, version }) => line(type, uid, id, version)).sort();
  return expected.join() === found.join()
    ? []
    : [`the record says [${found.join(', ')}], where it should say [${expected.join(', ')}]`];
}

function everyDenialHasAReason(history: History, points: Points): readonly string[] {
  return history.attempts
    .filter(({ outcome }) => outcome === 'denied')
    .filter(({ version }) => !points.has(version))
    .filter((attempt) => {
      const before = points.get(attempt.version - 1);
      return before !== undefined && possible(attempt, before, history.supervisors);
    })
    .map((attempt) => `${said(attempt)} was denied, and nobody was faster`);
}

function onlyHoldersReplied({ replies, end }: History, points: Points): readonly string[] {
  return replies.flatMap(({ uid, fence, outcome }) => {
    const held = points.get(fence)?.holder === uid;
    if (outcome === 'done' && !held) return [`${uid} replied under ${fence} without holding`];
    if (outcome === 'denied' && held && end.version === fence) {
      return [`${uid}'s reply under ${fence} was denied to its holder`];
    }
    return [];
  });
}
