import type { Case } from '../documents/case.ts';
import type { Conversation } from '../documents/conversation.ts';
import type { DeliveryError, Entry, OutboundEntry } from '../documents/entry.ts';
import { advance, countsAsAnswer, type OutboundState } from '../delivery/delivery.ts';
import { casePath, conversationPath, entryPath } from '../paths.ts';
import { update, type Write } from '../shared/plan.ts';
import { previewText } from '../text/preview.ts';
import { lineText, owesAnswer } from '../whatsapp/content.ts';
import { arrived } from './changes.ts';
import { changes, laterThan, META_GRAIN_MS, type Owed } from './ingest.ts';

/** News about a message on its way: from the Graph API's answer or from a status webhook. */
export interface Report {
  readonly state: OutboundState;
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly wamid?: string | undefined;
  readonly error?: DeliveryError | undefined;
}

/** What {@link decideReport} looks at. */
export interface ReportState {
  readonly conversationId: string;
  readonly entryId: string;
  readonly entry: OutboundEntry;
  readonly conversation: Conversation;
  /** The case that the entry belongs to, where its document is there. */
  readonly caseDoc: Case | null;
  /** Customer messages of the present case that owe an answer; those that the answers below reach may be missing. */
  readonly owed: readonly Owed[];
  /** Times of the other answers in the present case that count. */
  readonly otherAnswersAt: readonly number[];
}

/**
 * True where a message counts as an answer now. A reaction, an edit or a deletion comments on one, and a
 * copy of what did not leave from here is none of ours: they answer nothing.
 */
const answers = (
  { type, origin }: Pick<OutboundEntry, 'type' | 'origin'>,
  state: OutboundState,
): boolean => origin === undefined && owesAnswer(type) && countsAsAnswer(state);

/** Which answers of the case the waiting clock is made from; `null` where a report leaves it alone. */
export type ClockNeed = 'known' | 'all' | null;

/**
 * What {@link decideReport} needs besides the documents: nothing where the report does not change
 * what counts as an answer; the newest answer where one comes to it; all of them where one falls away.
 */
export function clockNeed(
  { entry, conversation }: Pick<ReportState, 'entry' | 'conversation'>,
  report: Report,
): ClockNeed {
  const after = advance(entry.state, report.state);
  if (
    answers(entry, entry.state) === answers(entry, after) ||
    !isOfPresentCase(entry, conversation)
  )
    return null;
  return answers(entry, after) ? 'known' : 'all';
}

/** The newest answer of the present case, as the conversation has it. */
export const knownAnswersAt = ({ lastAnswerAt }: Pick<Conversation, 'lastAnswerAt'>) =>
  lastAnswerAt === null ? [] : [lastAnswerAt];

/** Times of the answers among these entries that count in the present case, but for one by its id. */
export const answersAt = (
  entries: readonly { readonly id: string; readonly entry: Entry }[],
  except: string,
  conversation: Pick<Conversation, 'caseNumber'>,
): readonly number[] =>
  entries.flatMap(({ id, entry }) =>
    entry.kind === 'outbound' &&
    id !== except &&
    answers(entry, entry.state) &&
    isOfPresentCase(entry, conversation)
      ? [entry.at]
      : [],
  );

/**
 * The time (epoch ms) after which messages must be read to know what is still owed; `null` where none
 * can be. Without an answer the case itself is the reach: earlier ones may hold any number.
 */
export function owedAfter(
  {
    entry,
    conversation,
    caseDoc,
    otherAnswersAt,
  }: Pick<ReportState, 'entry' | 'conversation' | 'caseDoc' | 'otherAnswersAt'>,
  report: Report,
): number | null {
  const stays = answers(entry, advance(entry.state, report.state));
  const answered = stays ? [...otherAnswersAt, entry.at] : otherAnswersAt;
  const reach = Math.max(caseDoc?.openedAt ?? 0, ...answered) - META_GRAIN_MS - 1;
  return (conversation.lastInboundAt ?? 0) > reach ? reach : null;
}

/** Those of these entries that owe an answer in the present case. */
export const owedOf = (
  entries: readonly Entry[],
  conversation: Pick<Conversation, 'caseNumber'>,
): readonly Owed[] =>
  entries.flatMap((entry) =>
    entry.kind === 'inbound' &&
    entry.origin === 'live' &&
    owesAnswer(entry.type) &&
    entry.caseNumber === conversation.caseNumber
      ? [{ at: entry.at, receivedAt: entry.receivedAt }]
      : [],
  );

const TIME_FIELD: Readonly<Partial<Record<OutboundState, keyof OutboundEntry>>> = {
  accepted: 'acceptedAt',
  sent: 'sentAt',
  delivered: 'deliveredAt',
  read: 'readAt',
  played: 'playedAt',
  failed: 'failedAt',
};

/**
 * Applies a report to its entry, and what follows to the conversation: an answer that counts stops the
 * waiting clock, a failure starts it again. Reports may repeat and arrive in any order; nothing
 * moves backwards. Answers no writes where the report is no news.
 */
export function decideReport(state: ReportState, report: Report): readonly Write[] {
  const { entry, conversation } = state;
  const after = reported(entry, report);
  const entryWrites = changes(entry, after, entryPath(state.conversationId, state.entryId));
  if (entryWrites.length === 0) return [];
  const next = effect(state, after);
  return [
    ...entryWrites,
    ...changes(conversation, next, conversationPath(state.conversationId)),
    ...caseWrites(state, after),
  ];
}

/**
 * The entry after a report: the state only forward, each time the earliest reported. What has not
 * been handed to the Graph API can't have news.
 */
function reported(entry: OutboundEntry, report: Report): OutboundEntry {
  if (entry.state === 'queued' || entry.state === 'refused') return entry;
  const field = TIME_FIELD[report.state];
  const known = field === undefined ? null : (entry[field] as number | null);
  return {
    ...entry,
    state: advance(entry.state, report.state),
    ...(field === undefined ? {} : { [field]: Math.min(known ?? report.at, report.at) }),
    ...(report.wamid !== undefined && entry.wamid === undefined ? { wamid: report.wamid } : {}),
    ...(report.error !== undefined && entry.error === undefined ? { error: report.error } : {}),
  };
}

/** The case of a reply that a client wrote without one is the present one. */
const isOfPresentCase = (
  entry: Pick<OutboundEntry, 'caseNumber'>,
  conversation: Pick<Conversation, 'caseNumber'>,
): boolean => entry.caseNumber === 0 || entry.caseNumber === conversation.caseNumber;

function effect(state: ReportState, after: OutboundEntry): Conversation {
  const { conversation, entry } = state;
  const shown = withTick(conversation, state.entryId, after);
  const moved = answers(entry, after.state) !== answers(entry, entry.state);
  if (!moved || !isOfPresentCase(entry, conversation)) return shown;
  const counts = answers(entry, after.state);
  const answeredAt = counts ? [...state.otherAnswersAt, after.at] : state.otherAnswersAt;
  // Also where nothing else changes: whoever reads the answers at this moment must meet this commit.
  const answerCount = shown.answerCount + (counts ? 1 : -1);
  return clock({ ...shown, answerCount }, answeredAt, state.owed);
}

/**
 * The waiting clock from the answers that count and the messages that are owed one. Where neither a
 * message waits nor an answer counts, the one that failed is still owed to somebody.
 */
function clock(
  before: Conversation,
  answersAt: readonly number[],
  owed: readonly Owed[],
): Conversation {
  const lastAnswerAt = answersAt.length > 0 ? Math.max(...answersAt) : null;
  const answered = { ...before, lastAnswerAt };
  if (before.status === 'resolved') return answered;
  const waiting = owed
    .filter((message) => lastAnswerAt === null || laterThan(message, lastAnswerAt))
    .map(({ at }) => at);
  const waitingSince = waiting.length > 0 ? Math.min(...waiting) : null;
  if (before.status === 'snoozed') return { ...answered, waitingSince };
  const owes = waitingSince !== null || lastAnswerAt === null;
  return { ...answered, waitingSince, status: owes ? 'open' : 'pending' };
}

/** A row's tick changes on accepted, read and failed only: each change is billed to every listener. */
function withTick(conversation: Conversation, entryId: string, after: OutboundEntry): Conversation {
  const preview = conversation.preview;
  const at = after.at;
  const shows = after.state === 'failed' || after.state === 'read' || after.state === 'played';
  if (preview?.entryId === entryId) {
    return shows && preview.state !== after.state
      ? { ...conversation, preview: { ...preview, state: after.state } }
      : conversation;
  }
  if (!answers(after, after.state)) return conversation;
  if (preview !== null && preview.at > at) return arrived(conversation, entryId);
  const row: Conversation = {
    ...conversation,
    lastEntryAt: Math.max(conversation.lastEntryAt ?? 0, at),
    preview: {
      entryId,
      kind: 'outbound',
      type: after.type,
      text: previewText(lineText(after.type, after)),
      author: after.author,
      at,
      seq: after.seq,
      state: after.state,
    },
  };
  return arrived(row, entryId);
}

function caseWrites(state: ReportState, after: OutboundEntry): readonly Write[] {
  const { caseDoc, entry } = state;
  if (caseDoc === null || answers(entry, entry.state) || !answers(entry, after.state)) return [];
  // What a colleague wrote on a phone may be older than the case, and answers nothing in it.
  if (after.at < caseDoc.openedAt) return [];
  const agents =
    after.author.kind === 'agent' && !caseDoc.agents.includes(after.author.id)
      ? [...caseDoc.agents, after.author.id]
      : caseDoc.agents;
  const firstResponseAt = Math.min(caseDoc.firstResponseAt ?? after.at, after.at);
  if (agents === caseDoc.agents && firstResponseAt === caseDoc.firstResponseAt) return [];
  return [update(casePath(state.conversationId, caseDoc.number), { agents, firstResponseAt })];
}
