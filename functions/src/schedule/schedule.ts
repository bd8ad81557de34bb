import {
  agentPath,
  agentSchema,
  COLLECTIONS,
  conversationPath,
  conversationSchema,
  decideDue,
  decideSchedule,
  draftPath,
  draftSchema,
  idOf,
  refusal,
  scheduledPath,
  scheduledSchema,
  type CallableAnswer,
} from '@switchboard/domain';
import { dispatch } from '../dispatch/dispatch.ts';
import { callable } from '../platform/callable.ts';
import { parsed, readable } from '../platform/parsed.ts';
import { findPerson } from '../platform/person.ts';
import { sideBySide } from '../platform/side-by-side.ts';
import type { Gather, Ports } from '../ports.ts';

/** A message for later: planned, changed or cancelled by its author. */
export const schedule = callable(
  'schedule',
  ({ scheduledId, conversationId, type }) => ({ scheduledId, conversationId, type }),
  (ports, caller, input) =>
    ports.store.guarded<CallableAnswer<'schedule'>>(async (gather) => {
      const person = await findPerson(gather, caller);
      const [conversationDoc, scheduledDoc] = await gather.read([
        conversationPath(input.conversationId),
        scheduledPath(input.scheduledId),
      ]);
      const conversation = parsed(conversationDoc, conversationSchema);
      if (conversation === null) return { writes: [], value: refusal('not-found') };
      const scheduled = parsed(scheduledDoc, scheduledSchema);
      const state = { person, conversation, scheduled };
      const decided = decideSchedule(state, input, ports.clock.now());
      return decided.ok
        ? { writes: decided.value, value: { code: 'ok' } }
        : { writes: [], value: refusal(decided.error) };
    }),
);

/** Planned messages looked at by one sweep; the next one goes on. */
const AT_ONCE = 200;
/** Conversations that are dispatched at the same time. */
const SIDE_BY_SIDE = 8;

/** Sends every planned message whose time has come, or gives it back. */
export async function sweepScheduled(ports: Ports): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.scheduled,
    where: [
      ['state', '==', 'waiting'],
      ['dueAt', '<', ports.clock.now() + 1],
    ],
    orderBy: [['dueAt', 'asc']],
    limit: AT_ONCE,
  });
  const conversations = new Set<string>();
  for (const { path } of found) {
    try {
      const conversationId = await fire(ports, idOf(path));
      if (conversationId !== null) conversations.add(conversationId);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      ports.log.error('schedule.failed', { scheduledId: idOf(path), error: name });
    }
  }
  await sideBySide(SIDE_BY_SIDE, [...conversations], (id) => dispatch(ports, id, 0));
}

/** What is due becomes an entry in one commit; answers its conversation, `null` where nothing left. */
const fire = (ports: Ports, scheduledId: string): Promise<string | null> =>
  ports.store.guarded(async (gather) => {
    const due = await gatherDue(gather, scheduledId);
    if (due === null) return { writes: [], value: null };
    const writes = decideDue(due, ports.clock.now());
    const leaves = writes.some(({ data }) => data['state'] === 'sent');
    return { writes, value: leaves ? due.scheduled.conversationId : null };
  });

async function gatherDue(gather: Gather, scheduledId: string) {
  const [found] = await gather.read([scheduledPath(scheduledId)]);
  const scheduled = readable(found, scheduledSchema);
  if (scheduled === null) return null;
  const [conversationDoc, draftDoc, agentDoc] = await gather.read([
    conversationPath(scheduled.conversationId),
    draftPath(scheduled.by, scheduled.conversationId),
    agentPath(scheduled.by),
  ]);
  const conversation = readable(conversationDoc, conversationSchema);
  if (conversation === null) return null;
  const authorActive = readable(agentDoc, agentSchema)?.active ?? false;
  return {
    scheduledId,
    scheduled,
    conversation,
    draft: parsed(draftDoc, draftSchema),
    authorActive,
  };
}
