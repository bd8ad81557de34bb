import * as v from 'valibot';
import {
  advance,
  casePath,
  caseSchema,
  conversationPath,
  conversationSchema,
  counts,
  decideReport,
  entryPath,
  entrySchema,
  isOfPresentCase,
  owesAnswer,
  timelinePath,
  type Case,
  type Conversation,
  type OutboundEntry,
  type Owed,
  type Report,
  type ReportState,
  type Write,
} from '@switchboard/domain';
import type { Gather, Ports, Snapshot } from '../ports.ts';

/** Where an outbound entry lies. */
export interface EntryId {
  readonly conversationId: string;
  readonly entryId: string;
}

interface Gathered {
  readonly entry: OutboundEntry;
  readonly conversation: Conversation;
  readonly caseDoc: Case | null;
}

/** The entry, its conversation and its case; `null` where there is no such outbound entry. */
export async function gatherReport(gather: Gather, id: EntryId): Promise<Gathered | null> {
  const [entryDoc, conversationDoc] = await gather.read([
    entryPath(id.conversationId, id.entryId),
    conversationPath(id.conversationId),
  ]);
  const entry = v.safeParse(entrySchema, entryDoc?.data);
  if (!entry.success || entry.output.kind !== 'outbound' || !conversationDoc?.data) return null;
  const conversation = v.parse(conversationSchema, conversationDoc.data);
  const [caseDoc] = await gather.read([
    casePath(id.conversationId, entry.output.caseNumber || conversation.caseNumber),
  ]);
  return {
    entry: entry.output,
    conversation,
    caseDoc: caseDoc?.data ? v.parse(caseSchema, caseDoc.data) : null,
  };
}

/**
 * Applies a report to an outbound entry and what follows from it, in one guarded commit with the
 * writes `besides`. The Graph API's answers and status webhooks both come through here.
 */
export async function report(
  ports: Pick<Ports, 'store'>,
  id: EntryId,
  news: Report,
  besides: readonly Write[] = [],
): Promise<void> {
  await ports.store.guarded(async (gather) => {
    const gathered = await gatherReport(gather, id);
    if (gathered === null) return { writes: besides, value: null };
    const state: ReportState = {
      ...id,
      ...gathered,
      ...(await gatherClock(gather, id, gathered, news)),
    };
    return { writes: [...decideReport(state, news), ...besides], value: null };
  });
}

/** Customer messages and answers read for one decision; more than a case ever has unanswered at once. */
const REACH = 100;
/** Meta's times have whole seconds: a message of the same second may be later than an answer, ms. */
const META_GRAIN_MS = 1000;

type ClockTimes = Pick<ReportState, 'owed' | 'otherAnswersAt'>;

/** What the waiting clock is made of, read only where the report changes what counts. */
async function gatherClock(
  gather: Gather,
  id: EntryId,
  { entry, conversation, caseDoc }: Gathered,
  news: Report,
): Promise<ClockTimes> {
  const after = advance(entry.state, news.state);
  const moves = counts(entry.state) !== counts(after) && isOfPresentCase(entry, conversation);
  if (!moves) return { owed: [], otherAnswersAt: [] };
  const known = conversation.lastAnswerAt === null ? [] : [conversation.lastAnswerAt];
  const otherAnswersAt = counts(after) ? known : await answersBeside(gather, id, conversation);
  const answered = counts(after) ? [...otherAnswersAt, entry.at] : otherAnswersAt;
  // Without an answer the case itself is the reach: earlier ones may hold any number of messages.
  const reach = Math.max(caseDoc?.openedAt ?? 0, ...answered) - META_GRAIN_MS;
  if ((conversation.lastInboundAt ?? 0) <= reach) return { owed: [], otherAnswersAt };
  const inbound = await gather.query({
    collection: timelinePath(id.conversationId),
    where: [
      ['kind', '==', 'inbound'],
      ['at', '>', reach],
    ],
    orderBy: [['at', 'asc']],
    limit: REACH,
  });
  return { owed: owedIn(inbound, conversation), otherAnswersAt };
}

async function answersBeside(
  gather: Gather,
  id: EntryId,
  conversation: Conversation,
): Promise<readonly number[]> {
  const outbound = await gather.query({
    collection: timelinePath(id.conversationId),
    where: [['kind', '==', 'outbound']],
    orderBy: [['at', 'desc']],
    limit: REACH,
  });
  return outbound.flatMap(({ path, data }) => {
    const parsed = v.safeParse(entrySchema, data);
    if (!parsed.success || parsed.output.kind !== 'outbound') return [];
    const { state, at } = parsed.output;
    const other = path !== entryPath(id.conversationId, id.entryId);
    return other && counts(state) && isOfPresentCase(parsed.output, conversation) ? [at] : [];
  });
}

const owedIn = (found: readonly Snapshot[], conversation: Conversation): readonly Owed[] =>
  found.flatMap(({ data }) => {
    const parsed = v.safeParse(entrySchema, data);
    if (!parsed.success || parsed.output.kind !== 'inbound') return [];
    const { type, origin, at, receivedAt, caseNumber } = parsed.output;
    const owed = origin === 'live' && owesAnswer(type) && caseNumber === conversation.caseNumber;
    return owed ? [{ at, receivedAt }] : [];
  });
