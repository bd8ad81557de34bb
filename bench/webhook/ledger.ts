/** What the documents say after a run: what is shown since when, what was lost, what came twice. */
import { COLLECTIONS } from '@switchboard/domain';
import type { portsOn } from '@switchboard/functions/testing';

type Firestore = ReturnType<typeof portsOn>['db'];
type Query = ReturnType<Firestore['collectionGroup']>;
type Found = Awaited<ReturnType<Query['get']>>['docs'][number];

/** The documents of a run. */
export interface Ledger {
  /** When each message was first to be seen, epoch ms, by the database's own clock. */
  readonly shownAt: ReadonlyMap<string, number>;
  /** Entries beyond the first of their message. */
  readonly surplusEntries: number;
  /** Messages that conversations count as received. */
  readonly counted: number;
  /** Journal items by fate. */
  readonly fates: Readonly<Record<string, number>>;
}

const PAGE = 2_000;

/** Journal items that are still to be processed. */
export async function backlog(db: Firestore): Promise<number> {
  const open = db.collection(COLLECTIONS.journal).where('fate', 'in', ['new', 'retry']);
  return (await open.count().get()).data().count;
}

/** Reads everything that a run left behind. */
export async function readLedger(db: Firestore): Promise<Ledger> {
  const shownAt = new Map<string, number>();
  let entries = 0;
  await each(db.collectionGroup(COLLECTIONS.timeline), (doc) => {
    entries += 1;
    shownAt.set(String(doc.get('wamid')), doc.createTime.toMillis());
  });
  let counted = 0;
  await each(db.collection(COLLECTIONS.conversations), (doc) => {
    counted += Number(doc.get('inboundCount'));
  });
  const fates: Record<string, number> = {};
  await each(db.collection(COLLECTIONS.journal), (doc) => {
    const fate = String(doc.get('fate'));
    fates[fate] = (fates[fate] ?? 0) + 1;
  });
  return { shownAt, surplusEntries: entries - shownAt.size, counted, fates };
}

async function each(query: Pick<Query, 'orderBy'>, see: (doc: Found) => void): Promise<void> {
  let next = query.orderBy('__name__').limit(PAGE);
  for (;;) {
    const { docs } = await next.get();
    docs.forEach(see);
    const last = docs.at(-1);
    if (last === undefined || docs.length < PAGE) return;
    next = query.orderBy('__name__').startAfter(last).limit(PAGE);
  }
}
