import {
  alertSchema,
  channelSchema,
  COLLECTIONS,
  connectedSignal,
  decideConnected,
  decideEnd,
  FATE_REASONS,
  idOf,
  parkedSignal,
  type FateReason,
} from '@switchboard/domain';
import { readable } from '../platform/parsed.ts';
import { sideBySide } from '../platform/side-by-side.ts';
import type { Ports, Query } from '../ports.ts';
import { change, raise } from './raise.ts';

/** A status may be parked for as long as the answer to its send takes, ms: nobody has to look at that. */
const PARKED_PATIENCE_MS = 60_000;
/** Numbers asked about at the same time. */
const SIDE_BY_SIDE = 8;
/** Documents of one kind in one look. */
const AT_ONCE = 500;

/** Opens, counts on and closes the alerts about items that wait for a person, one for each reason. */
export async function watchParked(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const parked = (...where: Query['where']): Promise<number> =>
    ports.store.count({
      collection: COLLECTIONS.journal,
      where: [['fate', '==', 'parked'], ...where, ['receivedAt', '<', now - PARKED_PATIENCE_MS]],
    });
  // Mostly nothing is parked, and one question tells.
  const some = (await parked()) > 0;
  const told = await reasonsTold(ports);
  for (const reason of some ? FATE_REASONS : told) {
    const total = some ? await parked(['reason', '==', reason]) : 0;
    if (total > 0 || told.includes(reason)) await raise(ports, [parkedSignal(reason, total, now)]);
  }
}

/** Reasons whose alert is open. */
async function reasonsTold({ store }: Ports): Promise<readonly FateReason[]> {
  const found = await store.query({
    collection: COLLECTIONS.alerts,
    where: [
      ['open', '==', true],
      ['kind', '==', 'parked'],
    ],
    limit: AT_ONCE,
  });
  const told = found.map((one) => readable(one, alertSchema)?.detail);
  return FATE_REASONS.filter((reason) => told.includes(reason));
}

/** Closes what was to end by itself and has. */
export async function endAlerts(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const due = await ports.store.query({
    collection: COLLECTIONS.alerts,
    where: [
      ['open', '==', true],
      ['endsAt', '<', now],
    ],
    orderBy: [['endsAt', 'asc']],
    limit: AT_ONCE,
  });
  for (const { path } of due)
    await ports.store.guarded(async ({ read }) => {
      const [found] = await read([path]);
      const alert = readable(found, alertSchema);
      const end = alert && decideEnd(idOf(path), alert, now);
      return { writes: end ? [end] : [], value: null };
    });
}

/** Asks for each number that has to be connected again whether Meta takes its token by now. */
export async function probeNumbers(ports: Ports): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.channels,
    where: [['health', '==', 'reconnect']],
    limit: AT_ONCE,
  });
  const ids = found.filter((one) => readable(one, channelSchema)).map(({ path }) => idOf(path));
  await sideBySide(SIDE_BY_SIDE, ids, async (channelId) => {
    const answer = await ports.graph.check(channelId);
    ports.log.info('alerts.probed', { channelId, answer });
    if (answer !== 'works') return;
    const now = ports.clock.now();
    await change(ports, [connectedSignal(channelId, now)], ({ state, news }) =>
      news.flatMap((one) => decideConnected(channelId, state, one, now)),
    );
  });
}
