/** A busy workspace: customers write, colleagues take and answer, as fast as asked. */
import { setTimeout as wait } from 'node:timers/promises';
import { conversationPath, entryPath, WINDOW_MS } from '@switchboard/domain';
import { anInbound } from '@switchboard/domain/testing';
import { toFirestore } from '@switchboard/functions/testing';
import { now } from '../lib/row.ts';
import { seeded } from '../lib/random.ts';
import { plantedId, type Firestore } from './plant.ts';

export interface Traffic {
  /** Changes so far. */
  readonly count: () => number;
  /** Ends it, once what is on its way has arrived. */
  readonly stop: () => Promise<void>;
}

/** What changes, for one conversation: a document of its row, and an entry where somebody wrote. */
type Change = (id: string, at: number, count: number) => Record<string, unknown>;

const colleague = { kind: 'agent', id: 'ana' } as const;

const inbound: Change = (id, at, count) => ({
  status: 'open',
  active: true,
  lastInboundAt: at,
  lastEntryAt: at,
  windowExpiresAt: at + WINDOW_MS,
  preview: {
    entryId: `now-${count}`,
    kind: 'inbound',
    type: 'text',
    text: `Message ${count}: is anybody there?`,
    author: { kind: 'customer', id },
    at,
    seq: 0,
  },
});

const answered: Change = (_, at, count) => ({
  status: 'pending',
  waitingSince: null,
  lastEntryAt: at,
  preview: {
    entryId: `now-${count}`,
    kind: 'outbound',
    type: 'text',
    text: `Answer ${count}.`,
    author: colleague,
    at,
    seq: 0,
    state: 'delivered',
  },
});

const waitsAgain: Change = (id, at, count) => ({ ...inbound(id, at, count), waitingSince: at });

/**
 * Of twenty changes twelve are another message of somebody who waits, four an answer, by which the
 * row leaves for Pending, four a message by which one comes back.
 */
const changeOf = (count: number): Change =>
  count % 5 === 3 ? answered : count % 5 === 4 ? waitsAgain : inbound;

/**
 * Starts it, open loop: each change at its time, whatever became of the one before.
 * @param options `rate` a second, over `conversations` planted ones; those in `spared` stay as they are
 */
export function startTraffic(
  db: Firestore,
  {
    rate,
    conversations,
    seed,
    spared = new Set(),
  }: { rate: number; conversations: number; seed: number; spared?: ReadonlySet<string> },
): Traffic {
  const chance = seeded(seed);
  const start = now();
  let over = false;
  let count = 0;
  let away: string[] = [];
  const pending = new Set<Promise<unknown>>();
  const someone = (): string => {
    for (;;) {
      const id = plantedId(Math.floor(chance() * conversations));
      if (!spared.has(id) && !away.includes(id)) return id;
    }
  };
  /** Who was answered comes back, in the same order. */
  const whom = (change: Change): string => {
    const id = change === waitsAgain ? (away[0] ?? someone()) : someone();
    away = change === answered ? [...away, id] : away.filter((other) => other !== id);
    return id;
  };
  const run = async (): Promise<void> => {
    while (!over) {
      const change = changeOf(count);
      const written = commit(db, whom(change), change, count);
      pending.add(written);
      void written.finally(() => pending.delete(written));
      count += 1;
      await wait(Math.max(0, start + (count * 1000) / rate - now()));
    }
  };
  const running = run();
  return {
    count: () => count,
    async stop() {
      over = true;
      await running;
      await Promise.all(pending);
    },
  };
}

async function commit(db: Firestore, id: string, change: Change, count: number): Promise<void> {
  const at = Date.now();
  const batch = db.batch();
  batch.update(db.doc(conversationPath(id)), toFirestore(change(id, at, count)));
  const entry = anInbound({
    at,
    receivedAt: at,
    wamid: `wamid.now.${count}`,
    text: `Message ${count}`,
  });
  batch.set(db.doc(entryPath(id, `now-${count}`)), toFirestore(entry));
  await batch.commit();
}
