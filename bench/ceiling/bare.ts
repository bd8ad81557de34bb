/**
 * What the database and its SDK alone can do: the reads and the writes that a batch of messages
 * needs, with their guards, and nothing between them. Small documents, no code of the app.
 */
import type { portsOn } from '@switchboard/functions/testing';
import { sideBySide } from '@switchboard/functions/testing';
import type { PlannedMessage } from '../webhook/traffic.ts';
import type { Batch } from './batches.ts';
import type { Counts } from './counted.ts';

type Db = ReturnType<typeof portsOn>['db'];
type WriteBatch = ReturnType<Db['batch']>;
type Found = Awaited<ReturnType<Db['getAll']>>;

/** Senders of a batch at the same time, as in the real one. */
const SENDERS_AT_ONCE = 8;
/** Codes of a guard that did not hold (gRPC): not found, exists, failed precondition, aborted. */
const BROKEN_GUARDS: readonly unknown[] = [5, 6, 9, 10];

const small = () => ({ n: 1, at: new Date() });

/** Writes batches into a database, one call each. */
export function bareOn(db: Db, counts: Counts): (batch: Batch) => Promise<void> {
  const journal = (message: PlannedMessage) => db.doc(`journal/${message.wamid}`);
  const read = (paths: readonly string[]): Promise<Found> => {
    counts.reads += paths.length;
    return db.getAll(...paths.map((path) => db.doc(path)));
  };
  const commit = async (size: number, fill: (batch: WriteBatch) => void): Promise<void> => {
    counts.writes += size;
    const batch = db.batch();
    fill(batch);
    await batch.commit();
  };

  async function receive(messages: Batch): Promise<void> {
    await read(messages.map((message) => journal(message).path));
    await commit(messages.length + 1, (batch) => {
      for (const message of messages) batch.create(journal(message), small());
      batch.create(db.collection('receipts').doc(), small());
    });
    await sideBySide(SENDERS_AT_ONCE, bySender(messages), bring);
  }

  async function bring(messages: Batch): Promise<void> {
    for (;;) {
      try {
        return await attempt(messages);
      } catch (error) {
        if (!BROKEN_GUARDS.includes((error as { code?: unknown }).code)) throw error;
      }
    }
  }

  async function attempt(messages: Batch): Promise<void> {
    const contact = `contacts/${messages[0]?.customer}`;
    const conversation = `conversations/${messages[0]?.customer}`;
    const identities = ['phone', 'user'].map((kind) => `identities/${kind}-${contact.slice(9)}`);
    await read(identities);
    const documents = await read([contact, `${contact}/private/identifiers`, conversation]);
    const isNew = documents[2]?.exists !== true;
    const others = isNew ? [...identities, `${conversation}/cases/1`] : [];
    const changed = documents.filter((_, index) => isNew || index !== 1);
    await commit(others.length + changed.length + 2 * messages.length, (batch) => {
      for (const path of others) batch.create(db.doc(path), small());
      for (const { ref, updateTime } of changed)
        if (updateTime) batch.update(ref, small(), { lastUpdateTime: updateTime });
        else batch.create(ref, small());
      for (const message of messages) {
        batch.create(db.doc(`${conversation}/timeline/${message.wamid}`), small());
        batch.set(journal(message), { fate: 'done' }, { merge: true });
      }
    });
  }
  return receive;
}

function bySender(messages: Batch): readonly Batch[] {
  const groups = new Map<number, PlannedMessage[]>();
  for (const message of messages)
    groups.set(message.customer, [...(groups.get(message.customer) ?? []), message]);
  return [...groups.values()];
}
