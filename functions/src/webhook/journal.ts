import { journalPath, receiptPath } from '@switchboard/domain';
import type { Ports } from '../ports.ts';
import type { Journaled } from './journaled.ts';
import { readLines, type Document, type Line } from './lines.ts';

/** What a delivery left to do, and how much of it was new. */
export interface Receipt {
  readonly receiptId: string;
  readonly items: number;
  readonly fresh: number;
  readonly work: readonly Journaled[];
}

/** Largest commit, bytes: Firestore refuses requests over 10 MiB. */
const COMMIT_BYTES = 6_000_000;

/**
 * Stores a signed body: every item that the journal doesn't have, and the receipt, in one commit.
 * An item that is there already is counted as repeated. What can't be read at all becomes one
 * parked item, so that a person sees it.
 *
 * @throws where Firestore does not store; the caller answers 5xx, so that Meta sends again.
 */
export async function journal(
  ports: Pick<Ports, 'store' | 'hash' | 'clock'>,
  body: Uint8Array,
  appId: string,
): Promise<Receipt> {
  const receivedAt = ports.clock.now();
  const receiptId = ports.clock.newId();
  const lines = await readLines(ports, body, { receiptId, receivedAt, appId });
  const distinct = [
    ...new Map(lines.toReversed().map((line) => [line.id, line])).values(),
  ].reverse();
  for (let tries = 0; tries < 10; tries += 1) {
    const present = await ports.store.present(distinct.map(({ id }) => journalPath(id)));
    const fresh = distinct.filter(({ id }) => !present.has(journalPath(id)));
    const counts = { items: lines.length, fresh: fresh.length };
    const receipt = {
      path: receiptPath(receiptId),
      data: {
        schemaVersion: 1,
        receivedAt,
        appId,
        ...counts,
        repeated: lines.length - fresh.length,
      },
    };
    if (await store(ports, fresh, receipt))
      return { receiptId, ...counts, work: fresh.flatMap(({ work }) => work ?? []) };
  }
  throw new Error('The same items kept arriving while they were being stored');
}

/**
 * Items first, in as many commits as their size asks for, an item with all its parts in one; the
 * receipt is in the last.
 */
async function store(
  ports: Pick<Ports, 'store'>,
  fresh: readonly Line[],
  receipt: Document,
): Promise<boolean> {
  const commits: Document[][] = [[]];
  let bytes = 0;
  for (const { documents } of fresh) {
    const size = documents.reduce((sum, document) => sum + rawLength(document), 0);
    if (bytes + size > COMMIT_BYTES) {
      commits.push([]);
      bytes = 0;
    }
    bytes += size;
    commits.at(-1)?.push(...documents);
  }
  commits.at(-1)?.push(receipt);
  for (const documents of commits) if (!(await ports.store.create(documents))) return false;
  return true;
}

const rawLength = ({ data }: Document): number =>
  (data['raw'] as Uint8Array | undefined)?.length ?? 0;
