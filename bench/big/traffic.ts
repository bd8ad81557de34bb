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
  /** Commits that failed: the emulator was too busy to take them. */
  readonly failed: () => number;
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

/** How busy a workspace is. */
export interface Busyness {
  /** Changes a second. */
  readonly rate: number;
  /**
   * Changes in one commit. The emulator looks through a whole collection for each listener at every
   * commit (260 ms with 10,000 conversations and five listeners): with many documents it keeps up
   * only where changes travel together.
   */
  readonly together: number;
  /** How many of the planted conversations change. */
  readonly conversations: number;
  readonly seed: number;
  /** Those that stay as they are. */
  readonly spared?: ReadonlySet<string>;
  /** At most so many commits on their way: where the emulator falls behind, the next ones are left out. */
  readonly patience?: number;
  /** Everything happens in this one. */
  readonly only?: string;
}

/** Starts it, open loop: each commit at its time, whatever became of the one before. */
export function startTraffic(db: Firestore, busyness: Busyness): Traffic {
  const { rate, together, patience = Infinity } = busyness;
  const start = now();
  const whom = busyness.only === undefined ? chooser(busyness) : (): string => busyness.only ?? '';
  const pending = new Set<Promise<unknown>>();
  let over = false;
  let count = 0;
  let failed = 0;
  const commit = (): void => {
    const batch = db.batch();
    for (let place = 0; place < together; place += 1, count += 1)
      add(batch, db, { id: whom(changeOf(count)), change: changeOf(count), count });
    const written: Promise<unknown> = batch
      .commit()
      .catch(() => (failed += 1))
      .finally(() => pending.delete(written));
    pending.add(written);
  };
  const run = async (): Promise<void> => {
    for (let due = together; !over; due += together) {
      if (pending.size < patience) commit();
      await wait(Math.max(0, start + (due * 1000) / rate - now()));
    }
  };
  const running = run();
  return {
    count: () => count,
    failed: () => failed,
    async stop() {
      over = true;
      await running;
      await Promise.all(pending);
    },
  };
}

/** Says who is next. Who was answered comes back, in the same order. */
function chooser({
  conversations,
  seed,
  spared = new Set(),
}: Busyness): (change: Change) => string {
  const chance = seeded(seed);
  let away: string[] = [];
  const someone = (): string => {
    for (;;) {
      const id = plantedId(Math.floor(chance() * conversations));
      if (!spared.has(id) && !away.includes(id)) return id;
    }
  };
  return (change) => {
    const id = change === waitsAgain ? (away[0] ?? someone()) : someone();
    away = change === answered ? [...away, id] : away.filter((other) => other !== id);
    return id;
  };
}

function add(
  batch: ReturnType<Firestore['batch']>,
  db: Firestore,
  { id, change, count }: { id: string; change: Change; count: number },
): void {
  const at = Date.now();
  const name = `now-${count}-${at}`;
  batch.update(db.doc(conversationPath(id)), toFirestore(change(id, at, count)));
  const entry = anInbound({
    at,
    receivedAt: at,
    wamid: `wamid.${name}`,
    text: `Message ${count}`,
  });
  batch.set(db.doc(entryPath(id, name)), toFirestore(entry));
}
