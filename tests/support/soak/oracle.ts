/**
 * What a thread must be in the end, by the definitions alone: a plain fold over what was written and
 * answered, in Meta's order. It knows nothing of the code that it judges.
 */
import type { Phase, Reply, Written } from './people.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What was observed and not decided: when a message reached us, and what became of a reply. */
export interface Observed {
  /** By wamid, epoch ms. */
  readonly receivedAt: ReadonlyMap<string, number>;
  /** Replies that WhatsApp took and that did not fail, by their ids. */
  readonly answers: ReadonlySet<string>;
}

/** A conversation's row. */
export interface Row {
  readonly status: string;
  readonly caseNumber: number;
  readonly inboundCount: number;
  readonly lastInboundAt: number | null;
  readonly lastAnswerAt: number | null;
  readonly waitingSince: number | null;
  readonly windowExpiresAt: number | null;
}

export interface Expected {
  readonly row: Row;
  /** By wamid: the case of each message, 0 for what belongs to none. */
  readonly cases: ReadonlyMap<string, number>;
  /** When each case was opened, from the first on. */
  readonly openedAt: readonly number[];
}

const owes = ({ type }: Written): boolean => !['reaction', 'edit', 'revoke'].includes(type);
const opensWindow = ({ type }: Written): boolean => !['edit', 'revoke'].includes(type);
const latest = (times: readonly number[]): number | null =>
  times.length === 0 ? null : Math.max(...times);
const earliest = (times: readonly number[]): number | null =>
  times.length === 0 ? null : Math.min(...times);

/** The thread after its phases; the first phase begins with a conversation that was never there. */
export function expected(phases: readonly Phase[], observed: Observed): Expected {
  const cases = new Map<string, number>();
  const openedAt: number[] = [];
  let row: Row = {
    status: 'resolved',
    caseNumber: 0,
    inboundCount: 0,
    lastInboundAt: null,
    lastAnswerAt: null,
    waitingSince: null,
    windowExpiresAt: null,
  };
  for (const [index, phase] of phases.entries()) {
    row = after(row, phase, observed, index < phases.length - 1);
    const own = phase.written.filter(owes);
    for (const message of phase.written)
      cases.set(message.wamid, owes(message) ? row.caseNumber : 0);
    if (own.length > 0) openedAt.push(Math.min(...own.map(({ at }) => at)));
  }
  return { row, cases, openedAt };
}

function after(before: Row, phase: Phase, observed: Observed, resolved: boolean): Row {
  const own = phase.written.filter(owes);
  const all = (list: readonly Written[], known: number | null) =>
    latest([...list.map(({ at }) => at), ...(known === null ? [] : [known])]);
  const window = latest(phase.written.filter(opensWindow).map(({ at }) => at + DAY));
  const seen: Row = {
    ...before,
    inboundCount: before.inboundCount + own.length,
    lastInboundAt: all(own, before.lastInboundAt),
    windowExpiresAt: latest([window, before.windowExpiresAt].filter((at) => at !== null)),
  };
  if (own.length === 0) return seen;
  const answersAt = phase.replies.filter(counted(observed)).map(({ at }) => at);
  const lastAnswerAt = latest(answersAt);
  const waiting = own.filter((message) => isUnanswered(message, lastAnswerAt, observed));
  const waitingSince = earliest(waiting.map(({ at }) => at));
  const status = waitingSince === null && lastAnswerAt !== null ? 'pending' : 'open';
  return {
    ...seen,
    caseNumber: before.caseNumber + 1,
    lastAnswerAt,
    waitingSince: resolved ? null : waitingSince,
    status: resolved ? 'resolved' : status,
  };
}

const counted =
  ({ answers }: Observed) =>
  ({ entryId }: Reply): boolean =>
    answers.has(entryId);

/** Written after the answer; or in its second, where Meta's times end, and received after it. */
function isUnanswered(
  { at, wamid }: Written,
  answerAt: number | null,
  { receivedAt }: Observed,
): boolean {
  if (answerAt === null || at > answerAt) return true;
  return at + 999 >= answerAt && (receivedAt.get(wamid) ?? 0) > answerAt;
}

/** The name that a contact must have: the newest; of one second the last in the alphabet. */
export const expectedName = (written: readonly Written[]): string =>
  [...written]
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .at(-1)?.name ?? '';

const RANK = ['sent', 'failed', 'delivered', 'read', 'played'];

/** The furthest of what Meta told of a message; `null` where it told nothing. */
export const furthest = (states: readonly string[]): string | null =>
  RANK.findLast((state) => states.includes(state)) ?? null;
