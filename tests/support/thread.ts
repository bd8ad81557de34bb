import {
  conversationPath,
  entryPath,
  takeEntryId,
  type Conversation,
  type DocumentData,
} from '@switchboard/domain';
import { toFirestore } from '@switchboard/functions/testing';
import { aDelivery, aSender, aText } from './payloads.ts';
import { NUMBER, type World } from './world.ts';

/** A customer of the demo number has written; the id of the conversation. */
export async function aThread(
  world: World,
  from = '15550123456',
  over: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const message = aText('My fridge is leaking', { from, ...over });
  await world.post(aDelivery({ contacts: [aSender(from)], messages: [message] }));
  await world.settle();
  const found = await world.db.collectionGroup('timeline').where('wamid', '==', message.id).get();
  const entry = found.docs.find((doc) => doc.get('kind') === 'inbound');
  return entry?.ref.parent.parent?.id ?? '';
}

/** Gives a conversation to an agent as a Take by the rules does, and answers the fence. */
export async function takeAs(world: World, id: string, uid = 'jonas'): Promise<number> {
  const before = await conversationOf(world, id);
  const version = before.assignment.version + 1;
  const at = Date.now();
  const author = { kind: 'agent', id: uid };
  const batch = world.db.batch();
  batch.update(
    world.db.doc(conversationPath(id)),
    toFirestore({ assignee: author, assignment: { version, at, by: uid } }),
  );
  batch.create(
    world.db.doc(entryPath(id, takeEntryId(version))),
    toFirestore({ kind: 'event', type: 'taken', at, author }),
  );
  await batch.commit();
  return version;
}

/** A reply as the rules let the holder write it. */
export async function queueReply(
  world: World,
  id: string,
  entryId: string,
  fence: number,
  over: DocumentData = {},
): Promise<void> {
  const entry = {
    kind: 'outbound',
    state: 'queued',
    fence,
    at: Date.now(),
    author: { kind: 'agent', id: 'jonas' },
    type: 'text',
    text: 'We are on our way',
    ...over,
  };
  await world.db.doc(entryPath(id, entryId)).set(toFirestore(entry));
}

/** A thread that Jonas holds, with a reply of his queued; the id of the conversation and the fence. */
export async function aQueuedReply(world: World, entryId = 'r1', over: DocumentData = {}) {
  const id = await aThread(world);
  const fence = await takeAs(world, id);
  await queueReply(world, id, entryId, fence, over);
  return { id, fence };
}

export async function conversationOf(world: World, id: string): Promise<Conversation> {
  return (await world.get(conversationPath(id))) as unknown as Conversation;
}

export const entryOf = (world: World, id: string, entryId: string): Promise<DocumentData | null> =>
  world.get(entryPath(id, entryId));

/** A `statuses[]` item about a message of ours. */
export const aStatus = (status: string, over: Readonly<Record<string, unknown>> = {}) => ({
  id: 'wamid.UNKNOWN',
  status,
  timestamp: String(Math.floor(Date.now() / 1000)),
  recipient_id: '15550123456',
  ...over,
});

/** Statuses as the demo number's webhook brings them. */
export const statuses = (...list: readonly object[]) => aDelivery({ statuses: list }, NUMBER);
