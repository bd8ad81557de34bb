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
  pairSpent,
  pairWait,
  renewLock,
  sendingFields,
  templateIdOf,
  templatePath,
  templateSchema,
  update,
  type Conversation,
  type Dispatch,
  type EntryId,
  type OutboundEntry,
  type Template,
  type Write,
} from '@switchboard/domain';
import { parsed, readable } from '../platform/parsed.ts';
import type { Gather, Ports } from '../ports.ts';

/** An entry that may leave, the conversation that it leaves in, and the template that it is made from. */
export interface Cleared {
  readonly entry: OutboundEntry;
  readonly conversation: Conversation;
  readonly template: Template | null;
  /** Troubles of its number that a message which goes out would end. */
  readonly troubles: readonly string[];
}

/**
 * Cleared to leave; or the lock is somebody else's; or its number has to be connected again and it waits
 * for that; or so many ms too early for one more to the same person; or `null`: this entry needs nothing
 * more.
 */
export type Clearance = Cleared | 'lock-lost' | 'held' | { readonly early: number } | null;

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
  ports.store.guarded<Clearance>(async (gather) => {
    const [entryDoc, conversationDoc, lockDoc] = await gather.read([
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
    if (check !== 'send') {
      const [draftDoc] = await gather.read([draftPath(entry.author.id, id.conversationId)]);
      const state = { ...id, entry, conversation, draft: parsed(draftDoc, draftSchema) };
      return { writes: decideRefusal(state, check, now), value: null };
    }
    const [channelDoc] = await gather.read([channelPath(conversation.channelId)]);
    const channel = readable(channelDoc, channelSchema);
    if (channel && from === 'queued' && holdsReplies(channel)) return { writes: [], value: 'held' };
    const early = pairWait(lock, now);
    if (early > 0) return { writes: [], value: { early } };
    const template = await readTemplate(gather, entry);
    return {
      writes: marked(id, { entry, conversation, template }, renewed(lock, worker, now), now),
      value: { entry, conversation, template, troubles: channel?.troubles ?? [] },
    };
  });

/** Queues a reply again that certainly never left. */
export const takeBack = (ports: Pick<Ports, 'store'>, id: EntryId): Promise<null> =>
  ports.store.guarded(async ({ read }) => {
    const [found] = await read([entryPath(id.conversationId, id.entryId)]);
    const entry = v.parse(entrySchema, found?.data);
    const writes = entry.kind === 'outbound' ? decideTakenBack(id, entry) : [];
    return { writes, value: null };
  });

/** The template that an entry is made from; `null` where it is none, or it is gone. */
async function readTemplate(gather: Gather, entry: OutboundEntry): Promise<Template | null> {
  const templateId = templateIdOf(entry);
  if (templateId === null) return null;
  const [found] = await gather.read([templatePath(templateId)]);
  return readable(found, templateSchema);
}

/** The lock kept for another lease, with one more message on the account of the pair limit. */
const renewed = (lock: Dispatch, worker: string, now: number): Dispatch => ({
  ...(renewLock(lock, worker, now).after ?? lock),
  pairUntil: pairSpent(lock, now),
});

const marked = (
  { conversationId, entryId }: EntryId,
  { entry, conversation, template }: Omit<Cleared, 'troubles'>,
  lock: Dispatch,
  now: number,
): readonly Write[] => [
  update(entryPath(conversationId, entryId), sendingFields(entry, template, conversation, now)),
  update(dispatchPath(conversationId), lock),
];
