import {
  answersAt,
  casePath,
  caseSchema,
  clockNeed,
  conversationPath,
  wholeConversationSchema,
  decideReport,
  entryPath,
  entrySchema,
  idOf,
  knownAnswersAt,
  owedAfter,
  owedOf,
  timelinePath,
  type Case,
  type Conversation,
  type Entry,
  type EntryId,
  type OutboundEntry,
  type Report,
  type ReportState,
  type Write,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import type { Gather, Ports } from '../ports.ts';

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
  const entry = readable(entryDoc, entrySchema);
  const conversation = parsed(conversationDoc, wholeConversationSchema);
  if (entry?.kind !== 'outbound' || conversation === null) return null;
  const [caseDoc] = await gather.read([
    casePath(id.conversationId, entry.caseNumber || conversation.caseNumber),
  ]);
  return { entry, conversation, caseDoc: parsed(caseDoc, caseSchema) };
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

type ClockTimes = Pick<ReportState, 'owed' | 'otherAnswersAt'>;

/** What the waiting clock is made of, read only where the report changes what counts. */
async function gatherClock(
  gather: Gather,
  id: EntryId,
  gathered: Gathered,
  news: Report,
): Promise<ClockTimes> {
  const { conversation } = gathered;
  const need = clockNeed(gathered, news);
  if (need === null) return { owed: [], otherAnswersAt: [] };
  const otherAnswersAt =
    need === 'known'
      ? knownAnswersAt(conversation)
      : answersAt(await entries(gather, id, 'outbound', 'desc'), id.entryId, conversation);
  const after = owedAfter({ ...gathered, otherAnswersAt }, news);
  if (after === null) return { owed: [], otherAnswersAt };
  const inbound = await entries(gather, id, 'inbound', 'asc', after);
  return {
    owed: owedOf(
      inbound.map(({ entry }) => entry),
      conversation,
    ),
    otherAnswersAt,
  };
}

/** Entries of a kind in their order, those later than `after` (epoch ms); what can't be read is left out. */
async function entries(
  gather: Gather,
  { conversationId }: EntryId,
  kind: Entry['kind'],
  direction: 'asc' | 'desc',
  after?: number,
): Promise<readonly { readonly id: string; readonly entry: Entry }[]> {
  const found = await gather.query({
    collection: timelinePath(conversationId),
    where: [['kind', '==', kind], ...(after === undefined ? [] : [['at', '>', after] as const])],
    orderBy: [['at', direction]],
    limit: REACH,
  });
  return found.flatMap((one) => {
    const entry = readable(one, entrySchema);
    return entry === null ? [] : [{ id: idOf(one.path), entry }];
  });
}
