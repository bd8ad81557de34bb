import * as v from 'valibot';
import {
  ACCOUNT_FIELDS,
  COLLECTIONS,
  decideDismissal,
  FATES,
  idOf,
  journalPath,
  journalSchema,
  LEDGER_HOURS,
  PARKED_SHOWN,
  RAW_SHOWN,
  refusal,
  refusesLedger,
  type CallableAnswer,
  type Fate,
  type LedgerCommand,
  type LedgerHour,
  type LedgerSent,
  type OutboundState,
  type ParkedItem,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { readable } from '../platform/parsed.ts';
import { findPerson, type Caller } from '../platform/person.ts';
import { sideBySide } from '../platform/side-by-side.ts';
import type { Ports, Query, Snapshot } from '../ports.ts';
import { processAgain } from '../sweep/sweep.ts';
import { rawOf } from '../webhook/journaled.ts';

type Answer = CallableAnswer<'ledger'>;
type Of<T extends LedgerCommand['type']> = Extract<LedgerCommand, { type: T }>;

const HOUR = 3_600_000;
/** Hours looked at at the same time. */
const SIDE_BY_SIDE = 6;

/**
 * What came in and what became of it, and what an admin does about what is parked. Counts are the
 * database's own: one read per thousand documents.
 */
export const ledger = callable(
  'ledger',
  (input) => ({ type: input.type, ...('itemId' in input ? { itemId: input.itemId } : {}) }),
  async (ports, caller, input) => {
    const why = refusesLedger(await findPerson(ports.store, caller));
    if (why !== null) return refusal(why);
    switch (input.type) {
      case 'read':
        return read(ports);
      case 'open':
        return open(ports, input);
      case 'retry':
        return retry(ports, input);
      case 'dismiss':
        return dismiss(ports, caller, input);
    }
  },
);

async function read(ports: Ports): Promise<Answer> {
  const now = ports.clock.now();
  const first = Math.floor(now / HOUR) * HOUR - (LEDGER_HOURS - 1) * HOUR;
  const begins = Array.from({ length: LEDGER_HOURS }, (_, index) => first + index * HOUR);
  const hours = new Map<number, LedgerHour>();
  const fates = await findFates(ports, first, now + HOUR);
  const [sent, parked, parkedCount] = await Promise.all([
    readSent(ports, first),
    readParked(ports),
    ports.store.count({ collection: COLLECTIONS.journal, where: [['fate', '==', 'parked']] }),
    sideBySide(SIDE_BY_SIDE, begins, async (at) => {
      hours.set(at, await readHour(ports, at, fates));
    }),
  ]);
  const list = begins.map((at) => hours.get(at)).filter((hour) => hour !== undefined);
  return { code: 'ok', type: 'read', at: now, hours: list, sent, parked, parkedCount };
}

type Fates = ReadonlySet<Fate>;

const ofJournal = (fate: Fate, from: number, to: number): Omit<Query, 'orderBy' | 'limit'> => ({
  collection: COLLECTIONS.journal,
  where: [
    ['fate', '==', fate],
    ['receivedAt', '>=', from],
    ['receivedAt', '<', to],
  ],
});

/** The fates that there are at all in these hours: mostly two of five, and the others are not counted by hour. */
async function findFates({ store }: Ports, from: number, to: number): Promise<Fates> {
  const counts = await Promise.all(
    FATES.map(async (fate) => [fate, await store.count(ofJournal(fate, from, to))] as const),
  );
  return new Set(counts.flatMap(([fate, count]) => (count > 0 ? [fate] : [])));
}

async function readHour({ store }: Ports, at: number, fates: Fates): Promise<LedgerHour> {
  const count = (fate: Fate): Promise<number> =>
    fates.has(fate) ? store.count(ofJournal(fate, at, at + HOUR)) : Promise.resolve(0);
  const [sums, shown, ignored, parked, fresh, again] = await Promise.all([
    store.sum(
      {
        collection: COLLECTIONS.receipts,
        where: [
          ['receivedAt', '>=', at],
          ['receivedAt', '<', at + HOUR],
        ],
      },
      ['items', 'repeated'],
    ),
    count('done'),
    count('ignored'),
    count('parked'),
    count('new'),
    count('retry'),
  ]);
  const [received, repeated] = sums;
  return { at, received, repeated, shown, ignored, parked, waiting: fresh + again };
}

/** The states that the sums of what was sent are made of. */
const SENT: Readonly<Record<Exclude<keyof LedgerSent, 'written'>, readonly OutboundState[]>> = {
  delivered: ['delivered', 'read', 'played'],
  failed: ['failed', 'refused'],
  waiting: ['queued', 'sending', 'accepted', 'sent'],
  unknown: ['unknown'],
};

async function readSent({ store }: Ports, since: number): Promise<LedgerSent> {
  const count = async (states: readonly OutboundState[]): Promise<number> => {
    const counts = await Promise.all(
      states.map((state) =>
        store.count({
          collection: COLLECTIONS.timeline,
          everywhere: true,
          where: [
            ['kind', '==', 'outbound'],
            ['state', '==', state],
            ['at', '>=', since],
          ],
        }),
      ),
    );
    return counts.reduce((sum, one) => sum + one, 0);
  };
  const [written, delivered, failed, waiting, unknown] = await Promise.all([
    store.count({
      collection: COLLECTIONS.timeline,
      everywhere: true,
      where: [
        ['kind', '==', 'outbound'],
        ['at', '>=', since],
      ],
    }),
    count(SENT.delivered),
    count(SENT.failed),
    count(SENT.waiting),
    count(SENT.unknown),
  ]);
  return { written, delivered, failed, waiting, unknown };
}

const PARKED: Omit<Query, 'limit'> = {
  collection: COLLECTIONS.journal,
  where: [['fate', '==', 'parked']],
  orderBy: [['receivedAt', 'desc']],
};

async function readParked({ store }: Ports): Promise<ParkedItem[]> {
  const found = await store.query({ ...PARKED, limit: PARKED_SHOWN });
  return found.map((one) => {
    const item = readable(one, journalSchema);
    return {
      id: idOf(one.path),
      receivedAt: item?.receivedAt ?? 0,
      kind: item?.kind ?? 'other',
      field: item?.field ?? '',
      reason: item?.reason ?? null,
      attempts: item?.attempts ?? 0,
    };
  });
}

async function open(ports: Ports, { itemId }: Of<'open'>): Promise<Answer> {
  const [found] = await ports.store.read([journalPath(itemId)]);
  if (!found?.data) return refusal('not-found');
  const raw = await rawOf(ports, itemId, found.data).catch(() => null);
  // What does not fit its own schema has nothing that could be shown; it can be dismissed.
  if (raw === null) return refusal('not-found');
  const text = raw.toString('utf8').toWellFormed();
  return {
    code: 'ok',
    type: 'open',
    raw: text.slice(0, RAW_SHOWN).toWellFormed(),
    cut: text.length > RAW_SHOWN,
  };
}

/** What stands on an item, as far as a fate can be read from it; `null` where there is no such item. */
const fateIn = (found: Snapshot | undefined): Fate | null =>
  found?.data ? (readable(found, fateSchema)?.fate ?? 'parked') : null;

/** The one member of an item that is looked at where the others may be anything. */
const fateSchema = v.object({ fate: v.picklist(FATES) });

async function fateOf({ store }: Ports, itemId: string): Promise<Answer> {
  const [found] = await store.read([journalPath(itemId)]);
  const fate = fateIn(found);
  return fate === null ? refusal('not-found') : { code: 'ok', type: 'changed', fate };
}

/**
 * Processes an item as if it had just come; what the workspace has learned since may be what it lacked.
 * What no reader takes stays parked for the reason that it has.
 */
async function retry(ports: Ports, { itemId }: Of<'retry'>): Promise<Answer> {
  const [found] = await ports.store.read([journalPath(itemId)]);
  if (!found?.data) return refusal('not-found');
  const item = readable(found, journalSchema);
  // What no reader took when it came may have one by now.
  const isRead = item?.kind !== 'other' || ACCOUNT_FIELDS.has(item.field);
  if (item?.fate === 'parked' && isRead) await processAgain(ports, [found]);
  return fateOf(ports, itemId);
}

async function dismiss(
  ports: Ports,
  { uid }: Caller,
  { itemId, note }: Of<'dismiss'>,
): Promise<Answer> {
  await ports.store.guarded(async (gather) => {
    const [found] = await gather.read([journalPath(itemId)]);
    const fate = fateIn(found);
    const now = ports.clock.now();
    return {
      writes: fate === null ? [] : decideDismissal(itemId, { fate }, { by: uid, note, now }),
      value: null,
    };
  });
  return fateOf(ports, itemId);
}
