import * as v from 'valibot';
import {
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
  pairSpent,
  pairWait,
  renewLock,
  sendingFields,
  update,
  type Conversation,
  type Dispatch,
  type EntryId,
  type OutboundEntry,
  type Write,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import type { Gather, Ports } from '../ports.ts';
import type { Prepared } from './prepare.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/**
 * The conversation of an entry that may leave; or the lock is somebody else's; or its number has to be
 * connected again and it waits for that; or so many ms too early for one more to the same person; or
 * `null`: this entry needs nothing more.
 */
export type Clearance = Conversation | 'lock-lost' | 'held' | { readonly early: number } | null;

/** True where an entry comes too early for its person. */
export const isEarly = (clearance: Clearance): clearance is { readonly early: number } =>
  typeof clearance === 'object' && clearance !== null && 'early' in clearance;

/** True where an entry may leave. */
export const isCleared = (clearance: Clearance): clearance is Conversation =>
  typeof clearance === 'object' && clearance !== null && !isEarly(clearance);

/**
 * The last look: marks the entry `sending` and renews the lock, or refuses the entry and gives the text
 * back to its author. From here to the answer nobody knows whether it has left; where the mark itself
 * fails it is queued again, since it certainly has not.
 */
export async function clear(ports: Needs, prepared: Prepared, worker: string): Promise<Clearance> {
  try {
    return await mark(ports, prepared, worker);
  } catch (error) {
    // Nothing more to be done where the database is away: the sweep will call it unknown, as it must.
    await takeBack(ports, prepared.id, worker, 0).catch(() => undefined);
    throw error;
  }
}

const mark = (ports: Needs, { id, message, template }: Prepared, worker: string) =>
  ports.store.guarded<Clearance>(async (gather, tries) => {
    const [entryDoc, conversationDoc, lockDoc] = await gather.read([
      entryPath(id.conversationId, id.entryId),
      conversationPath(id.conversationId),
      dispatchPath(id.conversationId),
    ]);
    const lock = parsed(lockDoc, dispatchSchema);
    if (lock === null || !holdsLock(lock, worker)) return { writes: [], value: 'lock-lost' };
    const entry = v.parse(entrySchema, entryDoc?.data);
    if (entry.kind !== 'outbound') return { writes: [], value: null };
    const conversation = v.parse(conversationSchema, conversationDoc?.data);
    // Only who has the lock marks: a try that did not hear that it held meets its own mark.
    if (tries > 0 && entry.state === 'sending') return { writes: [], value: conversation };
    if (entry.state !== 'queued') return { writes: [], value: null };
    const now = ports.clock.now();
    const refusal = checkSend(entry, conversation, now);
    if (refusal !== 'send') return refuse(gather, { id, entry, conversation, refusal, now });
    if (message === 'held') return { writes: [], value: 'held' };
    const early = pairWait(lock, now);
    if (early > 0) return { writes: [], value: { early } };
    const fields = sendingFields(entry, template, conversation, now);
    return { writes: marked(id, fields, renewed(lock, worker, now)), value: conversation };
  });

async function refuse(
  gather: Gather,
  at: {
    readonly id: EntryId;
    readonly entry: OutboundEntry;
    readonly conversation: Conversation;
    readonly refusal: 'stale' | 'window-closed';
    readonly now: number;
  },
) {
  const { id, entry, conversation, refusal, now } = at;
  const [draftDoc] = await gather.read([draftPath(entry.author.id, id.conversationId)]);
  const state = { ...id, entry, conversation, draft: parsed(draftDoc, draftSchema) };
  return { writes: decideRefusal(state, refusal, now), value: null };
}

/**
 * Queues a reply again that certainly never left, and keeps the lock over a pause of so many ms. Nothing
 * where the lock is somebody else's: what is marked now may be theirs.
 */
export const takeBack = (ports: Needs, id: EntryId, worker: string, pause: number): Promise<null> =>
  ports.store.guarded(async ({ read }) => {
    const [found, lockDoc] = await read([
      entryPath(id.conversationId, id.entryId),
      dispatchPath(id.conversationId),
    ]);
    const entry = v.parse(entrySchema, found?.data);
    const lock = parsed(lockDoc, dispatchSchema);
    if (entry.kind !== 'outbound' || lock === null) return { writes: [], value: null };
    const { after } = renewLock(lock, worker, ports.clock.now() + pause);
    if (after === null) return { writes: [], value: null };
    // The lock is written too, so that the commit holds only while it is ours.
    const kept = update(dispatchPath(id.conversationId), after);
    return { writes: [...decideTakenBack(id, entry), kept], value: null };
  });

/** The lock kept for another lease, with one more message on the account of the pair limit. */
const renewed = (lock: Dispatch, worker: string, now: number): Dispatch => ({
  ...(renewLock(lock, worker, now).after ?? lock),
  pairUntil: pairSpent(lock, now),
});

const marked = (
  { conversationId, entryId }: EntryId,
  fields: Partial<OutboundEntry>,
  lock: Dispatch,
): readonly Write[] => [
  update(entryPath(conversationId, entryId), fields),
  update(dispatchPath(conversationId), lock),
];
