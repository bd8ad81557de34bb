import {
  channelPath,
  channelSchema,
  conversationPath,
  conversationSchema,
  dispatchPath,
  dispatchSchema,
  entrySchema,
  FREE_LOCK,
  owesAnswer,
  refusal,
  refuses,
  tellsRead,
  timelinePath,
  create,
  update,
  type CallableAnswer,
  type Conversation,
  type ReceiptMoment,
  type RefusalCode,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { parsed, readable } from '../platform/parsed.ts';
import { findPerson } from '../platform/person.ts';
import type { Ports } from '../ports.ts';

type Needs = Pick<Ports, 'store' | 'graph' | 'log'>;

/**
 * Whoever holds a conversation has opened it, or is writing: the customer is told where the number's
 * policy says so. Nobody else's look ever tells.
 */
export const receipt = callable(
  'receipt',
  ({ conversationId, moment }) => ({ conversationId, moment }),
  async (ports, caller, { conversationId, moment }): Promise<CallableAnswer<'receipt'>> => {
    const judged = await ports.store.guarded<Conversation | RefusalCode>(async (gather) => {
      const person = await findPerson(gather, caller);
      const [found] = await gather.read([conversationPath(conversationId)]);
      const conversation = parsed(found, conversationSchema);
      if (conversation === null) return { writes: [], value: 'not-found' };
      const why = refuses('conversation.receipt', person, conversation, ports.clock.now());
      return { writes: [], value: why ?? conversation };
    });
    if (typeof judged === 'string') return refusal(judged);
    await tell(ports, conversationId, judged, moment);
    return { code: 'ok' };
  },
);

/**
 * Tells the customer that their newest message was read, where the policy allows it at this moment and
 * they were not told already. Never throws: a receipt that fails costs nobody anything.
 */
export async function tell(
  ports: Needs,
  conversationId: string,
  { channelId, lastInboundAt }: Pick<Conversation, 'channelId' | 'lastInboundAt'>,
  moment: ReceiptMoment,
): Promise<void> {
  try {
    if (lastInboundAt === null) return;
    const [channelDoc, lockDoc] = await ports.store.read([
      channelPath(channelId),
      dispatchPath(conversationId),
    ]);
    const policy = readable(channelDoc, channelSchema)?.receipts ?? 'never';
    const toldUntil = readable(lockDoc, dispatchSchema)?.toldUntil ?? 0;
    const typing = moment === 'typing';
    if (!tellsRead(policy, moment) || (toldUntil >= lastInboundAt && !typing)) return;
    const wamid = await newestWamid(ports, conversationId);
    if (wamid === null || !(await ports.graph.markRead(channelId, wamid, typing))) return;
    if (toldUntil < lastInboundAt) await remember(ports, conversationId, lastInboundAt);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.error('receipt.failed', { conversationId, error: name });
  }
}

/** Calls, notices and reactions between two messages: more of them in a row are hardly ever there. */
const LOOKED_THROUGH = 20;

/** The newest message as such: a call, a notice or a copy is none that could be marked as read. */
async function newestWamid({ store }: Needs, conversationId: string): Promise<string | null> {
  const found = await store.query({
    collection: timelinePath(conversationId),
    where: [['kind', '==', 'inbound']],
    orderBy: [['at', 'desc']],
    limit: LOOKED_THROUGH,
  });
  for (const one of found) {
    const entry = readable(one, entrySchema);
    if (entry?.kind !== 'inbound' || entry.origin !== 'live') continue;
    if (owesAnswer(entry.type)) return entry.wamid;
  }
  return null;
}

/** Kept beside the send lock, so that a busy thread asks nothing of WhatsApp twice. */
const remember = ({ store }: Needs, conversationId: string, toldUntil: number): Promise<void> =>
  store.guarded(async ({ read }) => {
    const path = dispatchPath(conversationId);
    const [found] = await read([path]);
    const lock = parsed(found, dispatchSchema);
    const writes =
      lock === null ? [create(path, { ...FREE_LOCK, toldUntil })] : [update(path, { toldUntil })];
    return { writes: (lock?.toldUntil ?? 0) >= toldUntil ? [] : writes, value: undefined };
  });
