import * as v from 'valibot';
import {
  channelPath,
  channelSchema,
  checkSend,
  conversationPath,
  conversationSchema,
  decideRefusal,
  decideTakenBack,
  dispatchPath,
  dispatchSchema,
  draftPath,
  draftSchema,
  entryPath,
  entrySchema,
  holdsLock,
  holdsReplies,
  renewLock,
  update,
  type Conversation,
  type Dispatch,
  type EntryId,
  type OutboundEntry,
  type Write,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';

/** An entry that may leave, and the conversation that it leaves in. */
export interface Cleared {
  readonly entry: OutboundEntry;
  readonly conversation: Conversation;
  /** Troubles of its number that a message which goes out would end. */
  readonly troubles: readonly string[];
}

/**
 * Cleared to leave; or the lock is somebody else's; or its number has to be connected again and it waits
 * for that; or `null`: this entry needs nothing more.
 */
export type Clearance = Cleared | 'lock-lost' | 'held' | null;

/**
 * The last look: marks the entry `sending` and renews the lock, or refuses the entry and gives the text
 * back to its author. Between two tries the same look holds for an entry that is `sending` already.
 */
export const clear = (
  ports: Pick<Ports, 'store' | 'clock'>,
  id: EntryId,
  worker: string,
  from: 'queued' | 'sending' = 'queued',
): Promise<Clearance> =>
  ports.store.guarded<Clearance>(async ({ read }) => {
    const [entryDoc, conversationDoc, lockDoc] = await read([
      entryPath(id.conversationId, id.entryId),
      conversationPath(id.conversationId),
      dispatchPath(id.conversationId),
    ]);
    const lock = parsed(lockDoc, dispatchSchema);
    if (lock === null || !holdsLock(lock, worker)) return { writes: [], value: 'lock-lost' };
    const entry = v.parse(entrySchema, entryDoc?.data);
    if (entry.kind !== 'outbound' || entry.state !== from) return { writes: [], value: null };
    const conversation = v.parse(conversationSchema, conversationDoc?.data);
    const now = ports.clock.now();
    const check = checkSend(entry, conversation, now);
    if (check === 'send') {
      const [channelDoc] = await read([channelPath(conversation.channelId)]);
      const channel = readable(channelDoc, channelSchema);
      if (channel && from === 'queued' && holdsReplies(channel))
        return { writes: [], value: 'held' };
      const after = renewLock(lock, worker, now).after;
      return {
        writes: marked(id, entry, conversation, after, now),
        value: { entry, conversation, troubles: channel?.troubles ?? [] },
      };
    }
    const [draftDoc] = await read([draftPath(entry.author.id, id.conversationId)]);
    const state = { ...id, entry, conversation, draft: parsed(draftDoc, draftSchema) };
    return { writes: decideRefusal(state, check, now), value: null };
  });

/** Queues a reply again that certainly never left. */
export const takeBack = (ports: Pick<Ports, 'store'>, id: EntryId): Promise<null> =>
  ports.store.guarded(async ({ read }) => {
    const [found] = await read([entryPath(id.conversationId, id.entryId)]);
    const entry = v.parse(entrySchema, found?.data);
    const writes = entry.kind === 'outbound' ? decideTakenBack(id, entry) : [];
    return { writes, value: null };
  });

const marked = (
  { conversationId, entryId }: EntryId,
  entry: OutboundEntry,
  conversation: Conversation,
  lock: Dispatch | null,
  now: number,
): readonly Write[] => [
  update(entryPath(conversationId, entryId), {
    state: 'sending',
    sendingAt: now,
    // A client may leave the case out; from here on the entry belongs to one.
    caseNumber: entry.caseNumber || conversation.caseNumber,
  }),
  ...(lock === null ? [] : [update(dispatchPath(conversationId), lock)]),
];
