import {
  accountSignals,
  alertPath,
  channelSchema,
  COLLECTIONS,
  decideAlerts,
  decideStale,
  idOf,
  itemDone,
  journalPath,
  journalSchema,
  FATE_TRANSITIONS,
  update,
  vouchesFor,
  type AccountItem,
  type Channel,
  type Write,
} from '@switchboard/domain';
import { gatherAlerts } from '../alerts/raise.ts';
import { readable } from '../platform/parsed.ts';
import type { Gather, Ports } from '../ports.ts';
import type { Journaled } from '../webhook/journaled.ts';
import { settle } from './settle.ts';

/** Numbers of one account; Meta allows 25, more on request. */
const NUMBERS = 200;

type Known = ReadonlyMap<string, Channel>;

/**
 * Makes the events of an account among these items alerts, each in one commit with its own fate. The
 * numbers are those that an event names; where it names none, those of its account.
 */
export async function ingestAccounts(
  ports: Ports,
  group: readonly Journaled[],
  named: Known,
): Promise<void> {
  for (const one of group) if (isAccount(one)) await ingestAccount(ports, one, named);
}

const isAccount = (one: Journaled): one is Journaled<AccountItem> => one.item.kind === 'account';

/**
 * An account that the workspace has no number of is told of too: its events came under the signature
 * of an app of ours.
 */
async function ingestAccount(
  ports: Ports,
  journaled: Journaled<AccountItem>,
  named: Known,
): Promise<void> {
  const { appId, item, receivedAt } = journaled;
  const channels = named.size > 0 ? named : await findNumbers(ports, item.accountId);
  const ours = [...channels].filter(([, channel]) => vouchesFor(appId, channel));
  if (channels.size > 0 && ours.length === 0)
    return settle(ports, [journaled], { fate: 'parked', reason: 'foreign-app' });
  const numbers = ours.map(([channelId, { displayPhoneNumber }]) => ({
    channelId,
    digits: displayPhoneNumber.replace(/\D/g, ''),
  }));
  const stale = decideStale(
    item.field,
    ours.map(([channelId]) => channelId),
  );
  if (stale.length > 0)
    await ports.store.guarded(() => Promise.resolve({ writes: stale, value: null }));
  const signals = accountSignals(item, { accountId: item.accountId, numbers, receivedAt });
  if (signals.length === 0)
    return settle(ports, [journaled], { fate: 'ignored', reason: 'nothing-to-do' });
  await ports.store.guarded(async (gather) => {
    if (!(await isOpen(gather, journaled.journalId))) return { writes: [], value: null };
    const { state, news } = await gatherAlerts(ports, gather, signals);
    const now = ports.clock.now();
    const done = itemDone(journaled.journalId, alertPath(news[0]?.id ?? ''), now);
    return { writes: [...decideAlerts(state, news, now), guarded(done)], value: null };
  });
}

/** An item is told of once: of two who process it at the same time one finds it done. */
const guarded = ({ path, data }: Write): Write => update(path, data);

async function isOpen(gather: Gather, journalId: string): Promise<boolean> {
  const [found] = await gather.read([journalPath(journalId)]);
  const item = readable(found, journalSchema);
  return item !== null && FATE_TRANSITIONS[item.fate].includes('done');
}

async function findNumbers({ store }: Ports, accountId: string): Promise<Known> {
  if (accountId === '') return new Map();
  const found = await store.query({
    collection: COLLECTIONS.channels,
    where: [['wabaId', '==', accountId]],
    limit: NUMBERS,
  });
  return new Map(
    found.flatMap((one) => {
      const channel = readable(one, channelSchema);
      return channel === null ? [] : [[idOf(one.path), channel] as const];
    }),
  );
}
